//! A transport that sends nothing.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use alicloud_runtime::{Body, HttpRequest, HttpResponse, Transport, TransportError};
use serde_json::{Map, Value, json};

/// Keeps the last request, and answers every one with an empty object.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    last: Arc<Mutex<Option<HttpRequest>>>,
}

impl Recorder {
    /// What would have been sent, for the last time: method, host, path, query, headers and body, as they are on the
    /// wire.
    pub(crate) fn take(&self) -> Option<Value> {
        let request = self.last.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let headers = request.headers.iter().map(|(name, value)| {
            (name.as_str().to_owned(), Value::String(String::from_utf8_lossy(value.as_bytes()).into_owned()))
        });
        Some(json!({
            "method": request.method.as_str(),
            "path": request.url.path(),
            "query": request.url.query().unwrap_or_default(),
            "headers": headers.collect::<Map<String, Value>>(),
            "body": String::from_utf8_lossy(request.body.as_bytes().unwrap_or_default()),
        }))
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        let (status, headers) = (Default::default(), Default::default());
        Box::pin(ready(Ok(HttpResponse { status, headers, body: Body::from("{}") })))
    }
}
