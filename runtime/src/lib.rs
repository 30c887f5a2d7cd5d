//! What every client of the alicloud SDK stands on: signing, transport, decoding, errors, waiting, paging, downloads.
//!
//! Users write [`Config`], [`Credentials`] and [`RetryPolicy`], and meet [`Error`]. Operations that no client has are
//! called [`untyped`]; `blocking` and `testing` are behind the features `blocking` and `test-util`. The rest is what
//! generated clients are made of:
//!
//! - a client is a [`ClientCore`], built by a [`ClientBuilder`] from [`Endpoints`];
//! - an operation is a static [`Operation`]; its requests implement [`Request`], its replies [`Decode`];
//! - who calls is said by [`Credentials`], or found out by what implements [`ProvideCredentials`];
//! - a request carries a [`RequestBody`] where it carries bytes, and its reply is a whole [`Reply`], a [`ByteStream`] or
//!   [`Events`];
//! - a request is awaited through [`Sending`], waits through [`Wait`], and comes in [`Pages`] and [`Items`].

#![warn(clippy::unwrap_used)]

mod assemble;
mod attempts;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod call_options;
mod client;
mod clock;
mod config;
mod counters;
mod credentials;
mod diagnose;
mod download;
mod encode;
mod endpoint;
mod error;
mod events;
mod identity;
mod json;
mod judge;
mod line;
mod lookup;
mod metadata;
mod number;
mod operation;
mod page;
mod pairs;
mod path;
mod percent;
mod random;
mod reply;
mod request;
mod request_body;
mod retry;
mod secret;
mod service_error;
mod sign;
mod signer;
mod skew;
mod stream;
#[cfg(feature = "test-util")]
pub mod testing;
mod trace;
mod transport;
pub mod untyped;
mod wait;
mod wire;
mod xml;

pub use bytes::Bytes;
pub use call::Call;
pub use call_options::CallOptions;
pub use client::{ClientBuilder, ClientCore};
pub use clock::{Clock, SystemClock, format_timestamp, parse_timestamp};
pub use config::{Config, ConfigBuilder};
pub use counters::Counters;
pub use credentials::{
    CliProfile, Credentials, CredentialsUri, DefaultChain, EcsRole, Environment, EnvironmentKeys, IniProfile, OidcRole,
    ProvideCredentials, Provided, ProviderContext, RoleByArn,
};
pub use download::{Download, DownloadStream, DownloadTo, DownloadedFile, Link, Progress};
pub use encode::{Encode, Encoder};
pub use endpoint::{Endpoints, Network, NetworkEndpoints};
pub use error::{AccessDenied, Error, ErrorKind};
pub use events::{Event, Events, SendingEvents};
pub use json::{Decode, DecodeObject, Document, Elements, Field, Fields, Json, Note, SyntaxError};
pub use metadata::{Metadata, WithMetadata};
pub use operation::{Authentication, Envelope, Method, Operation, ReplyKind, Style};
pub use page::{Items, Paged, Pager, PagerStyle, Pages};
pub use random::{Random, SystemRandom};
pub use reply::{DecodeReply, Reply};
pub use request::{Request, Sending, SendingWithMetadata};
pub use request_body::RequestBody;
pub use retry::{Attempt, RetryPolicy};
pub use secret::SensitiveString;
pub use serde_json::Value;
#[cfg(feature = "legacy-signatures")]
pub use sign::LegacySignature;
#[cfg(feature = "legacy-signatures")]
pub use sign::roa_v1::{RoaV1Input, sign_roa_v1};
#[cfg(feature = "legacy-signatures")]
pub use sign::rpc_v1::sign_rpc_v1;
pub use sign::{Algorithm, Signature, SignatureInput, SignedHeaders, sign};
pub use stream::{ByteStream, SendingStream};
pub use tokio::io::AsyncWrite;
#[cfg(feature = "rustls")]
pub use transport::TlsVersion;
pub use transport::{
    Body, HttpRequest, HttpResponse, ReqwestTransport, Transport, TransportBuilder, TransportError, TransportErrorKind,
};
pub use wait::{Also, Observed, Passed, Wait, Waiter};
pub use wire::Wire;
pub use xml::XmlSyntaxError;
