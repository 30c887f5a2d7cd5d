//! A retry policy of one's own: patient with one error, standard with all others.
//!
//! `cargo run -p alicloud-runtime --features test-util --example retry_policy`

use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::testing::{FixedClock, Reply, Script};
use alicloud_runtime::{Error, RetryPolicy, untyped};

/// An instance that is being made cannot be started yet: ask every few seconds, for a minute.
fn patient() -> RetryPolicy {
    RetryPolicy::custom(|attempt| match attempt.error().code() {
        Some("IncorrectInstanceStatus") if attempt.elapsed() < Duration::from_secs(60) => Some(Duration::from_secs(5)),
        _ => attempt.standard(),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    // Stands for the service, and for time.
    let script = Script::new();
    for _ in 0..4 {
        script.reply("StartInstance", Reply::status(403).body(r#"{"Code":"IncorrectInstanceStatus"}"#));
    }
    script.reply("StartInstance", r#"{"RequestId":"R"}"#);
    let clock = Arc::new(FixedClock::default());

    let config = script.config().clock(clock.clone()).retry(patient()).build()?;
    let ecs = untyped::Client::new(&config, "Ecs", "2014-05-26")?;
    let reply = ecs.call("StartInstance").query("InstanceId", "i-1").with_metadata().await?;
    println!("started at attempt {}, after waiting {:?}", reply.metadata().attempts(), clock.slept());
    println!("{:?}", config.counters());

    // For one call only:
    script.reply("StopInstance", Reply::status(503));
    let stop = ecs.call("StopInstance").query("InstanceId", "i-1");
    let error = stop.with(|options| options.retry(RetryPolicy::never())).await.expect_err("it is scripted to fail");
    println!("{error}");
    Ok(())
}
