//! Spans for calls and attempts, named as OpenTelemetry names what HTTP clients do. Empty without the feature `tracing`.
//!
//! No query, no header and no body is ever part of them: there are secrets in all three.

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{attempt, call, end, retry, within};
#[cfg(feature = "tracing")]
pub(crate) use on::{attempt, call, end, retry, within};

#[cfg(feature = "tracing")]
mod on {
    use std::future::{Future, poll_fn};
    use std::pin::Pin;
    use std::time::Duration;

    use tracing::field::Empty;
    use tracing::{Span, debug, debug_span};

    use crate::call::Call;
    use crate::error::Error;
    use crate::transport::HttpRequest;
    use crate::wire::Wire;

    /// The span of a whole call.
    pub(crate) fn call(call: &Call, wire: &Wire, action: &str) -> Span {
        debug_span!(
            "call",
            otel.name = action,
            otel.kind = "internal",
            rpc.system = "alicloud",
            rpc.service = wire.product(call.operation()),
            rpc.method = action,
            alicloud.region = call.core().region(),
            alicloud.attempts = Empty,
            alicloud.request_id = Empty,
            alicloud.code = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
            otel.status_code = Empty,
        )
    }

    /// The span of one attempt.
    pub(crate) fn attempt(request: &HttpRequest, number: u32) -> Span {
        debug_span!(
            "attempt",
            otel.name = request.method.as_str(),
            otel.kind = "client",
            http.request.method = request.method.as_str(),
            http.request.resend_count = number - 1,
            http.request.body.size = request.body.len(),
            server.address = request.url.host_str(),
            server.port = request.url.port_or_known_default(),
            url.scheme = request.url.scheme(),
            url.path = request.url.path(),
            alicloud.attempts = Empty,
            alicloud.request_id = Empty,
            alicloud.code = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
            otel.status_code = Empty,
        )
    }

    /// Runs in the span, where it stands: moving futures of this size costs more than the span.
    pub(crate) fn within<F: Future>(span: &Span, mut future: Pin<&mut F>) -> impl Future<Output = F::Output> {
        poll_fn(move |context| span.in_scope(|| future.as_mut().poll(context)))
    }

    /// Notes how it ended.
    pub(crate) fn end(span: &Span, outcome: Result<&crate::reply::Reply, &Error>, attempts: u32) {
        if span.is_disabled() {
            return;
        }
        span.record("alicloud.attempts", attempts);
        match outcome {
            Ok(reply) => {
                span.record("http.response.status_code", reply.status.as_u16());
                span.record("alicloud.request_id", reply.request_id());
            }
            Err(error) => {
                span.record("otel.status_code", "ERROR");
                span.record("http.response.status_code", error.status());
                span.record("alicloud.request_id", error.request_id());
                span.record("alicloud.code", error.code());
                // A code is more than a status, a status is more than the kind.
                match (error.code(), error.status()) {
                    (Some(code), _) => span.record("error.type", code),
                    (None, Some(status)) => span.record("error.type", status.to_string()),
                    (None, None) => span.record("error.type", format!("{:?}", error.kind())),
                };
            }
        }
    }

    /// Tells that there will be another attempt.
    pub(crate) fn retry(error: &Error, delay: Duration) {
        debug!(error = %error, delay_ms = delay.as_millis() as u64, "trying again");
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use crate::call::Call;
    use crate::error::Error;
    use crate::reply::Reply;
    use crate::transport::HttpRequest;
    use crate::wire::Wire;

    /// Stands for a span.
    pub(crate) struct Nothing;

    pub(crate) fn call(_: &Call, _: &Wire, _: &str) -> Nothing {
        Nothing
    }

    pub(crate) fn attempt(_: &HttpRequest, _: u32) -> Nothing {
        Nothing
    }

    pub(crate) fn within<F>(_: &Nothing, future: F) -> F {
        future
    }

    pub(crate) fn end(_: &Nothing, _: Result<&Reply, &Error>, _: u32) {}

    pub(crate) fn retry(_: &Error, _: Duration) {}
}
