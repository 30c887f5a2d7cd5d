//! One request for what a link leads to.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, IF_RANGE, LOCATION, RANGE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tokio::time::timeout;
use url::Url;

use super::identity::text;
use super::link::shown;
use crate::attempts::transport_error;
use crate::client::ClientCore;
use crate::error::{Error, ErrorKind, Inner};
use crate::request_body::RequestBody;
use crate::service_error;
use crate::transport::{Body, HttpRequest, HttpResponse, TransportError};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// How much of the reply of a refusal is read, in bytes.
const MAX_REFUSAL: usize = 64 * 1024;

/// Which bytes are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) first: u64,
    /// The first byte that is not wanted any more.
    pub(super) end: Option<u64>,
    /// The version of the file that they have to be of.
    pub(super) validator: Option<&'a str>,
}

/// Sends the request: not signed, and with nothing that tells who asks. Redirects that keep the scheme are followed.
pub(super) async fn get(core: &ClientCore, link: &Url, wanted: Wanted<'_>) -> Result<HttpResponse, Error> {
    let config = core.config();
    let mut url = link.clone();
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(USER_AGENT, config.user_agent.clone());
    // The file as it is: its length and its checksum are those of what is stored.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if wanted.first > 0 || wanted.end.is_some() {
        let last = wanted.end.map_or_else(String::new, |end| end.saturating_sub(1).to_string());
        headers.insert(RANGE, header(&format!("bytes={}-{last}", wanted.first))?);
        if let Some(validator) = wanted.validator {
            headers.insert(IF_RANGE, header(validator)?);
        }
    }
    for _ in 0..=MAX_REDIRECTS {
        let request = HttpRequest {
            method: Method::GET,
            url: url.clone(),
            headers: headers.clone(),
            body: RequestBody::default(),
            timeout: None,
        };
        let response = timeout(config.timeout, config.transport.send(request))
            .await
            .unwrap_or_else(|_| Err(TransportError::timeout(format!("no answer within {:?}", config.timeout), true)))
            .map_err(|error| broken(&error, link))?;
        let Some(location) = redirect(&response) else { return Ok(response) };
        url = next(&url, location).map_err(|wrong| failed(link, &wrong))?;
    }
    Err(failed(link, "it redirects again and again"))
}

/// The next piece of the body.
pub(super) async fn chunk(core: &ClientCore, link: &Url, body: &mut Body) -> Result<Option<Bytes>, Error> {
    let limit = core.config().timeout;
    timeout(limit, body.chunk())
        .await
        .unwrap_or_else(|_| Err(TransportError::timeout(format!("no data for {limit:?}"), true)))
        .map_err(|error| broken(&error, link))
}

/// What a reply says that has no file in it.
pub(super) async fn refusal(core: &ClientCore, link: &Url, mut response: HttpResponse) -> Error {
    let config = core.config();
    let body = timeout(config.timeout, response.body.collect(MAX_REFUSAL, config.stall_timeout)).await;
    let body = body.ok().and_then(Result::ok).flatten().unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    let said = service_error::read(&body);
    let source = shown(link);
    Error::from_inner(Inner {
        kind: ErrorKind::Download,
        code: said.code,
        message: format!("{source} answers: {}", said.message.unwrap_or_else(|| "nothing".to_owned())),
        request_id: said.request_id,
        status: Some(response.status),
        body: body.chars().take(4096).collect(),
        was_sent: true,
        ..Inner::default()
    })
}

/// A download that failed, and why.
pub(super) fn failed(link: &Url, why: &str) -> Error {
    let mut error = Error::new(ErrorKind::Download, format!("{}: {why}", shown(link)));
    error.inner_mut().was_sent = true;
    error
}

fn broken(error: &TransportError, link: &Url) -> Error {
    let mut error = transport_error(error);
    let message = format!("{}: {}", shown(link), error.message());
    error.inner_mut().message = message;
    error
}

fn header(value: &str) -> Result<HeaderValue, Error> {
    value.parse().map_err(|_| Error::new(ErrorKind::Download, "the ETag of the file cannot be sent back"))
}

fn redirect(response: &HttpResponse) -> Option<&str> {
    let follows = matches!(
        response.status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    text(&response.headers, LOCATION.as_str()).filter(|_| follows)
}

fn next(url: &Url, location: &str) -> Result<Url, String> {
    let next = url.join(location).map_err(|_| "it redirects to something that is no URL".to_owned())?;
    if next.scheme() != url.scheme() {
        return Err(format!("it redirects from {} to {}, which is not followed", url.scheme(), next.scheme()));
    }
    if !next.has_host() || !next.username().is_empty() || next.password().is_some() {
        return Err("it redirects to a URL with a name in it".to_owned());
    }
    Ok(next)
}
