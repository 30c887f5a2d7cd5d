//! Calls of operations that no generated client has: names and parameters in, JSON out.
//!
//! Everything that typed calls have is there: signatures, retries, time limits, errors, options. What only a spec can
//! say is not: a reply with a status of success is returned as it is, even if it says `"Success": false`, and requests
//! are taken to change something unless they are said to be [repeatable](crate::CallOptions::repeatable).
//!
//! ```no_run
//! # async fn example(config: alicloud_runtime::Config) -> Result<(), alicloud_runtime::Error> {
//! use alicloud_runtime::{Method, untyped};
//!
//! let ecs = untyped::Client::builder(&config, "Ecs", "2014-05-26").endpoint("ecs.cn-hangzhou.aliyuncs.com").build()?;
//! let regions = ecs.call("DescribeRegions").query("AcceptLanguage", "en-US").await?;
//! println!("{}", regions["Regions"]["Region"][0]["RegionId"]);
//!
//! let cs = untyped::Client::builder(&config, "CS", "2015-12-15").endpoint("cs.cn-hangzhou.aliyuncs.com").build()?;
//! let call = cs.call("DescribeClusterDetail").path(Method::Get, "/clusters/{ClusterId}");
//! let cluster = call.path_argument("ClusterId", "c1").with(|options| options.repeatable(true)).await?;
//! # let _ = cluster;
//! # Ok(())
//! # }
//! ```

use std::fmt::{self, Debug, Formatter};
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use bytes::Bytes;
use serde_json::Value;

use crate::call::PendingReply;
use crate::call_options::CallOptions;
use crate::client::{ClientBuilder, ClientCore};
use crate::config::Config;
use crate::encode::Encode;
use crate::endpoint::Endpoints;
use crate::error::Error;
use crate::events::SendingEvents;
use crate::metadata::{Metadata, WithMetadata};
use crate::operation::{Authentication, Method, Operation, ReplyKind, Style};
use crate::request::{Sending, SendingWithMetadata};
use crate::request_body::RequestBody;
use crate::stream::SendingStream;
use crate::wire::{Named, Wire};

static NO_TABLE: Endpoints = Endpoints { product: "", central: false, networks: &[] };

/// Calls any operation of one version of one product. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    core: ClientCore,
    product: String,
    version: String,
}

/// Builds a [`Client`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `.build()`"]
pub struct Builder {
    inner: ClientBuilder<ClientCore>,
    has_endpoint: bool,
    product: String,
    version: String,
}

impl Client {
    /// A client that sends to the endpoint of `config`.
    ///
    /// # Errors
    ///
    /// When `config` has no endpoint: there is no table to look it up in.
    pub fn new(config: &Config, product: impl Into<String>, version: impl Into<String>) -> Result<Self, Error> {
        Self::builder(config, product, version).build()
    }

    /// Starts a client that differs from `config`. `product` is for traces and errors, `version` such as `2014-05-26`
    /// is sent.
    pub fn builder(config: &Config, product: impl Into<String>, version: impl Into<String>) -> Builder {
        Builder {
            inner: ClientBuilder::new(config, &NO_TABLE),
            has_endpoint: config.inner.endpoint.is_some(),
            product: product.into(),
            version: version.into(),
        }
    }

    /// Starts a call of an operation by its name, such as `DescribeRegions`: a POST in the RPC style, unless
    /// [`Call::method`] or [`Call::path`] change that.
    pub fn call(&self, action: impl Into<String>) -> Call {
        let named = Named {
            product: self.product.clone(),
            action: action.into(),
            version: self.version.clone(),
            method: Method::Post,
            path: "/".to_owned(),
        };
        Call {
            core: self.core.clone(),
            named,
            wire: Wire::new(),
            style: Style::Rpc,
            is_anonymous: false,
            options: CallOptions::default(),
        }
    }
}

impl Builder {
    /// The host: `host`, `host:port`, `http://…` or `https://…`.
    pub fn endpoint(self, endpoint: impl AsRef<str>) -> Self {
        Self { inner: self.inner.endpoint(endpoint), has_endpoint: true, ..self }
    }

    /// The language of the messages of the service, such as `en-US`.
    pub fn language(self, language: impl Into<String>) -> Self {
        Self { inner: self.inner.language(language), ..self }
    }

    /// A parameter that every request has in its query, unless it sets it itself.
    pub fn default_query(self, name: impl Into<String>, value: impl ToString) -> Self {
        Self { inner: self.inner.default_query(name, value), ..self }
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When there is no endpoint, or it cannot be used, or the language cannot be a header.
    pub fn build(self) -> Result<Client, Error> {
        if !self.has_endpoint {
            return Err(Error::invalid_configuration(format!(
                "an untyped client of {} needs an explicit endpoint: `.endpoint(…)`",
                self.product
            )));
        }
        Ok(Client { core: self.inner.build()?, product: self.product, version: self.version })
    }
}

/// A call of an operation by its name: add parameters, then `.await` it.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call {
    core: ClientCore,
    named: Named,
    wire: Wire,
    style: Style,
    is_anonymous: bool,
    options: CallOptions,
}

impl Call {
    /// The HTTP method; POST if neither this nor [`Call::path`] is called.
    pub fn method(mut self, method: Method) -> Self {
        self.named.method = method;
        self
    }

    /// Makes it a call in the ROA style: with a method and a path, which may have placeholders such as `{ClusterId}`.
    pub fn path(mut self, method: Method, path: impl Into<String>) -> Self {
        self.style = Style::Roa;
        self.named.method = method;
        self.named.path = path.into();
        self
    }

    /// Fills a placeholder of the path.
    pub fn path_argument(mut self, name: &str, value: impl Encode) -> Self {
        self.wire.path(name, &value);
        self
    }

    /// Adds to the query; lists and objects become `Name.1.Field`.
    pub fn query(mut self, name: &str, value: impl Encode) -> Self {
        self.wire.query(name, &value);
        self
    }

    /// Adds to the form; lists and objects become `Name.1.Field`.
    pub fn form(mut self, name: &str, value: impl Encode) -> Self {
        self.wire.form(name, &value);
        self
    }

    /// Adds a header of the operation.
    pub fn header(mut self, name: &str, value: impl Encode) -> Self {
        self.wire.header(name, &value);
        self
    }

    /// Sends this JSON.
    pub fn json_body(mut self, value: impl Encode) -> Self {
        self.wire.body_json(&value);
        self
    }

    /// Sends these bytes, or a [file](RequestBody::file), as `application/octet-stream`.
    pub fn bytes_body(mut self, bytes: impl Into<RequestBody>) -> Self {
        self.wire.body(Some(&bytes.into()), Some("application/octet-stream"));
        self
    }

    /// Puts the value in front of the host, as some products want the name of what is called there. That of a
    /// second call stands between the first one and the host.
    pub fn host(mut self, value: impl Encode) -> Self {
        self.wire.host("the part of the host", &value);
        self
    }

    /// Sends neither a signature nor anything else that tells who calls.
    pub fn anonymous(mut self) -> Self {
        self.is_anonymous = true;
        self
    }

    /// Changes the options of this one call.
    pub fn with(mut self, change: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        self.options = change(self.options);
        self
    }

    /// Sends the request and keeps what came with the reply: request id, attempts, headers, the raw JSON.
    pub fn with_metadata(self) -> SendingWithMetadata<Value> {
        SendingWithMetadata::of(self.send(ReplyKind::Json))
    }

    /// Sends the request and returns the bytes of the reply, whatever they are.
    pub fn bytes(self) -> Pin<Box<dyn Future<Output = Result<WithMetadata<Bytes>, Error>> + Send>> {
        let reply = self.send(ReplyKind::Bytes);
        Box::pin(async {
            let mut reply = reply.await?;
            let bytes = std::mem::take(&mut reply.bytes);
            Ok(WithMetadata::new(bytes, Metadata::of(reply)))
        })
    }

    /// Sends the request and returns the bytes of the reply while they arrive.
    pub fn stream(self) -> SendingStream {
        let (call, wire) = self.prepare(ReplyKind::Bytes);
        SendingStream::of(call, wire)
    }

    /// Sends the request and returns the events of a reply that streams them, each as JSON.
    pub fn events(self) -> SendingEvents<Value> {
        let (call, wire) = self.prepare(ReplyKind::Events);
        SendingEvents::of(call, wire)
    }

    fn send(self, reply: ReplyKind) -> PendingReply {
        let (call, wire) = self.prepare(reply);
        call.send(wire)
    }

    fn prepare(self, reply: ReplyKind) -> (crate::call::Call, Wire) {
        let mut wire = self.wire;
        wire.named = Some(Box::new(self.named));
        let options = self.options;
        (self.core.call(operation(self.style, self.is_anonymous, reply)).with(|_| options), wire)
    }
}

impl IntoFuture for Call {
    type Output = Result<Value, Error>;
    type IntoFuture = Sending<Value>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::of(self.send(ReplyKind::Json))
    }
}

impl Debug for Call {
    /// Prints names only: values may be secrets.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("named", &self.named).field("options", &self.options).finish_non_exhaustive()
    }
}

/// What an untyped call has in common with those of its kind.
fn operation(style: Style, is_anonymous: bool, reply: ReplyKind) -> &'static Operation {
    const fn kind(style: Style, authentication: Authentication, reply: ReplyKind) -> Operation {
        Operation { style, authentication, reply, ..Operation::RPC }
    }
    use Authentication::{Anonymous, Signed};
    use ReplyKind::{Bytes, Events, Json};
    use Style::{Roa, Rpc};
    static KINDS: [Operation; 12] = [
        kind(Rpc, Signed, Json),
        kind(Rpc, Signed, Bytes),
        kind(Rpc, Signed, Events),
        kind(Rpc, Anonymous, Json),
        kind(Rpc, Anonymous, Bytes),
        kind(Rpc, Anonymous, Events),
        kind(Roa, Signed, Json),
        kind(Roa, Signed, Bytes),
        kind(Roa, Signed, Events),
        kind(Roa, Anonymous, Json),
        kind(Roa, Anonymous, Bytes),
        kind(Roa, Anonymous, Events),
    ];
    let reply = match reply {
        Bytes => 1,
        Events => 2,
        _ => 0,
    };
    &KINDS[usize::from(style == Roa) * 6 + usize::from(is_anonymous) * 3 + reply]
}
