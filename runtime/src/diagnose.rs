//! Why the service computed another signature: the secret is wrong, or we signed something else than it read.

use std::borrow::Cow;

use crate::sign::{Algorithm, SignatureInput, SignedHeaders, sign};
use crate::transport::HttpRequest;

const WRONG_SECRET: &str =
    "the service read the request as it was signed, so the access key secret is not the one of this access key id";
const OUR_FAULT: &str = "the service read another request than the one that was signed: please report this error; \
     something on the way that changes requests can be the cause, too";

/// Compares the string to sign in `message` with that of the request that was sent; `None` if there is none in it, or
/// if the request was not signed with ACS3.
pub(crate) fn signature_mismatch(message: &str, sent: &HttpRequest) -> Option<&'static str> {
    let ours = string_to_sign(sent)?;
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let (message, ours) = (squeeze(message), squeeze(&ours));
    if message.contains(&ours) {
        return Some(WRONG_SECRET);
    }
    message.to_ascii_lowercase().contains("stringtosign").then_some(OUR_FAULT)
}

/// What was signed, computed anew.
fn string_to_sign(sent: &HttpRequest) -> Option<String> {
    let header = |name: &str| sent.headers.get(name)?.to_str().ok();
    let (name, _) = header("authorization")?.split_once(' ')?;
    let algorithm = match name {
        "ACS3-HMAC-SHA256" => Algorithm::HmacSha256,
        #[cfg(feature = "sm3")]
        "ACS3-HMAC-SM3" => Algorithm::HmacSm3,
        _ => return None,
    };
    let query: Vec<(Cow<'_, str>, Cow<'_, str>)> = sent.url.query_pairs().collect();
    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (&**name, &**value)).collect();
    let headers: Vec<(&str, &str)> =
        sent.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let signature = sign(&SignatureInput {
        algorithm,
        method: sent.method.as_str(),
        path: sent.url.path(),
        query: &query,
        headers: &headers,
        signed_headers: SignedHeaders::Standard,
        payload_hash: header("x-acs-content-sha256")?,
        access_key_id: "",
        // The string to sign does not depend on it.
        access_key_secret: "",
    });
    Some(signature.string_to_sign)
}
