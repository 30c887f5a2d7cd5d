//! The signature ACS3 on the path of every call: the key schedule is kept, and little is allocated.

use base16ct::lower;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::sign::Algorithm;
#[cfg(feature = "legacy-signatures")]
use crate::sign::hmac_sha1::LegacyKey;

/// An access key, ready to sign.
pub(crate) struct Signer {
    access_key_id: String,
    key: Key,
    #[cfg(feature = "legacy-signatures")]
    legacy: LegacyKeys,
}

/// The keys of the signatures from before ACS3, which an operation may need whatever the algorithm of the others.
#[cfg(feature = "legacy-signatures")]
pub(crate) struct LegacyKeys {
    pub(crate) rpc: LegacyKey,
    pub(crate) roa: LegacyKey,
}

#[derive(Clone)]
enum Key {
    Sha256(Hmac<Sha256>),
    #[cfg(feature = "sm3")]
    Sm3(Hmac<sm3::Sm3>),
}

/// What the fast path signs: everything is encoded and sorted already.
pub(crate) struct CanonicalParts<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    /// Sorted by name, which is lower-case and unique; values are trimmed.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) payload_hash: &'a str,
}

impl Signer {
    /// Prepares a key.
    pub(crate) fn new(algorithm: Algorithm, access_key_id: &str, access_key_secret: &str) -> Self {
        let secret = access_key_secret.as_bytes();
        let key = match algorithm {
            Algorithm::HmacSha256 => Key::Sha256(Hmac::new_from_slice(secret).expect("HMAC takes keys of any length")),
            #[cfg(feature = "sm3")]
            Algorithm::HmacSm3 => Key::Sm3(Hmac::new_from_slice(secret).expect("HMAC takes keys of any length")),
        };
        Self {
            access_key_id: access_key_id.to_owned(),
            key,
            #[cfg(feature = "legacy-signatures")]
            legacy: LegacyKeys { rpc: LegacyKey::rpc(access_key_secret), roa: LegacyKey::roa(access_key_secret) },
        }
    }

    /// The id of the access key.
    #[cfg(feature = "legacy-signatures")]
    pub(crate) fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The keys of the signatures from before ACS3.
    #[cfg(feature = "legacy-signatures")]
    pub(crate) fn legacy(&self) -> &LegacyKeys {
        &self.legacy
    }

    /// The value of the `Authorization` header, with room for more behind it.
    pub(crate) fn authorize(&self, parts: &CanonicalParts<'_>) -> String {
        let mut canonical = parts.canonical_request();
        let mut digits = [0; 64];
        let signature = match &self.key {
            Key::Sha256(key) => {
                let hash = Sha256::digest(canonical.as_bytes());
                let mut mac = key.clone();
                mac.update(b"ACS3-HMAC-SHA256\n");
                mac.update(hex(&hash, &mut digits).as_bytes());
                mac.finalize().into_bytes()
            }
            #[cfg(feature = "sm3")]
            Key::Sm3(key) => {
                let hash = sm3::Sm3::digest(canonical.as_bytes());
                let mut mac = key.clone();
                mac.update(b"ACS3-HMAC-SM3\n");
                mac.update(hex(&hash, &mut digits).as_bytes());
                mac.finalize().into_bytes()
            }
        };
        // The memory of the canonical request serves again.
        canonical.clear();
        let to = &mut canonical;
        to.push_str(match &self.key {
            Key::Sha256(_) => "ACS3-HMAC-SHA256 Credential=",
            #[cfg(feature = "sm3")]
            Key::Sm3(_) => "ACS3-HMAC-SM3 Credential=",
        });
        to.push_str(&self.access_key_id);
        to.push_str(",SignedHeaders=");
        push_names(parts.headers, to);
        to.push_str(",Signature=");
        to.push_str(hex(&signature, &mut digits));
        canonical
    }
}

impl CanonicalParts<'_> {
    fn canonical_request(&self) -> String {
        let mut text = String::with_capacity(768 + self.query.len());
        for line in [self.method, self.path, self.query] {
            text.push_str(line);
            text.push('\n');
        }
        for (name, value) in self.headers {
            text.push_str(name);
            text.push(':');
            text.push_str(value);
            text.push('\n');
        }
        text.push('\n');
        push_names(self.headers, &mut text);
        text.push('\n');
        text.push_str(self.payload_hash);
        text
    }
}

fn push_names(headers: &[(&str, &str)], to: &mut String) {
    for (index, (name, _)) in headers.iter().enumerate() {
        if index > 0 {
            to.push(';');
        }
        to.push_str(name);
    }
}

/// Lower-case hexadecimal digits of a 32-byte hash.
fn hex<'a>(hash: &[u8], digits: &'a mut [u8; 64]) -> &'a str {
    lower::encode_str(hash, digits).expect("64 digits hold a hash of 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::{SignatureInput, SignedHeaders, sign};

    #[test]
    fn agrees_with_the_pure_function() {
        let algorithms = [
            Algorithm::HmacSha256,
            #[cfg(feature = "sm3")]
            Algorithm::HmacSm3,
        ];
        for algorithm in algorithms {
            let headers = [("content-type", "text/plain"), ("host", "example.com"), ("x-acs-action", "Do")];
            let payload_hash = algorithm.hash(b"body");
            let expected = sign(&SignatureInput {
                algorithm,
                method: "POST",
                path: "/a%2Fb",
                query: &[("B", "2 3"), ("A", "1")],
                headers: &headers,
                signed_headers: SignedHeaders::All,
                payload_hash: &payload_hash,
                access_key_id: "id",
                access_key_secret: "secret",
            });
            let parts = CanonicalParts {
                method: "POST",
                path: "/a%2Fb",
                query: "A=1&B=2%203",
                headers: &headers,
                payload_hash: &payload_hash,
            };
            assert_eq!(parts.canonical_request(), expected.canonical_request);
            assert_eq!(Signer::new(algorithm, "id", "secret").authorize(&parts), expected.authorization);
        }
    }
}
