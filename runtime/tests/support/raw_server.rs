//! A server that answers with what it was given, byte for byte, and tells what came.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use alicloud_runtime::Algorithm;

/// A request as it came in.
#[derive(Clone, Debug, Default)]
pub struct Got {
    /// The request line and the headers, each a line; only the names are in lower case.
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Got {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Whether the body is what the header says that was signed.
    pub fn has_signed_body(&self) -> bool {
        self.header("x-acs-content-sha256") == Some(Algorithm::HmacSha256.hash(&self.body).as_str())
    }
}

/// A server of which each connection is answered with the next of its replies, and closed.
pub struct RawServer {
    pub url: String,
    got: Arc<Mutex<Vec<Got>>>,
    /// Replies that end in [`HOLD`] leave their connection open until this is dropped.
    _open: mpsc::Sender<()>,
}

/// In a reply: what follows comes a while later, by less than a second.
pub const PAUSE: &str = "\0pause";

/// At the end of a reply: nothing more comes, and the connection stays open.
pub const HOLD: &str = "\0hold";

impl RawServer {
    pub fn start<T: Into<Vec<u8>>>(replies: impl IntoIterator<Item = T>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let got: Arc<Mutex<Vec<Got>>> = Arc::default();
        let (open, closed) = mpsc::channel();
        let closed = Arc::new(Mutex::new(closed));
        let replies: Vec<Vec<u8>> = replies.into_iter().map(Into::into).collect();
        let kept = Arc::clone(&got);
        thread::spawn(move || {
            for reply in replies {
                let (stream, _) = listener.accept().unwrap();
                answer(stream, &reply, &kept, &closed);
            }
        });
        Self { url, got, _open: open }
    }

    pub fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, reply: &[u8], got: &Mutex<Vec<Got>>, closed: &Arc<Mutex<mpsc::Receiver<()>>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let head = reader.by_ref().lines().map(|line| line.unwrap()).take_while(|line| !line.is_empty());
    let lower = |line: String| match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_ascii_lowercase()),
        None => line,
    };
    let mut request = Got { head: head.map(lower).collect(), body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    reader.take(length).read_to_end(&mut request.body).unwrap();
    got.lock().unwrap().push(request);
    let mut stream = stream;
    let held = reply.strip_suffix(HOLD.as_bytes());
    send(&mut stream, held.unwrap_or(reply));
    if held.is_some() {
        let closed = Arc::clone(closed);
        thread::spawn(move || {
            let _ = closed.lock().unwrap().recv();
            drop(stream);
        });
    }
}

/// Sends what stands between pauses, until whoever asked has gone.
fn send(stream: &mut TcpStream, reply: &[u8]) {
    let mut rest = reply;
    while let Some(at) = rest.windows(PAUSE.len()).position(|part| part == PAUSE.as_bytes()) {
        if stream.write_all(&rest[..at]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(250));
        rest = &rest[at + PAUSE.len()..];
    }
    let _ = stream.write_all(rest);
}
