//! What several tests need: a client whose requests end up in memory, and requests made of JSON.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers, of which every test uses a part")]

pub mod file_server;
pub mod folder;
pub mod raw_server;

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alicloud_runtime::{
    Body, Call, ClientBuilder, ClientCore, Clock, Config, ConfigBuilder, Credentials, Endpoints, Error, HttpRequest,
    HttpResponse, Operation, Request, RetryPolicy, Sending, Transport, TransportError, Wire,
};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

pub static ENDPOINTS: Endpoints =
    Endpoints { product: "test", central: true, networks: &[("public", Some("test.example.com"), &[])] };

pub static OPERATION: Operation =
    Operation { product: "test", action: "Test", version: "2025-01-01", idempotent: true, ..Operation::RPC };

pub static WITH_PATH: Operation =
    Operation { product: "test", action: "Test", version: "2025-01-01", path: "/{Id}", ..Operation::ROA };

/// A transport that answers with what it was given beforehand, and keeps the requests.
#[derive(Default)]
pub struct Script {
    pub replies: Mutex<VecDeque<Result<(u16, String), TransportError>>>,
    pub requests: Mutex<Vec<HttpRequest>>,
}

impl Script {
    pub fn new(replies: impl IntoIterator<Item = Result<(u16, String), TransportError>>) -> Arc<Self> {
        Arc::new(Self { replies: Mutex::new(replies.into_iter().collect()), requests: Mutex::default() })
    }

    pub fn of_bodies<T: ToString>(bodies: &[T]) -> Arc<Self> {
        Self::new(bodies.iter().map(|body| Ok((200, body.to_string()))))
    }

    pub fn requests(&self) -> Vec<HttpRequest> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        self.requests.lock().unwrap().push(request);
        let reply = self.replies.lock().unwrap().pop_front().unwrap_or(Ok((200, "{}".to_owned())));
        Box::pin(std::future::ready(reply.map(|(status, body)| HttpResponse {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Body::from(body),
        })))
    }
}

/// A clock that moves when it is slept by, and only then.
#[derive(Debug)]
pub struct ManualClock {
    now: Mutex<SystemTime>,
}

impl ManualClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self { now: Mutex::new(UNIX_EPOCH + Duration::from_secs(1_748_743_384)) })
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        *self.now.lock().unwrap() += duration;
        Box::pin(std::future::ready(()))
    }
}

/// A configuration that makes one attempt.
pub fn builder(transport: &Arc<Script>) -> ConfigBuilder {
    Config::builder()
        .credentials(Credentials::access_key("id", "hush"))
        .transport(Arc::clone(transport) as Arc<dyn Transport>)
        .clock(ManualClock::new())
        .retry(RetryPolicy::never())
}

pub fn core(config: &Config) -> ClientCore {
    ClientBuilder::new(config, &ENDPOINTS).build().unwrap()
}

/// A request whose parameters are added by a function.
#[derive(Clone, Debug)]
pub struct Ask<T> {
    pub call: Call,
    pub encode: fn(&mut Wire),
    pub response: std::marker::PhantomData<T>,
}

impl<T> Ask<T> {
    pub fn new(call: Call, encode: fn(&mut Wire)) -> Self {
        Self { call, encode, response: std::marker::PhantomData }
    }
}

impl<T: alicloud_runtime::DecodeReply> Request for Ask<T> {
    type Response = T;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        (self.encode)(wire);
    }
}

/// Sends a request and returns its reply, and what was sent.
pub async fn ask<T: alicloud_runtime::DecodeReply>(
    script: &Arc<Script>,
    operation: &'static Operation,
    encode: fn(&mut Wire),
) -> Result<T, Error> {
    let core = core(&builder(script).build().unwrap());
    Sending::new(&Ask::<T>::new(core.call(operation), encode)).await
}

/// What a request looked like on its way out.
pub struct Sent {
    pub pairs: Vec<(String, String)>,
    pub query: String,
    pub path: String,
    pub body: String,
}

struct FromJson<'a> {
    call: Call,
    kind: &'a str,
    input: &'a Value,
}

impl Request for FromJson<'_> {
    type Response = ();

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        let fields = || self.input.as_object().into_iter().flatten();
        match self.kind {
            "query_flatten" | "wire_query" => fields().for_each(|(name, value)| wire.query(name, value)),
            "form_body" => {
                wire.form_body();
                fields().for_each(|(name, value)| wire.form(name, value));
            }
            "style_repeatList" => wire.form("Prefix", self.input),
            "path_segment" => wire.path("Id", &self.input.as_str()),
            _ => wire.body_json(self.input),
        }
    }
}

/// Sends parameters in the way that `kind` names.
pub fn send(kind: &str, input: &Value) -> Sent {
    let script = Script::new([]);
    let core = core(&builder(&script).build().unwrap());
    let operation = if kind == "path_segment" { &WITH_PATH } else { &OPERATION };
    let sending = Sending::new(&FromJson { call: core.call(operation), kind, input });
    block_on(sending).unwrap();
    let request = script.requests().remove(0);
    Sent {
        pairs: request.url.query_pairs().into_owned().collect(),
        query: request.url.query().unwrap_or_default().to_owned(),
        path: request.url.path().to_owned(),
        body: String::from_utf8(request.body.as_bytes().unwrap().to_vec()).unwrap(),
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
