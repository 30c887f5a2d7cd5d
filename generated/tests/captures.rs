//! Our requests against those that the official Python SDK was seen to send for the same calls: method, decoded target,
//! body, and the values of the `x-acs-*` headers.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use alicloud::runtime::{HttpRequest, HttpResponse, Transport, TransportError};
use alicloud::{Config, Credentials, RetryPolicy, dbs, dms_enterprise as dms};
use serde_json::Value;

const CAPTURES: &str = include_str!("data/captures.json");

/// Captures of operations in `specs/` that a typed request does not reproduce, and why.
const ON_PURPOSE: &[(&str, &str)] = &[
    ("get_data_export_download_url_all_unset", "OrderId is required, so the compiler asks for it"),
    ("get_data_export_order_detail_empty_body", "OrderId is required, so the compiler asks for it"),
    ("get_data_export_order_detail_v1sig", "signed with HMAC-SHA1, which ACS3 replaces"),
];

/// Keeps what it is asked to send, and sends nothing.
#[derive(Default)]
struct Keep(Mutex<Option<HttpRequest>>);

impl Transport for Keep {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        *self.0.lock().expect("nobody panicked") = Some(request);
        Box::pin(async { Err(TransportError::connect("nothing is sent here")) })
    }
}

/// Sends the call of a capture, as far as a typed request can say it.
async fn send(name: &str, config: &Config) -> bool {
    let dms = dms::Client::new(config).expect("a client");
    let dbs = dbs::Client::new(config).expect("a client");
    let sent = match name {
        "get_data_export_download_url" => dms.get_data_export_download_url(420999).tid(3).await.is_err(),
        "query_data_track_result_download_status" => {
            dms.query_data_track_result_download_status(7, "key id/1").tid(3).await.is_err()
        }
        "describe_download_task" => {
            let request = dbs.describe_download_task("cn-hangzhou").instance_name("rm-1").current_page(1);
            request.page_size(30).state("finished,running").start_time(1_680_000_000_000_i64).await.is_err()
        }
        _ => return false,
    };
    assert!(sent, "nothing is sent here");
    true
}

fn pairs(target: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse("http://localhost").and_then(|base| base.join(target)).expect("a target");
    let mut pairs: Vec<_> = url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    pairs.sort();
    pairs
}

/// The `x-acs-*` headers that do not change from call to call.
fn steady(headers: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let volatile = ["x-acs-date", "x-acs-signature-nonce"];
    headers.filter(|(name, _)| name.starts_with("x-acs-") && !volatile.contains(&name.as_str())).collect()
}

#[tokio::test]
async fn our_requests_are_those_of_the_official_sdk() {
    let captures: Value = serde_json::from_str(CAPTURES).expect("the captures are JSON");
    let kept = Arc::new(Keep::default());
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExampleAccessKeyId", "ExampleSecretKeyABCDEFGHIJKLMNOP"))
        .transport(Arc::clone(&kept) as Arc<dyn Transport>)
        .retry(RetryPolicy::never())
        .build()
        .expect("a configuration");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut compared = 0;
    for capture in captures.as_array().expect("a list of captures") {
        let name = text(&capture["name"]);
        if ON_PURPOSE.iter().any(|(other, _)| *other == name) {
            continue;
        }
        assert!(send(&name, &config).await, "{name} is neither compared nor listed with a reason");
        let ours = kept.0.lock().expect("nobody panicked").take().expect("something was to be sent");
        assert_eq!(ours.method.as_str(), capture["method"], "{name}");
        assert_eq!(ours.url.path(), "/", "{name}");
        assert_eq!(pairs(ours.url.as_str()), pairs(&text(&capture["target"])), "{name}");
        assert_eq!(String::from_utf8_lossy(ours.body.as_bytes().unwrap_or_default()), text(&capture["body"]), "{name}");
        let theirs = capture["headers"].as_object().expect("headers").iter();
        let owned =
            ours.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("?").to_owned()));
        assert_eq!(steady(owned), steady(theirs.map(|(name, value)| (name.clone(), text(value)))), "{name}");
        compared += 1;
    }
    assert_eq!(compared, 3);
}

#[tokio::test]
async fn a_form_and_a_query_go_in_one_request() {
    let kept = Arc::new(Keep::default());
    let config = Config::builder()
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .transport(Arc::clone(&kept) as Arc<dyn Transport>)
        .retry(RetryPolicy::never())
        .build()
        .expect("a configuration");
    let dms = dms::Client::new(&config).expect("a client");
    assert!(dms.get_data_export_order_detail(420999).tid(3).await.is_err());
    let sent = kept.0.lock().expect("nobody panicked").take().expect("something was to be sent");
    assert_eq!(sent.url.query(), Some("Tid=3"));
    assert_eq!(sent.body.as_bytes(), Some(&b"OrderId=420999"[..]));
    assert_eq!(sent.headers["content-type"], "application/x-www-form-urlencoded");
}
