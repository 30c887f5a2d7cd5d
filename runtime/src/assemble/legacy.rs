//! Requests that are signed as before ACS3, in the way of their style.

use std::time::SystemTime;

use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::{Assembled, X_ACS_ACTION, X_ACS_CREDENTIALS_PROVIDER, X_ACS_VERSION, locate};
use crate::client::ClientCore;
use crate::error::Error;
use crate::identity::Identity;
use crate::operation::{Operation, Style};
use crate::transport::HttpRequest;

impl Assembled {
    /// The request as it is sent at `now`, signed with HMAC-SHA1.
    pub(super) fn sign_legacy(
        &self,
        core: &ClientCore,
        operation: &'static Operation,
        identity: &Identity,
        now: SystemTime,
        bits: u128,
    ) -> Result<HttpRequest, Error> {
        let headers = self.legacy_headers(core, identity)?;
        match operation.style {
            Style::Rpc => self.sign_rpc_v1(core, identity, headers, now, bits),
            Style::Roa => self.sign_roa_v1(core, identity, headers, now, bits),
        }
    }

    /// What both styles have among their headers.
    fn legacy_headers(&self, core: &ClientCore, identity: &Identity) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(HOST, self.endpoint(core).host.clone());
        headers.insert(USER_AGENT, core.config().user_agent.clone());
        headers.insert(&X_ACS_ACTION, self.action.clone());
        headers.insert(&X_ACS_VERSION, self.version.clone());
        if let Some(content_type) = self.content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        if let Identity::Signed { provider, .. } = identity {
            headers.insert(&X_ACS_CREDENTIALS_PROVIDER, provider.clone());
        }
        for (name, value) in &self.extra_headers {
            headers.insert(name.clone(), value.clone());
        }
        Ok(headers)
    }

    /// The request with these headers and this query, which is encoded.
    pub(super) fn legacy_request(
        &self,
        core: &ClientCore,
        headers: HeaderMap,
        query: &str,
    ) -> Result<HttpRequest, Error> {
        Ok(HttpRequest {
            method: self.method.to_http(),
            url: locate(&self.endpoint(core).url, &self.path, query)?,
            headers,
            body: self.body.clone(),
            timeout: None,
        })
    }
}
