//! For the tests of those who use this SDK: a transport that plays a script, and a clock and randomness that do as they
//! are told. Behind the feature `test-util`.
//!
//! A [`Script`] answers requests by the name of their operation, keeps what was sent, and says clearly what was not
//! expected. Nothing is listened to and nothing sleeps.
//!
//! ```
//! use alicloud_runtime::testing::{Reply, Script};
//! use alicloud_runtime::{Error, untyped};
//!
//! /// What is to be tested: how many instances there are.
//! async fn count(ecs: &untyped::Client) -> Result<u64, Error> {
//!     let reply = ecs.call("DescribeInstances").query("PageSize", 1).with(|options| options.repeatable(true)).await?;
//!     Ok(reply["TotalCount"].as_u64().unwrap_or_default())
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let script = Script::new();
//! script.reply("DescribeInstances", Reply::status(503));
//! script.reply("DescribeInstances", r#"{"TotalCount": 42, "RequestId": "R"}"#);
//!
//! let config = script.config().build()?;
//! let ecs = untyped::Client::new(&config, "Ecs", "2014-05-26")?;
//! assert_eq!(count(&ecs).await?, 42);
//!
//! // It was asked twice, and signed anew.
//! let sent = script.sent();
//! assert_eq!(sent.len(), 2);
//! assert_eq!(sent[1].parameter("PageSize").as_deref(), Some("1"));
//! assert_eq!(sent[1].header("x-acs-retry-attempts"), Some("1"));
//!
//! // What nobody expects is an error that says so.
//! let error = ecs.call("DeleteInstance").await.unwrap_err();
//! assert_eq!(error.code(), Some("UnexpectedRequest"));
//! assert!(script.verify().is_err());
//! # Ok::<(), Error>(())
//! # }).unwrap();
//! ```
//!
//! Clients of the crate `alicloud` are made from the same `config`. Where a reply should look like the service's own,
//! signatures should be checked, or states should move on, the emulator is the better partner: it serves what the specs
//! describe over a real socket.

mod fixed;
mod reply;
mod response;
mod script;
mod sent;

pub use fixed::{FixedClock, FixedRandom};
pub use reply::Reply;
pub use response::response;
pub use script::Script;
pub use sent::Sent;
