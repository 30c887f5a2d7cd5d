//! A server on a real socket: an operation that returns a link, and the file behind it, with the faults of a script.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers, of which every test uses a part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud_runtime::{Call, ClientBuilder, ClientCore, Config, Credentials, Download, Link, Request, Value, Wire};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{ENDPOINTS, ManualClock, OPERATION};

pub static LINK: Link = Link {
    path: "Link.Url",
    ready: Some(("Link.Ready", "true")),
    reason: Some("Link.Why"),
    expires: Some("Link.Until"),
    ..Link::NONE
};

/// The file: a block of bytes, repeated up to the length.
#[derive(Clone)]
pub struct Content {
    pub block: Arc<Vec<u8>>,
    pub length: u64,
    /// Sent as it is.
    pub etag: Option<String>,
    pub crc64: Option<u64>,
    pub md5: Option<String>,
    /// Whether parts are sent.
    pub ranges: bool,
    /// Whether the length is sent.
    pub tells_length: bool,
}

impl Content {
    pub fn new(length: u64, version: u8) -> Self {
        let size = usize::try_from(length.clamp(1, 1_000_003)).unwrap();
        let block: Vec<u8> = (0..size).map(|index| (index * 31 + index / 251) as u8 ^ version).collect();
        let mut content = Self {
            block: Arc::new(block),
            length,
            etag: Some(format!("\"v{version}\"")),
            crc64: None,
            md5: None,
            ranges: true,
            tells_length: true,
        };
        content.crc64 = Some(content.sum());
        content
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.block.iter().copied().cycle().take(usize::try_from(self.length).unwrap()).collect()
    }

    /// The bytes from `first` on, to the end of the block at most.
    pub fn piece(&self, first: u64, end: u64) -> &[u8] {
        let start = usize::try_from(first % self.block.len() as u64).unwrap();
        let count = usize::try_from(end - first).unwrap_or(usize::MAX).min(self.block.len() - start);
        &self.block[start..start + count]
    }

    fn sum(&self) -> u64 {
        let mut sum = crc64fast::Digest::new();
        let mut first = 0;
        while first < self.length {
            let piece = self.piece(first, self.length);
            sum.write(piece);
            first += piece.len() as u64;
        }
        sum.sum64()
    }
}

/// A request for the file.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How many there were before it.
    pub index: usize,
    /// Which link it is: 1 is the first that was given away.
    pub link: u32,
    pub head: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn range(&self) -> Option<(u64, Option<u64>)> {
        let (first, last) = self.header("range")?.strip_prefix("bytes=")?.split_once('-')?;
        Some((first.parse().unwrap(), last.parse().ok()))
    }
}

/// What a request for the file gets.
pub enum Answer {
    Serve,
    /// The connection is closed after so many bytes of the body.
    Cut(u64),
    /// Nothing comes after so many bytes of the body, for a minute.
    Hang(u64),
    /// A whole reply, in which `@` stands for the address of the server.
    Raw(String),
}

type Script = Box<dyn FnMut(&Asked, &mut Content) -> Answer + Send>;

pub struct FileServer {
    pub address: String,
    shared: Arc<Shared>,
}

struct Shared {
    address: String,
    script: Mutex<Script>,
    content: Mutex<Content>,
    asked: Mutex<Vec<Asked>>,
    links: Mutex<u32>,
    path: Mutex<String>,
    /// What replies say about when the link expires, as JSON.
    until: Mutex<String>,
}

impl FileServer {
    pub async fn start(content: Content, script: impl FnMut(&Asked, &mut Content) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared {
            address: address.clone(),
            script: Mutex::new(Box::new(script)),
            content: Mutex::new(content),
            asked: Mutex::default(),
            links: Mutex::new(0),
            path: Mutex::new("/exports/export.zip".to_owned()),
            until: Mutex::new("null".to_owned()),
        });
        let own = Arc::clone(&shared);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(answer(Arc::clone(&own), stream));
            }
        });
        Self { address, shared }
    }

    /// The path of the links from here on.
    pub fn path(self, path: &str) -> Self {
        *self.shared.path.lock().unwrap() = path.to_owned();
        self
    }

    /// What replies say from here on about when their link expires, as JSON.
    pub fn until(&self, json: &str) {
        *self.shared.until.lock().unwrap() = json.to_owned();
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    pub fn ranges(&self) -> Vec<Option<String>> {
        self.asked().iter().map(|asked| asked.header("range").map(str::to_owned)).collect()
    }

    /// How many links were given away.
    pub fn links(&self) -> u32 {
        *self.shared.links.lock().unwrap()
    }

    pub fn request(&self) -> AskLink {
        AskLink::of(&self.address)
    }

    pub fn download(&self, path: &std::path::Path) -> Download<AskLink> {
        Download::new(self.request(), &LINK, path)
    }
}

#[derive(Clone, Debug)]
pub struct AskLink {
    call: Call,
}

impl AskLink {
    pub fn of(address: &str) -> Self {
        let config = Config::builder()
            .endpoint(format!("http://{address}"))
            .credentials(Credentials::access_key("id", "hush"))
            .timeout(Duration::from_secs(20))
            .clock(ManualClock::new())
            .build()
            .unwrap();
        let core: ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().unwrap();
        Self { call: core.call(&OPERATION) }
    }
}

impl Request for AskLink {
    type Response = Value;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, _: &mut Wire) {}
}

async fn answer(shared: Arc<Shared>, mut stream: TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let head = String::from_utf8(head).unwrap();
    // A client that goes away in the middle is part of the game.
    let _ = if head.starts_with("POST") {
        let text = link(&shared);
        stream.write_all(text.as_bytes()).await
    } else {
        file(&shared, head, &mut stream).await
    };
    let _ = stream.shutdown().await;
}

fn link(shared: &Shared) -> String {
    let number = {
        let mut links = shared.links.lock().unwrap();
        *links += 1;
        *links
    };
    let path = shared.path.lock().unwrap().clone();
    let url = format!("http://{}{path}?link={number}&Signature=hush%2B", shared.address);
    let until = shared.until.lock().unwrap().clone();
    let body = format!(r#"{{"Link":{{"Ready":true,"Url":" {url}\n","Why":"wait","Until":{until}}}}}"#);
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

async fn file(shared: &Shared, head: String, stream: &mut TcpStream) -> std::io::Result<()> {
    let link = head.split_once("?link=").map_or("0", |(_, rest)| rest.split_once('&').unwrap().0).parse().unwrap();
    let (asked, content, answer) = {
        let mut all = shared.asked.lock().unwrap();
        let asked = Asked { index: all.len(), link, head };
        all.push(asked.clone());
        let mut content = shared.content.lock().unwrap();
        let answer = (shared.script.lock().unwrap())(&asked, &mut content);
        (asked, content.clone(), answer)
    };
    let hangs = matches!(answer, Answer::Hang(_));
    let cut = match answer {
        Answer::Raw(text) => return stream.write_all(text.replace('@', &shared.address).as_bytes()).await,
        Answer::Cut(bytes) | Answer::Hang(bytes) => bytes,
        Answer::Serve => u64::MAX,
    };
    let is_same = asked.header("if-range").is_none_or(|etag| Some(etag) == content.etag.as_deref());
    let range = asked.range().filter(|_| content.ranges && is_same);
    let mut reply = String::new();
    let (first, end) = match range {
        Some((first, _)) if first >= content.length => {
            let text =
                format!("HTTP/1.1 416 No\r\ncontent-range: bytes */{}\r\ncontent-length: 0\r\n\r\n", content.length);
            return stream.write_all(text.as_bytes()).await;
        }
        Some((first, last)) => {
            let end = last.map_or(content.length, |last| (last + 1).min(content.length));
            reply.push_str("HTTP/1.1 206 Partial Content\r\n");
            reply.push_str(&format!("content-range: bytes {first}-{}/{}\r\n", end - 1, content.length));
            (first, end)
        }
        None => {
            reply.push_str("HTTP/1.1 200 OK\r\n");
            if let Some(md5) = &content.md5 {
                reply.push_str(&format!("content-md5: {md5}\r\n"));
            }
            (0, content.length)
        }
    };
    if content.tells_length {
        reply.push_str(&format!("content-length: {}\r\n", end - first));
    }
    if let Some(etag) = &content.etag {
        reply.push_str(&format!("etag: {etag}\r\n"));
    }
    if let Some(sum) = content.crc64 {
        reply.push_str(&format!("x-oss-hash-crc64ecma: {sum}\r\n"));
    }
    reply.push_str("connection: close\r\n\r\n");
    stream.write_all(reply.as_bytes()).await?;
    let mut at = first;
    let stop = end.min(first.saturating_add(cut));
    while at < stop {
        let piece = content.piece(at, stop);
        stream.write_all(piece).await?;
        at += piece.len() as u64;
    }
    if hangs && at < end {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    Ok(())
}
