//! What calls tell a subscriber of `tracing`: a span for the call, one for each attempt, and why there is another.
//!
//! `cargo run -p alicloud-runtime --example tracing_subscriber`

use alicloud_runtime::{Config, Error, untyped};
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .init();
    // Nobody listens there.
    let config = Config::builder().endpoint("http://127.0.0.1:1").build()?;
    let client = untyped::Client::new(&config, "Ecs", "2014-05-26")?;
    if let Err(error) = client.call("DescribeRegions").anonymous().query("AcceptLanguage", "en-US").await {
        println!("{error}");
    }
    Ok(())
}
