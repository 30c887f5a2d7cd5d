//! Verifies who sent a request, and that nobody changed it on the way.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use alicloud_codegen::spec::{Authentication, ResponseKind, Style};
use alicloud_runtime::{Algorithm, SignatureInput, SignedHeaders, sign};

use crate::access_key::AccessKey;
use crate::authorization::Authorization;
use crate::catalog::Served;
use crate::pairs;
use crate::refusal::Refusal;
use crate::request::Incoming;

/// How far the date of a request may be from the time of the service, either way.
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Who may call.
#[derive(Default)]
pub(crate) struct Credentials {
    pub(crate) access_keys: HashMap<String, AccessKey>,
    pub(crate) bearer_tokens: Vec<String>,
}

/// What must not be used again: whose nonce it is, and the nonce. `None` where a request carries none.
pub(crate) type Used<'a> = Option<(&'a str, &'a str)>;

/// Verifies a request. The caller looks whether the nonce is a fresh one.
pub(crate) fn verify<'a>(
    request: &'a Incoming,
    served: &Served,
    credentials: &Credentials,
    now: SystemTime,
) -> Result<Used<'a>, Refusal> {
    let authentication = served.authentication();
    match (authentication, request.header("authorization"), request.header("x-acs-bearer-token")) {
        (Authentication::Anonymous, ..) => Ok(None),
        (Authentication::Signed, None, Some(token)) | (Authentication::Bearer, _, Some(token)) => {
            bearer(request, served, credentials, token, now)
        }
        (Authentication::Signed, Some(authorization), _) => signed(request, credentials, authorization, now),
        (Authentication::Bearer, _, None) => Err(Refusal::missing("BearerToken")),
        (Authentication::Signed, None, None) => Err(Refusal::missing("Authorization")),
    }
}

fn bearer<'a>(
    request: &'a Incoming,
    served: &Served,
    credentials: &Credentials,
    token: &str,
    now: SystemTime,
) -> Result<Used<'a>, Refusal> {
    let marker = match served.style() {
        Style::Rpc => pairs::get(request.query()?, "SignatureType"),
        Style::Roa => request.header("x-acs-signature-type"),
    };
    // Streams of events carry no marker.
    if marker != Some("BEARERTOKEN") && served.kind() != ResponseKind::Events {
        return Err(Refusal::missing("SignatureType"));
    }
    if !credentials.bearer_tokens.iter().any(|known| known == token) {
        return Err(Refusal::new(400, "InvalidBearerToken", "Specified bearer token is not valid."));
    }
    // Nothing is signed, but the other headers of a request are there and must be right.
    if request.header("x-acs-date").is_some() {
        date(request, now)?;
    }
    if request.header("x-acs-content-sha256").is_some() {
        payload_hash(request, Algorithm::HmacSha256)?;
    }
    Ok(request.header("x-acs-signature-nonce").map(|nonce| ("", nonce)))
}

fn signed<'a>(
    request: &'a Incoming,
    credentials: &Credentials,
    authorization: &'a str,
    now: SystemTime,
) -> Result<Used<'a>, Refusal> {
    let authorization = Authorization::parse(authorization)?;
    let access_key = credentials
        .access_keys
        .get(authorization.access_key_id)
        .ok_or_else(|| Refusal::new(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."))?;
    security_token(request, access_key)?;
    signed_headers(request, &authorization.signed_headers)?;
    date(request, now)?;
    let nonce = request
        .header("x-acs-signature-nonce")
        .filter(|nonce| !nonce.is_empty())
        .ok_or_else(|| Refusal::missing("SignatureNonce"))?;
    let payload_hash = payload_hash(request, authorization.algorithm)?;
    let query: Vec<_> = request.query()?.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let headers: Vec<_> = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected = sign(&SignatureInput {
        algorithm: authorization.algorithm,
        method: &request.method,
        path: &request.path,
        query: &query,
        headers: &headers,
        signed_headers: SignedHeaders::Named(&authorization.signed_headers),
        payload_hash,
        access_key_id: &access_key.id,
        access_key_secret: &access_key.secret,
    });
    let matches =
        expected.authorization.rsplit_once("Signature=").is_some_and(|(_, own)| own == authorization.signature);
    if !matches {
        let message = format!(
            "Specified signature is not matched with our calculation. server string to sign is:{}",
            expected.string_to_sign
        );
        return Err(Refusal::new(400, "SignatureDoesNotMatch", message));
    }
    Ok(Some((authorization.access_key_id, nonce)))
}

fn security_token(request: &Incoming, access_key: &AccessKey) -> Result<(), Refusal> {
    match (&access_key.security_token, request.header("x-acs-security-token")) {
        (None, None) => Ok(()),
        (Some(expected), Some(token)) if expected == token => match request.header("x-acs-accesskey-id") {
            Some(id) if id != access_key.id => {
                Err(Refusal::incomplete("x-acs-accesskey-id is another one than that of Authorization."))
            }
            _ => Ok(()),
        },
        (Some(_), Some(_)) => {
            Err(Refusal::new(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed."))
        }
        (Some(_), None) => Err(Refusal::missing("SecurityToken")),
        (None, Some(_)) => Err(Refusal::new(
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            "Specified SecurityToken mismatch with the AccessKey.",
        )),
    }
}

/// All common headers that are there have to be signed, and all that are signed have to be there.
fn signed_headers(request: &Incoming, signed: &[&str]) -> Result<(), Refusal> {
    for (name, _) in &request.headers {
        let common = name == "host" || name.starts_with("x-acs-");
        // One official client puts a content type on requests without a body after it has signed them.
        let content_type = name == "content-type" && !request.body.is_empty();
        if (common || content_type) && !signed.contains(&name.as_str()) {
            return Err(Refusal::incomplete(&format!("{name} is not signed.")));
        }
    }
    let required = ["host", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"];
    for name in required.iter().chain(signed) {
        if request.header(name).is_none() {
            return Err(Refusal::incomplete(&format!("{name} is missing.")));
        }
    }
    Ok(())
}

fn date(request: &Incoming, now: SystemTime) -> Result<(), Refusal> {
    let date =
        alicloud_runtime::parse_timestamp(request.header("x-acs-date").unwrap_or_default()).ok_or_else(|| {
            let message = "Specified time stamp or date value is not well formatted.";
            Refusal::new(400, "InvalidTimeStamp.Format", message)
        })?;
    let apart = now.duration_since(date).or_else(|_| date.duration_since(now)).unwrap_or_default();
    // Dates have no fractions of a second, the clock has.
    if apart.as_secs() > WINDOW.as_secs() {
        let message = "Specified time stamp or date value is expired.";
        return Err(Refusal::new(400, "InvalidTimeStamp.Expired", message));
    }
    Ok(())
}

fn payload_hash(request: &Incoming, algorithm: Algorithm) -> Result<&str, Refusal> {
    let told = request.header("x-acs-content-sha256").unwrap_or_default();
    if told != algorithm.hash(&request.body) {
        let message = "Specified x-acs-content-sha256 is not that of the body.";
        return Err(Refusal::new(400, "InvalidContentSha256", message));
    }
    Ok(told)
}
