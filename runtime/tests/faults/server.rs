//! A server that has the same fault again and again.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the server does with a connection.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// Reads the request and closes the connection.
    Close,
    /// Reads the request and resets the connection.
    Reset,
    /// Reads the request and says nothing.
    Hang,
    /// Answers with this and says nothing more.
    Stall(&'static str),
    /// Answers with these bytes and closes the connection.
    Bytes(Vec<u8>),
}

/// How many requests came, and how many connections the other side closed.
#[derive(Clone, Copy, Default)]
struct Seen {
    requests: u32,
    closed: u32,
}

pub struct Server {
    address: String,
    fault: Fault,
    seen: Arc<watch::Sender<Seen>>,
}

impl Server {
    /// A server that always has the fault.
    pub async fn start(fault: Fault) -> Self {
        Self::start_with(fault.clone(), u32::MAX, fault).await
    }

    /// A server that has the fault a few times and then another one.
    pub async fn start_with(fault: Fault, times: u32, then: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = Self { address, fault: fault.clone(), seen: Arc::default() };
        if server.is_refusing() {
            return server;
        }
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            for count in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let fault = if count < times { fault.clone() } else { then.clone() };
                tokio::spawn(play(stream, fault, Arc::clone(&seen)));
            }
        });
        server
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn is_refusing(&self) -> bool {
        matches!(self.fault, Fault::Refused)
    }

    /// Whether it never comes to the end of the headers.
    pub fn is_silent(&self) -> bool {
        match self.fault {
            Fault::Hang => true,
            Fault::Stall(text) => !text.contains("\r\n\r\n"),
            _ => false,
        }
    }

    pub fn requests(&self) -> u32 {
        self.seen.borrow().requests
    }

    pub async fn until_requests(&self, count: u32) {
        self.seen.subscribe().wait_for(|seen| seen.requests >= count).await.unwrap();
    }

    pub async fn until_closed(&self) {
        let mut seen = self.seen.subscribe();
        let closed = seen.wait_for(|seen| seen.closed > 0);
        tokio::time::timeout(Duration::from_secs(20), closed).await.expect("the connection is closed").unwrap();
    }
}

async fn play(mut stream: TcpStream, fault: Fault, seen: Arc<watch::Sender<Seen>>) {
    let mut request = Vec::new();
    // The requests of this suite have no body.
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    seen.send_modify(|seen| seen.requests += 1);
    match fault {
        Fault::Refused | Fault::Close => {}
        Fault::Reset => stream.set_zero_linger().unwrap(),
        Fault::Bytes(bytes) => {
            // The other side may have had enough of it before it is over.
            let _ = stream.write_all(&bytes).await;
        }
        Fault::Stall(text) => {
            stream.write_all(text.as_bytes()).await.unwrap();
            wait_for_the_end(stream, &seen).await;
        }
        Fault::Hang => wait_for_the_end(stream, &seen).await,
    }
}

async fn wait_for_the_end(mut stream: TcpStream, seen: &watch::Sender<Seen>) {
    while stream.read_buf(&mut Vec::new()).await.unwrap_or(0) > 0 {}
    seen.send_modify(|seen| seen.closed += 1);
}
