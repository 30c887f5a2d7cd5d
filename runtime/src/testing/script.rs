//! A transport that plays a script.

use std::collections::VecDeque;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;

use super::{FixedClock, FixedRandom, Reply, Sent};
use crate::config::{Config, ConfigBuilder};
use crate::credentials::Credentials;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError};

/// A transport that answers by operation with what it was given beforehand, and keeps what it was sent. Clones share
/// everything.
#[derive(Clone, Debug, Default)]
pub struct Script {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// Replies that are left, in the order in which they were given.
    replies: VecDeque<(String, Reply)>,
    sent: Vec<Sent>,
    unexpected: Vec<String>,
}

impl Script {
    /// A script that expects nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the next request of `operation` that has no answer yet. Several of one operation are used one after the
    /// other, and each once.
    pub fn reply(&self, operation: impl Into<String>, reply: impl Into<Reply>) -> &Self {
        self.state().replies.push_back((operation.into(), reply.into()));
        self
    }

    /// The beginning of a configuration that sends to this script, with an access key, a region, an endpoint, a
    /// [`FixedClock`] and a [`FixedRandom`]. All of it can be changed.
    pub fn config(&self) -> ConfigBuilder {
        Config::builder()
            .region("cn-hangzhou")
            .credentials(Credentials::access_key("test-id", "test-secret"))
            .endpoint("https://script.example.com")
            .transport(Arc::new(self.clone()))
            .clock(Arc::new(FixedClock::default()))
            .random(Arc::new(FixedRandom::default()))
    }

    /// What was sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// Whether everything went as it stands in the script.
    ///
    /// # Errors
    ///
    /// When something was asked for that was not expected, or a reply is left.
    pub fn verify(&self) -> Result<(), String> {
        let state = self.state();
        let left: Vec<&str> = state.replies.iter().map(|(operation, _)| operation.as_str()).collect();
        match (state.unexpected.as_slice(), left.as_slice()) {
            ([], []) => Ok(()),
            ([], left) => Err(format!("nobody asked for {}", left.join(", "))),
            (unexpected, _) => Err(unexpected.join("; ")),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let sent = Sent::new(request);
        let operation = sent.operation().to_owned();
        let mut state = self.state();
        state.sent.push(sent);
        if let Some(place) = state.replies.iter().position(|(known, _)| *known == operation)
            && let Some((_, reply)) = state.replies.remove(place)
        {
            return reply.into_response();
        }
        let left: Vec<&str> = state.replies.iter().map(|(operation, _)| operation.as_str()).collect();
        let left = if left.is_empty() { "none".to_owned() } else { left.join(", ") };
        let message = format!("the script has no reply for {operation}; those left: {left}");
        state.unexpected.push(message.clone());
        // A refusal that no retry policy takes for something that passes.
        let body = json!({ "Code": "UnexpectedRequest", "Message": message });
        Reply::status(400).body(body.to_string()).into_response()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + '_>> {
        Box::pin(ready(self.answer(request)))
    }
}
