//! The signature of ROA style from before ACS3, as a pure function of its inputs.

use super::LegacySignature;
use super::hmac_sha1::LegacyKey;

/// What a signature of ROA style with HMAC-SHA1 is made of.
#[derive(Clone, Copy)]
pub struct RoaV1Input<'a> {
    /// The HTTP method in upper case.
    pub method: &'a str,
    /// The path as it is sent, with its arguments encoded.
    pub path: &'a str,
    /// Names and values of the query, not encoded, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// Names and values of the headers, in any order and case. `accept`, `content-md5`, `content-type`, `date` and all
    /// that begin with `x-acs-` are signed, as they are.
    pub headers: &'a [(&'a str, &'a str)],
}

/// Signs a request of ROA style with HMAC-SHA1, `x-acs-signature-version: 1.0`. The `authorization` header is `acs`, a
/// space, the access key id, a colon and the signature. The body is signed only where `content-md5` is.
#[must_use]
pub fn sign_roa_v1(input: &RoaV1Input<'_>, access_key_secret: &str) -> LegacySignature {
    let string_to_sign = string_to_sign(input);
    let signature = LegacyKey::roa(access_key_secret).sign(&string_to_sign);
    LegacySignature { string_to_sign, signature }
}

/// What is signed.
pub(crate) fn string_to_sign(input: &RoaV1Input<'_>) -> String {
    let mut text = format!("{}\n", input.method);
    for wanted in ["accept", "content-md5", "content-type", "date"] {
        let found = input.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        text.push_str(found.map_or("", |(_, value)| value));
        text.push('\n');
    }
    let named = input.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), *value));
    let mut signed: Vec<(String, &str)> = named.filter(|(name, _)| name.starts_with("x-acs-")).collect();
    signed.sort();
    for (name, value) in signed {
        text.push_str(&name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push_str(input.path);
    let mut query = input.query.to_vec();
    query.sort_by_key(|(name, _)| *name);
    for (index, (name, value)) in query.into_iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(name);
        // An empty value leaves nothing but its name.
        if !value.is_empty() {
            text.push('=');
            text.push_str(value);
        }
    }
    text
}
