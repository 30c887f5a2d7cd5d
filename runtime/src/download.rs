//! From a link in a reply to a file.

use std::ffi::OsString;
use std::future::{Future, IntoFuture};
use std::path::{Path, PathBuf};
use std::pin::Pin;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use tokio::fs::{self, File};
use tokio::io::{AsyncWriteExt as _, BufWriter};
use tokio::time::timeout;
use url::Url;

use crate::attempts::transport_error;
use crate::call::Call;
use crate::client::ClientCore;
use crate::endpoint::Network;
use crate::error::{Error, ErrorKind, Inner};
use crate::reply::Reply;
use crate::request::{Request, encoded};
use crate::service_error::{self, first_text};
use crate::transport::{HttpRequest, HttpResponse, TransportError};
use crate::wire::Wire;

/// How much is written to the file at a time, in bytes.
const WRITE_BUFFER: usize = 512 * 1024;

/// Where a reply has a link: plain data, written by the generator. Paths are JSON paths with dots.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Where the link stands.
    pub path: &'static str,
    /// Where the link stands that works inside Alibaba Cloud only; taken unless the network is the public one.
    pub internal_path: Option<&'static str>,
    /// Where the reply says whether the link is ready, and what it says then. A link is always needed.
    pub ready: Option<(&'static str, &'static str)>,
    /// Where the reply says why it is not ready.
    pub reason: Option<&'static str>,
}

/// Asks for a link and fetches what it leads to, when it is awaited.
#[derive(Clone, Debug)]
#[must_use = "a download begins only when it is awaited"]
pub struct Download<R> {
    request: R,
    link: &'static Link,
    path: PathBuf,
}

/// A file that has been downloaded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DownloadedFile {
    path: PathBuf,
    bytes: u64,
}

impl DownloadedFile {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long it is, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl<R: Request> Download<R> {
    /// Fetches into the file `path` what the reply to `request` links to. An existing file is replaced once the
    /// download is complete; until then the data is in a file beside it, whose name ends in `.part`. The folder of
    /// `path` is made if it is not there.
    pub fn new(request: R, link: &'static Link, path: &Path) -> Self {
        Self { request, link, path: path.to_owned() }
    }
}

impl<R: Request> IntoFuture for Download<R> {
    type Output = Result<DownloadedFile, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let wire = encoded(&self.request);
        Box::pin(download(self.request.call().clone(), wire, self.link, self.path))
    }
}

async fn download(call: Call, wire: Wire, link: &'static Link, path: PathBuf) -> Result<DownloadedFile, Error> {
    let reply = call.send(wire).await?;
    let url = find_link(&reply, link, call.core().network())?;
    let action = call.operation().action;
    fetch(call.core(), url, &path).await.map_err(|error| error.of(action, reply.attempts))
}

/// The link of the reply, or why there is none.
fn find_link(reply: &Reply, link: &Link, network: &Network) -> Result<Url, Error> {
    let root = reply.document.root();
    let is_ready = link
        .ready
        .is_none_or(|(path, ready)| first_text(root, &[path]).is_some_and(|state| state.eq_ignore_ascii_case(ready)));
    let path = link.internal_path.filter(|_| *network != Network::Public).unwrap_or(link.path);
    let text = first_text(root, &[path]).unwrap_or_default();
    let text = text.trim_ascii();
    if !is_ready || text.is_empty() {
        let reason = link.reason.and_then(|path| first_text(root, &[path]));
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        return Err(reply.error(ErrorKind::NotReady, format!("there is nothing to download yet{reason}")));
    }
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| reply.error(ErrorKind::Download, format!("the link at {path} is no http or https URL")))
}

async fn fetch(core: &ClientCore, url: Url, path: &Path) -> Result<DownloadedFile, Error> {
    let Some(name) = path.file_name() else {
        return Err(Error::new(ErrorKind::File, format!("{} does not name a file", path.display())));
    };
    let mut part_name = OsString::from(name);
    part_name.push(".part");
    let part = path.with_file_name(part_name);

    let source = shown(&url);
    let mut response = open(core, url, &source).await?;
    let result = match save(core, &mut response, &part, &source).await {
        Ok(bytes) => fs::rename(&part, path).await.map(|()| bytes).map_err(|error| file_error(path, &error)),
        Err(error) => Err(error),
    };
    match result {
        Ok(bytes) => Ok(DownloadedFile { path: path.to_owned(), bytes }),
        Err(error) => {
            // The error is what matters; there may be no file to remove.
            let _ = fs::remove_file(&part).await;
            Err(error)
        }
    }
}

/// Asks for the file. Neither signed nor with anything that tells who asks.
async fn open(core: &ClientCore, url: Url, source: &str) -> Result<HttpResponse, Error> {
    let config = core.config();
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(USER_AGENT, config.user_agent.clone());
    // The file as it is: its length and its checksum are those of what is stored.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let request = HttpRequest { method: Method::GET, url, headers, body: Bytes::new(), timeout: None };
    let mut response = timeout(config.timeout, config.transport.send(request))
        .await
        .unwrap_or_else(|_| Err(TransportError::timeout(format!("no answer within {:?}", config.timeout), true)))
        .map_err(|error| broken(&error, source))?;
    if response.status == 200 {
        return Ok(response);
    }
    let body = timeout(config.timeout, response.body.collect(64 * 1024, config.stall_timeout)).await;
    let body = body.ok().and_then(Result::ok).flatten().unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    let said = service_error::read(&body);
    Err(Error::from_inner(Inner {
        kind: ErrorKind::Download,
        code: said.code,
        message: format!("{source} answers: {}", said.message.unwrap_or_else(|| "nothing".to_owned())),
        request_id: said.request_id,
        status: Some(response.status),
        body: body.chars().take(4096).collect(),
        was_sent: true,
        ..Inner::default()
    }))
}

/// Writes the body to the file `part`, and checks its length.
async fn save(core: &ClientCore, response: &mut HttpResponse, part: &Path, source: &str) -> Result<u64, Error> {
    let limit = core.config().timeout;
    let length = response.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let Some(folder) = part.parent() {
        fs::create_dir_all(folder).await.map_err(|error| file_error(folder, &error))?;
    }
    let file = File::create(part).await.map_err(|error| file_error(part, &error))?;
    let mut file = BufWriter::with_capacity(WRITE_BUFFER, file);
    let mut bytes = 0;
    loop {
        let chunk = timeout(limit, response.body.chunk())
            .await
            .unwrap_or_else(|_| Err(TransportError::timeout(format!("no data for {limit:?}"), true)))
            .map_err(|error| broken(&error, source))?;
        let Some(chunk) = chunk else { break };
        bytes += chunk.len() as u64;
        file.write_all(&chunk).await.map_err(|error| file_error(part, &error))?;
    }
    file.flush().await.map_err(|error| file_error(part, &error))?;
    match length {
        Some(length) if length != bytes => {
            Err(Error::new(ErrorKind::Download, format!("{source} sent {bytes} of {length} bytes")))
        }
        _ => Ok(bytes),
    }
}

/// A link as errors show it: what stands behind the path is what gives access.
fn shown(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

fn broken(error: &TransportError, source: &str) -> Error {
    let mut error = transport_error(error);
    let message = format!("{source}: {}", error.message());
    error.inner_mut().message = message;
    error
}

fn file_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::File, format!("{}: {error}", path.display()))
}
