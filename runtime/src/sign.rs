//! Signatures as pure functions of their inputs: ACS3 here, and those from before it below.

pub(crate) mod file;
#[cfg(feature = "legacy-signatures")]
pub(crate) mod hmac_sha1;
#[cfg(feature = "legacy-signatures")]
pub(crate) mod roa_v1;
#[cfg(feature = "legacy-signatures")]
pub(crate) mod rpc_v1;

use std::fmt::{self, Debug, Formatter};

use base16ct::lower;
use hmac::{KeyInit as _, Mac as _};
use sha2::Digest as _;

use crate::percent::{self, Space};

/// How requests are hashed and signed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Algorithm {
    /// `ACS3-HMAC-SHA256`, the default.
    #[default]
    HmacSha256,
    /// `ACS3-HMAC-SM3`, for those who must use Chinese national cryptography.
    #[cfg(feature = "sm3")]
    HmacSm3,
}

impl Algorithm {
    /// The name as it stands in the `Authorization` header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "ACS3-HMAC-SHA256",
            #[cfg(feature = "sm3")]
            Self::HmacSm3 => "ACS3-HMAC-SM3",
        }
    }

    /// The hash of `bytes` in lower-case hexadecimal digits: what `x-acs-content-sha256` has to hold.
    #[must_use]
    pub fn hash(self, bytes: &[u8]) -> String {
        match self {
            Self::HmacSha256 => lower::encode_string(&sha2::Sha256::digest(bytes)),
            #[cfg(feature = "sm3")]
            Self::HmacSm3 => lower::encode_string(&sm3::Sm3::digest(bytes)),
        }
    }

    fn authenticate(self, secret: &[u8], text: &str) -> String {
        // HMAC takes keys of any length.
        match self {
            Self::HmacSha256 => hmac::Hmac::<sha2::Sha256>::new_from_slice(secret)
                .map(|mac| lower::encode_string(&mac.chain_update(text).finalize().into_bytes())),
            #[cfg(feature = "sm3")]
            Self::HmacSm3 => hmac::Hmac::<sm3::Sm3>::new_from_slice(secret)
                .map(|mac| lower::encode_string(&mac.chain_update(text).finalize().into_bytes())),
        }
        .unwrap_or_default()
    }
}

/// Which headers a signature covers.
#[derive(Clone, Copy, Debug, Default)]
pub enum SignedHeaders<'a> {
    /// `host`, `content-type` and all that begin with `x-acs-`: what this SDK signs.
    #[default]
    Standard,
    /// Every header that is given.
    All,
    /// Those with these names, in lower case: what a verifier finds in the `Authorization` header.
    Named(&'a [&'a str]),
}

impl SignedHeaders<'_> {
    fn covers(self, name: &str) -> bool {
        match self {
            Self::Standard => is_signed(name),
            Self::All => true,
            Self::Named(names) => names.contains(&name),
        }
    }
}

/// Whether this SDK signs the header of this lower-case name.
pub(crate) fn is_signed(name: &str) -> bool {
    name == "host" || name == "content-type" || name.starts_with("x-acs-")
}

/// What a signature is made of.
#[derive(Clone, Copy)]
pub struct SignatureInput<'a> {
    /// How to hash and sign.
    pub algorithm: Algorithm,
    /// The HTTP method in upper case.
    pub method: &'a str,
    /// The path as it is sent, with its arguments encoded; empty counts as `/`.
    pub path: &'a str,
    /// Names and values of the query, not encoded, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// Names and values of the headers, in any order and case.
    pub headers: &'a [(&'a str, &'a str)],
    /// Which of the headers to sign.
    pub signed_headers: SignedHeaders<'a>,
    /// The hash of the body, see [`Algorithm::hash`].
    pub payload_hash: &'a str,
    /// The access key id.
    pub access_key_id: &'a str,
    /// The access key secret.
    pub access_key_secret: &'a str,
}

/// A signature and what led to it.
#[derive(Clone, Eq, PartialEq)]
pub struct Signature {
    /// The request in canonical form.
    pub canonical_request: String,
    /// The name of the algorithm and the hash of the canonical request.
    pub string_to_sign: String,
    /// The value of the `Authorization` header.
    pub authorization: String,
}

impl Debug for Signature {
    /// Prints neither the signature nor the headers that were signed, among which there may be a token.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature").field("string_to_sign", &self.string_to_sign).finish_non_exhaustive()
    }
}

/// A signature with HMAC-SHA1, from before ACS3, and what led to it.
#[cfg(feature = "legacy-signatures")]
#[derive(Clone, Eq, PartialEq)]
pub struct LegacySignature {
    /// The request in canonical form.
    pub string_to_sign: String,
    /// The signature in Base64.
    pub signature: String,
}

#[cfg(feature = "legacy-signatures")]
impl Debug for LegacySignature {
    /// Prints nothing: there may be a token among what was signed.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("LegacySignature").finish_non_exhaustive()
    }
}

/// Signs a request with ACS3.
#[must_use]
pub fn sign(input: &SignatureInput<'_>) -> Signature {
    let mut headers: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, value) in input.headers {
        let name = name.to_ascii_lowercase();
        if !input.signed_headers.covers(&name) {
            continue;
        }
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value.trim()),
            None => headers.push((name, vec![value.trim()])),
        }
    }
    headers.sort();

    let mut canonical = format!("{}\n{}\n", input.method, if input.path.is_empty() { "/" } else { input.path });
    let mut query = input.query.to_vec();
    query.sort_by_key(|(name, _)| *name);
    for (index, (name, value)) in query.iter().enumerate() {
        if index > 0 {
            canonical.push('&');
        }
        canonical.push_str(name);
        canonical.push('=');
        percent::encode(value, Space::Percent, &mut canonical);
    }
    canonical.push('\n');
    for (name, values) in &mut headers {
        values.sort_unstable();
        canonical.push_str(name);
        canonical.push(':');
        canonical.push_str(&values.join(","));
        canonical.push('\n');
    }
    let signed_headers = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    canonical.push('\n');
    canonical.push_str(&signed_headers);
    canonical.push('\n');
    canonical.push_str(input.payload_hash);

    let algorithm = input.algorithm.name();
    let string_to_sign = format!("{algorithm}\n{}", input.algorithm.hash(canonical.as_bytes()));
    let signature = input.algorithm.authenticate(input.access_key_secret.as_bytes(), &string_to_sign);
    let authorization =
        format!("{algorithm} Credential={},SignedHeaders={signed_headers},Signature={signature}", input.access_key_id);
    Signature { canonical_request: canonical, string_to_sign, authorization }
}
