//! A small HTTP server, and a transport that takes every request to it.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud_runtime::{HttpRequest, HttpResponse, ReqwestTransport, Transport, TransportError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What a request looked like on its way in.
#[derive(Clone, Debug)]
pub struct Received {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    pub fn action(&self) -> &str {
        self.header("x-acs-action").unwrap_or_default()
    }
}

/// What is answered: a status and a body, or nothing at all.
pub type Answer = Option<(u16, String)>;

type Handler = dyn Fn(&Received) -> Answer + Send + Sync;

/// Answers every request as `handler` says.
#[derive(Clone)]
pub struct Server {
    pub address: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub async fn start(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (handler, log): (Arc<Handler>, _) = (Arc::new(handler), Arc::clone(&received));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&handler), Arc::clone(&log)));
            }
        });
        Self { address, received }
    }

    /// The requests so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many of them were of an operation.
    pub fn count(&self, action: &str) -> usize {
        self.received().iter().filter(|request| request.action() == action).count()
    }
}

async fn serve(mut stream: TcpStream, handler: Arc<Handler>, log: Arc<Mutex<Vec<Received>>>) {
    let mut bytes = Vec::new();
    loop {
        while let Some((request, length)) = parse(&bytes) {
            bytes.drain(..length);
            log.lock().unwrap().push(request.clone());
            let Some((status, body)) = handler(&request) else {
                tokio::time::sleep(Duration::from_secs(60)).await;
                return;
            };
            let reply = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
}

/// The first request of some bytes and how many bytes it has, if it is complete.
fn parse(bytes: &[u8]) -> Option<(Received, usize)> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let mut start = lines.next().unwrap().split(' ');
    let (method, target) = (start.next().unwrap().to_owned(), start.next().unwrap().to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse::<usize>().unwrap());
    let body = rest.get(..length)?.to_owned();
    Some((Received { method, target, headers, body }, head.len() + 4 + length))
}

/// Takes every request to one server, whatever host it is for. The `host` header stays.
pub struct Rerouted {
    pub address: String,
    pub transport: ReqwestTransport,
}

impl Transport for Rerouted {
    fn send(
        &self,
        mut request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        let rest = &request.url[url::Position::BeforePath..];
        request.url = Url::parse(&format!("http://{}{rest}", self.address)).unwrap();
        self.transport.send(request)
    }
}
