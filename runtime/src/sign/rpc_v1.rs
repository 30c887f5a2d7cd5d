//! The signature of RPC style from before ACS3, as a pure function of its inputs.

use super::LegacySignature;
use super::hmac_sha1::LegacyKey;
use crate::pairs::Pairs;
use crate::percent::{self, Space};

/// Signs a request of RPC style with HMAC-SHA1, `SignatureVersion=1.0`.
///
/// `method` is in upper case. `parameters` are the names and values of the query and of the form, not encoded, in any
/// order, all but `Signature`, whose value is made here.
#[must_use]
pub fn sign_rpc_v1(method: &str, parameters: &[(&str, &str)], access_key_secret: &str) -> LegacySignature {
    let mut pairs = Pairs::new(Space::Percent);
    for (name, value) in parameters {
        pairs.push(name, value);
    }
    let string_to_sign = string_to_sign(method, &pairs.finish().wire);
    let signature = LegacyKey::rpc(access_key_secret).sign(&string_to_sign);
    LegacySignature { string_to_sign, signature }
}

/// What is signed. `parameters` are encoded and sorted; the path plays no part.
pub(crate) fn string_to_sign(method: &str, parameters: &str) -> String {
    let mut text = String::with_capacity(parameters.len() * 2);
    text.push_str(method);
    text.push_str("&%2F&");
    percent::encode(parameters, Space::Percent, &mut text);
    text
}
