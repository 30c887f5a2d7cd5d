//! The loop that takes connections, and what ends it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming as Arriving;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::outgoing::ReplyBody;
use crate::request::Incoming;
use crate::service::Service;

/// The largest body that is taken.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// What goes wrong with a connection ends that connection and nothing else.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Takes connections until `stop` says so, then waits for the requests that are being answered. All connections end
/// with this future: when it is dropped, they are cut.
pub(crate) async fn run(listener: TcpListener, service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&service), stop.clone()));
                }
                // No file handle is left, or the like: that passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    // Without it an answer may wait for the next acknowledgement; where it cannot be set, it is only slower.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| answer(request, Arc::clone(&service)));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
    let mut connection = std::pin::pin!(connection);
    // What is not HTTP, or breaks off, is an error that only concerns its sender.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn answer(request: Request<Arriving>, service: Arc<Service>) -> Result<Response<ReplyBody>, Broken> {
    let (parts, body) = request.into_parts();
    let outgoing = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => service.answer(&Incoming::new(&parts, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => service.too_large(&Incoming::new(&parts, Bytes::new())),
        Err(error) => return Err(error),
    };
    if !outgoing.delay.is_zero() {
        tokio::time::sleep(outgoing.delay).await;
    }
    if outgoing.closes {
        // hyper closes the connection without a word when the service fails.
        return Err("the connection is closed on purpose".into());
    }
    Ok(outgoing.into_response((service.clock)()))
}
