//! From collected parameters to a request on the wire.

pub(crate) mod headers;
#[cfg(feature = "legacy-signatures")]
mod legacy;
#[cfg(feature = "legacy-signatures")]
mod roa_v1;
#[cfg(feature = "legacy-signatures")]
mod rpc_v1;

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::call_options::CallOptions;
use crate::client::ClientCore;
use crate::clock::timestamp;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::identity::Identity;
use crate::json::Document;
use crate::operation::{Authentication, Method, Operation, ReplyKind, Style};
use crate::pairs::{FinishedPairs, has_value};
use crate::path::fill;
use crate::random::hexadecimal;
use crate::request_body::RequestBody;
use crate::service_error::first_text;
use crate::sign::{Algorithm, is_signed};
use crate::signer::{CanonicalParts, Signer};
use crate::transport::HttpRequest;
use crate::wire::{Body, Wire};
use headers::{
    X_ACS_ACCEPT_LANGUAGE, X_ACS_ACCESS_KEY_ID, X_ACS_ACTION, X_ACS_BEARER_TOKEN, X_ACS_CONTENT_SHA256,
    X_ACS_CREDENTIALS_PROVIDER, X_ACS_DATE, X_ACS_RETRY_ATTEMPTS, X_ACS_RETRY_DELAY, X_ACS_SECURITY_TOKEN,
    X_ACS_SIGNATURE_NONCE, X_ACS_SIGNATURE_TYPE, X_ACS_VERSION, extra_header,
};

/// The SHA-256 of nothing.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json; charset=utf-8";
const XML: &str = "application/xml";

/// Everything about a request that is the same for every attempt.
pub(crate) struct Assembled {
    action: HeaderValue,
    version: HeaderValue,
    method: Method,
    path: String,
    query: FinishedPairs,
    body: RequestBody,
    content_type: Option<&'static str>,
    /// The hash of the body, unless that is [`EMPTY_SHA256`].
    payload_hash: Option<String>,
    /// Headers of the operation and of the caller, in lower case.
    extra_headers: Vec<(HeaderName, HeaderValue)>,
    /// Where it goes, if a parameter is part of the host.
    host: Option<Endpoint>,
}

/// Puts a request together, all but date, nonce and signature.
pub(crate) fn assemble(
    core: &ClientCore,
    operation: &Operation,
    options: Option<&CallOptions>,
    mut wire: Wire,
    identity: &Identity,
) -> Result<Assembled, Error> {
    let config = core.config();
    let named = wire.named.take();
    let path = named.as_ref().map_or(operation.path, |named| &named.path);
    let (template, fixed_query) = path.split_once('?').unwrap_or((path, ""));
    for part in fixed_query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        wire.query.push(name, value);
    }
    if operation.style == Style::Rpc {
        match identity {
            Identity::Signed { .. } => {}
            // What streams events goes without the mark, as the official implementation does.
            Identity::Bearer(_) if operation.reply == ReplyKind::Events => {}
            Identity::Bearer(_) => wire.query.replace("SignatureType", "BEARERTOKEN"),
            Identity::Anonymous => wire.query.replace("Format", "json"),
        }
    }
    for (name, value) in &core.inner.default_query {
        if !wire.has(name) {
            wire.query.push(name, value);
        }
    }
    for (name, value) in options.iter().flat_map(|options| &options.query) {
        wire.query.replace(name, value);
    }
    for (name, value) in options.iter().flat_map(|options| &options.form) {
        wire.replace_in_form(name, value)?;
    }
    let path = fill(template, &wire.path, wire.whole_path.as_deref())?;

    let mut file_hash = None;
    let (body, content_type) = match wire.body {
        Body::Nothing => (RequestBody::default(), None),
        Body::Form(pairs) => (pairs.finish().wire.into(), Some(FORM)),
        Body::Json(text) => (text.into(), Some(JSON)),
        Body::Xml(text) => (text.into(), Some(XML)),
        Body::Raw { body, content_type, hash } => {
            file_hash = hash;
            (body, content_type)
        }
    };
    let is_empty = body.is_empty() && config.algorithm == Algorithm::HmacSha256;
    let payload_hash = match file_hash {
        _ if is_empty => None,
        Some(hash) => Some(hash),
        None => Some(config.algorithm.hash(body.as_bytes().unwrap_or_default())),
    };
    let mut extra_headers = Vec::new();
    if let Some(language) = &core.inner.language {
        extra_headers.push((X_ACS_ACCEPT_LANGUAGE.clone(), language.clone()));
    }
    for (name, value) in &wire.headers {
        // Operations that everybody may call can have an `Authorization` header of their own.
        let may_authorize = operation.authentication == Authentication::Anonymous;
        extra_headers.push(extra_header(name, value, may_authorize)?);
    }
    for (name, value) in options.iter().flat_map(|options| &options.headers) {
        extra_headers.push(extra_header(name, value, false)?);
    }
    let (action, version, method) = match &named {
        Some(named) => (name_header(&named.action)?, name_header(&named.version)?, named.method),
        None => (fixed(operation.action)?, fixed(operation.version)?, operation.method),
    };
    Ok(Assembled {
        action,
        version,
        method,
        path: path.into_owned(),
        query: wire.query.finish(),
        payload_hash,
        body,
        content_type,
        extra_headers,
        host: wire.host.map(|prefix| core.inner.endpoint.below(&prefix)).transpose()?,
    })
}

/// The URL of a path and a query, both encoded. They are sent as they are, or not at all.
fn locate(base: &Url, path: &str, query: &str) -> Result<Url, Error> {
    let mut url = base.clone();
    if path != "/" {
        url.set_path(path);
    }
    if !query.is_empty() {
        url.set_query(Some(query));
    }
    if url.path() != path || url.query().unwrap_or_default() != query {
        return Err(Error::invalid_request(format!("the path {path:?} cannot be sent as it is")));
    }
    Ok(url)
}

impl Assembled {
    /// Says on the next request how often it was sent before, and how long was waited.
    pub(crate) fn mark_retry(&mut self, retries: u32, waited: Duration) {
        self.extra_headers.retain(|(name, _)| *name != X_ACS_RETRY_ATTEMPTS && *name != X_ACS_RETRY_DELAY);
        let milliseconds = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
        self.extra_headers.push((X_ACS_RETRY_ATTEMPTS.clone(), HeaderValue::from(retries)));
        self.extra_headers.push((X_ACS_RETRY_DELAY.clone(), HeaderValue::from(milliseconds)));
    }

    /// Whether the parameter of this name has a value, be it in the query, a header, a form or a JSON body.
    pub(crate) fn carries(&self, name: &str) -> bool {
        let mut headers = self.extra_headers.iter();
        if has_value(&self.query.wire, name)
            || headers.any(|(known, value)| known.as_str().eq_ignore_ascii_case(name) && !value.is_empty())
        {
            return true;
        }
        match (self.content_type, std::str::from_utf8(self.body.as_bytes().unwrap_or_default())) {
            (Some(FORM), Ok(form)) => has_value(form, name),
            (Some(JSON), Ok(json)) => {
                Document::parse(json.to_owned()).is_ok_and(|document| first_text(document.root(), &[name]).is_some())
            }
            _ => false,
        }
    }

    /// Where the request goes.
    fn endpoint<'a>(&'a self, core: &'a ClientCore) -> &'a Endpoint {
        self.host.as_ref().unwrap_or(&core.inner.endpoint)
    }

    /// The name of the host that the request goes to.
    pub(crate) fn host<'a>(&'a self, core: &'a ClientCore) -> &'a str {
        self.endpoint(core).url.host_str().unwrap_or_default()
    }

    /// The request as it is sent at `now`: with a date, a nonce of `bits` and a signature of its own.
    pub(crate) fn sign(
        &self,
        core: &ClientCore,
        operation: &'static Operation,
        identity: &Identity,
        now: SystemTime,
        bits: u128,
    ) -> Result<HttpRequest, Error> {
        if core.has_legacy_signature(operation) {
            return self.sign_legacy(core, operation, identity, now, bits);
        }
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(HOST, self.endpoint(core).host.clone());
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, core.config().user_agent.clone());
        headers.insert(&X_ACS_ACTION, self.action.clone());
        headers.insert(&X_ACS_VERSION, self.version.clone());
        if let Some(content_type) = self.content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        match identity {
            Identity::Signed { provider, session, .. } => {
                headers.insert(&X_ACS_CREDENTIALS_PROVIDER, provider.clone());
                if let Some((id, token)) = session {
                    headers.insert(&X_ACS_ACCESS_KEY_ID, id.clone());
                    headers.insert(&X_ACS_SECURITY_TOKEN, token.clone());
                }
            }
            Identity::Bearer(token) => {
                headers.insert(&X_ACS_BEARER_TOKEN, token.clone());
                if operation.style == Style::Roa && operation.reply != ReplyKind::Events {
                    headers.insert(&X_ACS_SIGNATURE_TYPE, HeaderValue::from_static("BEARERTOKEN"));
                }
            }
            Identity::Anonymous => {}
        }
        for (name, value) in &self.extra_headers {
            headers.insert(name.clone(), value.clone());
        }

        let (date, nonce) = (timestamp(now), hexadecimal(bits));
        let payload_hash = self.payload_hash.as_deref().unwrap_or(EMPTY_SHA256);
        // What differs between attempts shares one piece of memory: headers are cloned on their way.
        let mut text = match identity {
            Identity::Signed { signer, .. } => {
                let values = [ascii(&date), payload_hash, ascii(&nonce)];
                self.authorize(signer, &headers, values)?
            }
            Identity::Bearer(_) | Identity::Anonymous => String::with_capacity(128),
        };
        let authorization_end = text.len();
        text.push_str(ascii(&date));
        let date_end = text.len();
        text.push_str(ascii(&nonce));
        let nonce_end = text.len();
        text.push_str(self.payload_hash.as_deref().unwrap_or_default());
        let text = Bytes::from(text);
        headers.insert(&X_ACS_DATE, value(text.slice(authorization_end..date_end))?);
        headers.insert(&X_ACS_SIGNATURE_NONCE, value(text.slice(date_end..nonce_end))?);
        let payload_hash = match self.payload_hash {
            Some(_) => value(text.slice(nonce_end..))?,
            None => HeaderValue::from_static(EMPTY_SHA256),
        };
        headers.insert(&X_ACS_CONTENT_SHA256, payload_hash);
        if authorization_end > 0 {
            let mut authorization = value(text.slice(..authorization_end))?;
            authorization.set_sensitive(true);
            headers.insert(AUTHORIZATION, authorization);
        }
        Ok(HttpRequest {
            method: self.method.to_http(),
            url: locate(&self.endpoint(core).url, &self.path, &self.query.wire)?,
            headers,
            body: self.body.clone(),
            timeout: None,
        })
    }

    #[cfg(not(feature = "legacy-signatures"))]
    fn sign_legacy(
        &self,
        _core: &ClientCore,
        _operation: &Operation,
        _identity: &Identity,
        _now: SystemTime,
        _bits: u128,
    ) -> Result<HttpRequest, Error> {
        Err(Error::invalid_configuration("signing as before ACS3 needs the feature `legacy-signatures`"))
    }

    /// The value of the `Authorization` header; `values` are date, hash of the body and nonce, which are not among
    /// the headers yet.
    fn authorize(
        &self,
        signer: &Signer,
        headers: &HeaderMap,
        [date, payload_hash, nonce]: [&str; 3],
    ) -> Result<String, Error> {
        let (mut few, mut many) = ([("", ""); 16], Vec::new());
        let signed = if headers.len() + 3 <= few.len() {
            &mut few[..]
        } else {
            many.resize(headers.len() + 3, ("", ""));
            &mut many[..]
        };
        signed[0] = (X_ACS_DATE.as_str(), date);
        signed[1] = (X_ACS_CONTENT_SHA256.as_str(), payload_hash);
        signed[2] = (X_ACS_SIGNATURE_NONCE.as_str(), nonce);
        let mut count = 3;
        for (name, value) in headers.iter().filter(|(name, _)| is_signed(name.as_str())) {
            let text = value.to_str();
            let text = text.map_err(|_| Error::invalid_request(format!("the header {name} is not text")))?;
            signed[count] = (name.as_str(), text);
            count += 1;
        }
        let signed = &mut signed[..count];
        signed.sort_unstable();
        Ok(signer.authorize(&CanonicalParts {
            method: self.method.as_str(),
            path: &self.path,
            query: self.query.canonical.as_deref().unwrap_or(&self.query.wire),
            headers: signed,
            payload_hash,
        }))
    }
}

/// The name of an operation or a version that somebody else wrote.
fn name_header(text: &str) -> Result<HeaderValue, Error> {
    let is_name = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let refused = || Error::invalid_request(format!("{text:?} names no operation or version"));
    HeaderValue::from_str(text).ok().filter(|_| is_name).ok_or_else(refused)
}

/// Digits and punctuation that were made here.
fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A header value of a text of the operation, without a copy.
fn fixed(text: &'static str) -> Result<HeaderValue, Error> {
    value(Bytes::from_static(text.as_bytes()))
}

fn value(bytes: Bytes) -> Result<HeaderValue, Error> {
    HeaderValue::from_maybe_shared(bytes).map_err(|_| Error::invalid_request("a header has a control character"))
}
