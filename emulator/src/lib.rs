//! A local Alibaba Cloud: serves the operations that specs describe, and verifies every signature.
//!
//! ```no_run
//! # async fn example() -> Result<(), alicloud_emulator::StartError> {
//! use alicloud_emulator::Emulator;
//!
//! let emulator = Emulator::builder()
//!     .specs("specs")
//!     .files(true)
//!     .states("GetDataExportOrderDetail", "finished", ["PRE_CHECKING", "DOING_EXPORT", "EXPORT_SUCCESS"])
//!     .start()
//!     .await?;
//! println!("{}", emulator.url());
//! # Ok(())
//! # }
//! ```
//!
//! Every request goes through the same steps, and the first one that it fails is answered as the service would:
//!
//! 1. **Route.** By `x-acs-action` and `x-acs-version` (or `Action` and `Version` in the query), or by method and path:
//!    404 `InvalidAction.NotFound`, 400 `MissingAction`, `MissingVersion` and `InvalidVersion`, 405
//!    `UnsupportedHTTPMethod`.
//! 2. **Signature.** 400 `MissingAuthorization`, `InvalidSignatureMethod`, `IncompleteSignature`,
//!    `MissingSecurityToken`, `InvalidSecurityToken.Malformed`, `InvalidSecurityToken.MismatchWithAccessKey`,
//!    `InvalidTimeStamp.Format`, `InvalidTimeStamp.Expired` (more than 15 minutes either way), `InvalidContentSha256`,
//!    `SignatureDoesNotMatch` (with the string to sign that was expected), `SignatureNonceUsed`; 404
//!    `InvalidAccessKeyId.NotFound`; with a bearer token 400 `MissingBearerToken`, `MissingSignatureType` and
//!    `InvalidBearerToken`.
//! 3. **Parameters.** 400 `Missing<Name>` where a required one is not in the place that the spec says, or is empty, and
//!    `Invalid<Name>` where one is not of its type. `<Name>` is the name as the wire has it, such as `Tag.1.Key`.
//!    Values, lengths and bounds are not checked, as documents are often wrong about them. Parameters that the
//!    operation does not have are ignored, as the service does, but [recorded](RecordedRequest::unknown_parameters).
//!    Where one of several is needed and none is there, the product says so in its own reply of status 200.
//! 4. **Reply.** The first documented sample of a success, value for value, or else one that is made of the examples;
//!    with the state that [`Builder::states`] plays, an empty list behind the first page, and links to files that the
//!    emulator serves if [`Builder::files`] says so.
//!
//! With [`Builder::workflows`] the operations of the four workflows (export, tracked changes, backup sets, advanced
//! downloads) have tickets and tasks in memory in place of samples: what one call makes, the next ones find and move
//! on, each tenant and each instance for itself. What is unknown is a failure in the words of the product.
//! [`Emulator::fault`] makes requests go wrong on the way. Programs that cannot call the library have a control
//! endpoint then, which takes no signature: `POST /_emulator/faults` with a fault or a list of them
//! (`{"operation": "CreateDownload", "kind": "throttle", "milliseconds": 10, "times": 2}`; the kinds are `throttle`,
//! `status` with `status` and `html`, `reset_before`, `reset_after`, `cut` with `bytes`, `expire_link`; `"file": true`
//! for requests for the file), `GET /_emulator/requests`, and `POST /_emulator/reset`.
//!
//! [`Emulator::set_reply`] puts another reply in place of the fourth step; [`Emulator::requests`] tells what was
//! received.
//!
//! With the feature `sm3`, signatures may be `ACS3-HMAC-SM3` as well as `ACS3-HMAC-SHA256`.

#![warn(clippy::unwrap_used)]

mod access_key;
mod authorization;
mod builder;
mod canned;
mod catalog;
mod control;
mod crc64;
mod emulator;
mod fault;
mod files;
mod flat;
mod host;
mod nonce;
mod outgoing;
mod pairs;
mod parameters;
mod range;
mod record;
mod refusal;
mod reply;
mod request;
mod results;
mod sample;
mod schema;
mod server;
mod service;
mod signature;
mod start_error;
mod states;
mod template;
mod value;
mod walk;
mod world;
mod xml;

pub use builder::{Builder, EXAMPLE_ACCESS_KEY_ID, EXAMPLE_ACCESS_KEY_SECRET};
pub use canned::{CannedReply, SetReplyError};
pub use emulator::Emulator;
pub use fault::Fault;
pub use record::RecordedRequest;
pub use start_error::StartError;
pub use world::{Outcome, Pace};
