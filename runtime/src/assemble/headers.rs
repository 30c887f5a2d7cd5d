//! The names of headers: those that are computed, and those that others may add.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderName, HeaderValue};

use crate::error::Error;

pub(super) static X_ACS_ACCEPT_LANGUAGE: HeaderName = HeaderName::from_static("x-acs-accept-language");
pub(super) static X_ACS_ACCESS_KEY_ID: HeaderName = HeaderName::from_static("x-acs-accesskey-id");
pub(super) static X_ACS_ACTION: HeaderName = HeaderName::from_static("x-acs-action");
pub(super) static X_ACS_BEARER_TOKEN: HeaderName = HeaderName::from_static("x-acs-bearer-token");
pub(super) static X_ACS_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
pub(super) static X_ACS_CREDENTIALS_PROVIDER: HeaderName = HeaderName::from_static("x-acs-credentials-provider");
pub(super) static X_ACS_DATE: HeaderName = HeaderName::from_static("x-acs-date");
pub(super) static X_ACS_RETRY_ATTEMPTS: HeaderName = HeaderName::from_static("x-acs-retry-attempts");
pub(super) static X_ACS_RETRY_DELAY: HeaderName = HeaderName::from_static("x-acs-retry-delay");
pub(super) static X_ACS_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");
pub(super) static X_ACS_SIGNATURE_NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
pub(super) static X_ACS_SIGNATURE_TYPE: HeaderName = HeaderName::from_static("x-acs-signature-type");
pub(super) static X_ACS_VERSION: HeaderName = HeaderName::from_static("x-acs-version");

/// Whether the key of a map must not become this header: it says what is called, or how the request is to be read.
pub(crate) fn is_reserved(name: &str) -> bool {
    [&ACCEPT, &AUTHORIZATION, &CONTENT_TYPE, &USER_AGENT, &X_ACS_ACTION, &X_ACS_VERSION]
        .iter()
        .any(|reserved| reserved.as_str().eq_ignore_ascii_case(name))
}

/// A header that the operation or the caller wants, unless it is none or is computed here.
pub(super) fn extra_header(name: &str, value: &str, may_authorize: bool) -> Result<(HeaderName, HeaderValue), Error> {
    let refused = |why: &str| Error::invalid_request(format!("the header {name:?} {why}"));
    let header_name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused("has no valid name"))?;
    let computed = [
        &HOST,
        &CONTENT_LENGTH,
        &TRANSFER_ENCODING,
        &X_ACS_ACCESS_KEY_ID,
        &X_ACS_BEARER_TOKEN,
        &X_ACS_CONTENT_SHA256,
        &X_ACS_CREDENTIALS_PROVIDER,
        &X_ACS_DATE,
        &X_ACS_RETRY_ATTEMPTS,
        &X_ACS_RETRY_DELAY,
        &X_ACS_SECURITY_TOKEN,
        &X_ACS_SIGNATURE_NONCE,
        &X_ACS_SIGNATURE_TYPE,
    ];
    let is_computed = computed.contains(&&header_name);
    if is_computed || (header_name == AUTHORIZATION && !may_authorize) {
        return Err(refused("is computed and cannot be set"));
    }
    let value = HeaderValue::from_str(value.trim())
        .map_err(|_| refused("has a line break, a control character or a character outside ASCII in its value"))?;
    Ok((header_name, value))
}
