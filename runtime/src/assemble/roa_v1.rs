//! ROA style as before ACS3: everything that proves who calls stands in the headers.

use std::time::{SystemTime, UNIX_EPOCH};

use http::header::{ACCEPT, AUTHORIZATION, DATE};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;

use super::{
    Assembled, X_ACS_ACCESS_KEY_ID, X_ACS_BEARER_TOKEN, X_ACS_SECURITY_TOKEN, X_ACS_SIGNATURE_NONCE,
    X_ACS_SIGNATURE_TYPE, value,
};
use crate::client::ClientCore;
use crate::clock::{format_timestamp, parse_timestamp};
use crate::error::Error;
use crate::identity::Identity;
use crate::pairs::entries;
use crate::random::hexadecimal;
use crate::sign::roa_v1::{RoaV1Input, string_to_sign};
use crate::signer::Signer;
use crate::transport::HttpRequest;

static X_ACS_SIGNATURE_METHOD: HeaderName = HeaderName::from_static("x-acs-signature-method");
static X_ACS_SIGNATURE_VERSION: HeaderName = HeaderName::from_static("x-acs-signature-version");

impl Assembled {
    /// Adds date, nonce and signature to the headers.
    pub(super) fn sign_roa_v1(
        &self,
        core: &ClientCore,
        identity: &Identity,
        mut headers: HeaderMap,
        now: SystemTime,
        bits: u128,
    ) -> Result<HttpRequest, Error> {
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        headers.insert(DATE, value(http_date(now).into())?);
        headers.insert(&X_ACS_SIGNATURE_NONCE, value(hexadecimal(bits).to_vec().into())?);
        headers.insert(&X_ACS_SIGNATURE_METHOD, HeaderValue::from_static("HMAC-SHA1"));
        headers.insert(&X_ACS_SIGNATURE_VERSION, HeaderValue::from_static("1.0"));
        match identity {
            Identity::Signed { signer, session, .. } => {
                if let Some((id, token)) = session {
                    headers.insert(&X_ACS_ACCESS_KEY_ID, id.clone());
                    headers.insert(&X_ACS_SECURITY_TOKEN, token.clone());
                }
                let mut authorization = value(self.authorize_roa_v1(signer, &headers)?.into())?;
                authorization.set_sensitive(true);
                headers.insert(AUTHORIZATION, authorization);
            }
            Identity::Bearer(token) => {
                headers.insert(&X_ACS_BEARER_TOKEN, token.clone());
                headers.insert(&X_ACS_SIGNATURE_TYPE, HeaderValue::from_static("BEARERTOKEN"));
            }
            Identity::Anonymous => {}
        }
        self.legacy_request(core, headers, &self.query.wire)
    }

    /// The value of the `authorization` header.
    fn authorize_roa_v1(&self, signer: &Signer, headers: &HeaderMap) -> Result<String, Error> {
        let mut signed = Vec::with_capacity(headers.len());
        for (name, value) in headers {
            let text = value.to_str();
            let text = text.map_err(|_| Error::invalid_request(format!("the header {name} is not text")))?;
            signed.push((name.as_str(), text));
        }
        let decode = |value| percent_decode_str(value).decode_utf8_lossy().into_owned();
        let query: Vec<(String, String)> =
            entries(&self.query.wire).map(|(name, value)| (name, decode(value))).collect();
        let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let text = string_to_sign(&RoaV1Input {
            method: self.method.as_str(),
            path: &self.path,
            query: &query,
            headers: &signed,
        });
        Ok(format!("acs {}:{}", signer.access_key_id(), signer.legacy().roa.sign(&text)))
    }
}

/// `time` as `Sun, 01 Jun 2025 02:03:04 GMT`. What a timestamp cannot say is no date here either, and becomes the
/// nearest that is.
fn http_date(time: SystemTime) -> String {
    httpdate::fmt_http_date(parse_timestamp(&format_timestamp(time)).unwrap_or(UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_what_no_calendar_has() {
        for (time, text) in [
            (UNIX_EPOCH - Duration::from_secs(1), "Thu, 01 Jan 1970 00:00:00 GMT"),
            (UNIX_EPOCH + Duration::from_secs(1_748_743_384), "Sun, 01 Jun 2025 02:03:04 GMT"),
            (UNIX_EPOCH + Duration::from_secs(300_000_000_000), "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(time), text);
        }
    }
}
