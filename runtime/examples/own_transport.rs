//! A transport of one's own: it counts bytes and hands requests on to the built-in one.
//!
//! `cargo run -p alicloud-runtime --example own_transport`

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use alicloud_runtime::{
    Config, Error, HttpRequest, HttpResponse, ReqwestTransport, Transport, TransportError, untyped,
};

struct Counting {
    inner: ReqwestTransport,
    bytes: AtomicU64,
}

impl Transport for Counting {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        self.bytes.fetch_add(request.body.len().unwrap_or_default(), Ordering::Relaxed);
        self.inner.send(request)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let inner = ReqwestTransport::new(Duration::from_secs(5))?;
    let counting = Arc::new(Counting { inner, bytes: AtomicU64::new(0) });
    // Nobody listens there, so this shows an error, and that it was tried three times.
    let config = Config::builder().transport(counting.clone()).endpoint("http://127.0.0.1:1").build()?;
    let client = untyped::Client::new(&config, "Ecs", "2014-05-26")?;
    let call = client.call("DescribeRegions").anonymous().form("AcceptLanguage", "en-US");
    match call.await {
        Ok(reply) => println!("{reply}"),
        Err(error) => println!("{error}"),
    }
    println!("{} bytes of body in {} attempts", counting.bytes.load(Ordering::Relaxed), config.counters().attempts);
    Ok(())
}
