//! Sends the request of a vector through a client, and looks at what would have gone out.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use alicloud_runtime::{
    Authentication, Body, Call, ClientBuilder, ClientCore, Clock, Config, Credentials, Endpoints, HttpRequest,
    HttpResponse, Method, Operation, Random, ReplyKind, Request, Sending, Style, Transport, TransportError, Wire,
    parse_timestamp,
};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::check::{base64, pairs, same, text_of};

static ENDPOINTS: Endpoints = Endpoints { product: "vectors", central: true, networks: &[] };

/// Headers that the SDK makes by itself.
const COMPUTED: [&str; 17] = [
    "accept",
    "authorization",
    "content-type",
    "date",
    "host",
    "user-agent",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-credentials-provider",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-method",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-signature-version",
];

/// Compares what goes out with the case, and the signature with `authorization`: none if that is absent.
pub fn check(case: &Value, authorization: Option<&str>) -> Result<(), String> {
    compare(&capture(case)?, case, authorization)
}

/// Compares a request with a case, and its signature with `authorization`, unless that is among the headers of the case.
pub fn compare(request: &HttpRequest, case: &Value, authorization: Option<&str>) -> Result<(), String> {
    same("method", request.method.as_str(), text_of(case, "method"))?;
    same("path", request.url.path(), text_of(case, "path"))?;
    let mut sent: Vec<(String, String)> = request.url.query_pairs().into_owned().collect();
    sent.sort();
    let mut query = pairs(&case["query"]);
    query.sort();
    same("query", &format!("{sent:?}"), &format!("{query:?}"))?;
    if request.body.as_bytes() != Some(&base64(text_of(case, "body"))?[..]) {
        return Err("the body differs".to_owned());
    }
    let mut expected = pairs(&case["headers"]);
    expected.retain(|(name, _)| name != "user-agent");
    expected.extend(authorization.map(|text| ("authorization".to_owned(), text.to_owned())));
    expected.sort();
    let mut sent: Vec<(String, String)> = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "user-agent")
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    sent.sort();
    same("headers", &format!("{sent:?}"), &format!("{expected:?}"))
}

/// What a client makes of a case.
pub fn capture(case: &Value) -> Result<HttpRequest, String> {
    let time = parse_timestamp(text_of(case, "date")).ok_or("the date is no date")?;
    let nonce = u128::from_str_radix(text_of(case, "nonce"), 16).map_err(|error| error.to_string())?;
    let transport = Arc::new(Capture::default());
    let builder = Config::builder();
    #[cfg(feature = "legacy-signatures")]
    let builder = builder.legacy_signatures(case["legacy"] == true);
    let config = builder
        .endpoint(text_of(&case["headers"], "host"))
        .credentials(credentials(case))
        .transport(Arc::clone(&transport) as Arc<dyn Transport>)
        .clock(Arc::new(Fixed { time, nonce }))
        .random(Arc::new(Fixed { time, nonce }))
        .build()
        .map_err(|error| error.to_string())?;
    let core: ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().map_err(|error| error.to_string())?;
    let mut call = core.call(Box::leak(Box::new(operation(case)?)));
    for (name, value) in pairs(&case["headers"]).into_iter().filter(|(name, _)| !COMPUTED.contains(&name.as_str())) {
        call = call.with(|options| options.header(name, value));
    }
    let request = FromCase { call, case };
    let mut sending = Box::pin(Sending::new(&request));
    // The transport answers at once.
    match sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(())) => {}
        Poll::Ready(Err(error)) => return Err(error.to_string()),
        Poll::Pending => return Err("the call did not end".to_owned()),
    }
    let captured = transport.request.lock().map_err(|error| error.to_string())?.take();
    captured.ok_or_else(|| "nothing was sent".to_owned())
}

fn credentials(case: &Value) -> Credentials {
    let (id, secret) = (text_of(case, "access_key_id"), text_of(case, "secret"));
    match (case["headers"]["x-acs-bearer-token"].as_str(), case["token"].as_str()) {
        (Some(token), _) => Credentials::bearer(token),
        (None, Some(token)) => Credentials::sts(id, secret, token),
        (None, None) if id.is_empty() => Credentials::anonymous(),
        (None, None) => Credentials::access_key(id, secret),
    }
}

fn operation(case: &Value) -> Result<Operation, String> {
    let params = &case["params"];
    let leaked = |name: &str| -> &'static str { Box::leak(text_of(params, name).to_owned().into_boxed_str()) };
    let method = match text_of(params, "method") {
        "DELETE" => Method::Delete,
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        "OPTIONS" => Method::Options,
        "PATCH" => Method::Patch,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        other => return Err(format!("the method {other} is unknown")),
    };
    let is_anonymous = text_of(params, "auth_type") == "Anonymous";
    Ok(Operation {
        product: "vectors",
        action: leaked("action"),
        version: leaked("version"),
        method,
        path: leaked("pathname"),
        style: if text_of(params, "style") == "ROA" { Style::Roa } else { Style::Rpc },
        authentication: if is_anonymous { Authentication::Anonymous } else { Authentication::Signed },
        reply: ReplyKind::Ignored,
        ..Operation::RPC
    })
}

struct FromCase<'a> {
    call: Call,
    case: &'a Value,
}

impl Request for FromCase<'_> {
    type Response = ();

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        for (name, value) in pairs(&self.case["query"]) {
            // These two the SDK adds by itself.
            if !matches!(name.as_str(), "Format" | "SignatureType") {
                wire.query(&name, &value);
            }
        }
        let body = base64(text_of(self.case, "body")).unwrap_or_default();
        let text = String::from_utf8_lossy(&body).into_owned();
        match text_of(&self.case["headers"], "content-type") {
            "" if body.is_empty() => {}
            "" => wire.body(Some(&body.into()), None),
            "application/octet-stream" => wire.body(Some(&body.into()), Some("application/octet-stream")),
            "application/x-www-form-urlencoded" => {
                wire.form_body();
                for (name, value) in url::form_urlencoded::parse(&body) {
                    wire.form(&name, &&*value);
                }
            }
            _ => wire.body_json_text(&text),
        }
    }
}

/// Keeps what it is given, and answers with nothing.
#[derive(Default)]
struct Capture {
    request: Mutex<Option<HttpRequest>>,
}

impl Transport for Capture {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        if let Ok(mut kept) = self.request.lock() {
            *kept = Some(request);
        }
        let reply = HttpResponse { status: StatusCode::OK, headers: HeaderMap::new(), body: Body::from("") };
        Box::pin(std::future::ready(Ok(reply)))
    }
}

/// A time that stands still, and a number that is not random.
#[derive(Debug)]
struct Fixed {
    time: SystemTime,
    nonce: u128,
}

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        self.time
    }

    fn sleep(&self, _duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}

impl Random for Fixed {
    fn bits(&self) -> u128 {
        self.nonce
    }
}
