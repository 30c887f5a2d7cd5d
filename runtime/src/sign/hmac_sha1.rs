//! HMAC-SHA1 in Base64, which the signatures from before ACS3 have in common.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use zeroize::Zeroizing;

/// An access key secret, ready to sign.
#[derive(Clone)]
pub(crate) struct LegacyKey(Hmac<Sha1>);

impl LegacyKey {
    /// The key of RPC style: the secret with `&` behind it.
    pub(crate) fn rpc(access_key_secret: &str) -> Self {
        let mut key = Zeroizing::new(String::with_capacity(access_key_secret.len() + 1));
        key.push_str(access_key_secret);
        key.push('&');
        Self::new(key.as_bytes())
    }

    /// The key of ROA style: the secret alone.
    pub(crate) fn roa(access_key_secret: &str) -> Self {
        Self::new(access_key_secret.as_bytes())
    }

    fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    /// The signature of a text.
    pub(crate) fn sign(&self, string_to_sign: &str) -> String {
        STANDARD.encode(self.0.clone().chain_update(string_to_sign).finalize().into_bytes())
    }
}
