//! A call from the first attempt to the last: assemble, sign, send, judge, and again. Nothing here is generic.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

use crate::assemble::{Assembled, assemble};
use crate::call::Call;
use crate::config::Inner as Config;
use crate::diagnose::signature_mismatch;
use crate::error::{Error, ErrorKind, Inner};
use crate::identity::Identity;
use crate::json::Document;
use crate::judge::{KEPT_BODY, judge, request_id};
use crate::reply::Reply;
use crate::retry::{Attempt, Cost, RetryPolicy, cause};
use crate::trace;
use crate::transport::{HttpRequest, TransportError, TransportErrorKind};
use crate::wire::Wire;

/// How much of a reply is read here.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Status and headers, if they mean success: the body is left to be read.
    Head,
    /// The same if the body is a stream of events, and all of it otherwise.
    Events,
}

/// Makes a call until it succeeds or is given up.
pub(crate) async fn run(call: Call, wire: Wire, extent: Extent) -> Result<Reply, Error> {
    let config = call.core().config();
    config.tally.calls.count();
    let action = wire.action(call.operation());
    let mut course = Course::begin(&call, extent);
    let span = trace::call(&call, &wire, &action);
    let outcome = trace::within(&span, pin!(course.run(wire))).await;
    let attempts = course.attempts;
    trace::end(&span, outcome.as_ref(), attempts);
    match outcome {
        Ok(mut reply) => {
            reply.operation = action;
            Ok(reply)
        }
        Err(error) => {
            config.tally.failures.count();
            let mut error = error.of(action, attempts);
            error.inner_mut().elapsed = course.elapsed();
            Err(error)
        }
    }
}

/// How far a call has come.
struct Course<'a> {
    call: &'a Call,
    config: &'a Config,
    extent: Extent,
    started: SystemTime,
    /// How long everything may take.
    limit: Duration,
    /// How many requests were sent, or tried to be sent.
    attempts: u32,
    /// Those that the retry policy counts: not the one that a wrong clock cost.
    counted: u32,
    clock_corrected: bool,
    /// What the last retry took from the budget.
    paid: Option<Cost>,
}

/// What an attempt has of its own.
#[derive(Clone, Copy)]
struct Stamp {
    /// The time of the service, as far as is known.
    date: SystemTime,
    /// What the nonce is made of.
    bits: u128,
}

impl<'a> Course<'a> {
    fn begin(call: &'a Call, extent: Extent) -> Self {
        let config = call.core().config();
        let limit = call.options().and_then(|options| options.call_timeout).unwrap_or(config.call_timeout);
        Self {
            call,
            config,
            extent,
            started: config.clock.now(),
            limit,
            attempts: 0,
            counted: 0,
            clock_corrected: false,
            paid: None,
        }
    }

    /// By the clock of the configuration; nothing if somebody has set it back.
    fn elapsed(&self) -> Duration {
        self.config.clock.now().duration_since(self.started).unwrap_or_default()
    }

    async fn run(&mut self, mut wire: Wire) -> Result<Reply, Error> {
        let (operation, options) = (self.call.operation(), self.call.options());
        // What is wrong with the parameters is said before anybody is asked for credentials.
        wire.check()?;
        if wire.has_file() {
            Box::pin(wire.hash_file(self.config.algorithm)).await?;
        }
        let identity = self.config.identities.current(operation).await?;
        let mut assembled = assemble(self.call.core(), operation, options, wire, &identity)?;
        loop {
            let identity = self.config.identities.current(operation).await?;
            let now = self.config.clock.now();
            let left = self.limit.saturating_sub(now.duration_since(self.started).unwrap_or_default());
            if left.is_zero() {
                return Err(Error::new(ErrorKind::Timeout, self.too_long()));
            }
            let stamp = Stamp { date: self.config.skew.apply(now), bits: self.config.random.bits() };
            let request = self.sign(&assembled, &identity, stamp, left)?;
            self.attempts += 1;
            self.counted += 1;
            self.config.tally.attempts.count();
            let span = trace::attempt(&request, self.attempts);
            let outcome = trace::within(&span, pin!(self.send(request, left, assembled.host(self.call.core())))).await;
            trace::end(&span, outcome.as_ref(), self.attempts);
            let mut error = match outcome {
                Ok(reply) => {
                    self.config.budget.give_back(self.paid);
                    return Ok(reply);
                }
                Err(error) => error,
            };
            let Some(delay) = self.delay(&mut error, &assembled, stamp.date) else {
                if error.is_signature_mismatch() {
                    let sent = self.sign(&assembled, &identity, stamp, left)?;
                    error.inner_mut().diagnosis = signature_mismatch(error.message(), &sent);
                }
                return Err(error);
            };
            self.config.tally.retries.count();
            trace::retry(&error, delay);
            assembled.mark_retry(self.attempts, delay);
            if !delay.is_zero() {
                self.config.clock.sleep(delay).await;
            }
        }
    }

    fn sign(
        &self,
        assembled: &Assembled,
        identity: &Identity,
        stamp: Stamp,
        left: Duration,
    ) -> Result<HttpRequest, Error> {
        let (core, operation) = (self.call.core(), self.call.operation());
        let mut request = assembled.sign(core, operation, identity, stamp.date, stamp.bits)?;
        let timeout = self.call.options().and_then(|options| options.timeout).unwrap_or(self.config.timeout);
        request.timeout = Some(timeout.min(left));
        Ok(request)
    }

    /// Sends once to `host`, and judges what comes.
    async fn send(&self, mut request: HttpRequest, left: Duration, host: &str) -> Result<Reply, Error> {
        let config = self.config;
        let is_last_moment = request.timeout >= Some(left);
        let sent = |error: &TransportError| {
            let mut error = transport_error(error);
            // The host is chosen for the caller, so it has to be named.
            if error.kind() != ErrorKind::File {
                error.inner_mut().message = format!("{host}: {}", error.message());
            }
            if is_last_moment && error.is_timeout() && !error.is_stalled() {
                error.inner_mut().message = self.too_long();
            }
            error
        };
        // Whoever reads the body may take longer: only what is read here is limited then.
        let limit_here = request.timeout.take_if(|_| self.extent != Extent::Whole);
        let deadline = limit_here.and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
        let sending = before(deadline, config.transport.send(request));
        let mut response = sending.await.map_err(|error| sent(&error))?;
        let (status, limit) = (response.status, config.max_response_bytes);
        let is_success = self.call.operation().succeeds_with(status);
        if is_success && self.leaves_body(&response.headers) {
            let (unread, host) = (Some(Box::new(response.body)), host.into());
            return Ok(Reply {
                unread,
                host,
                ..Reply::new(Document::empty(), status, response.headers, self.attempts)
            });
        }
        let mut body = Vec::new();
        let collecting = before(deadline, response.body.collect_into(&mut body, limit, config.stall_timeout));
        let mut error = match collecting.await {
            Ok(true) => return judge(self.call.operation(), status, response.headers, body, self.attempts),
            // What a refusal says stands at its beginning.
            Ok(false) if !is_success => {
                body.truncate(limit);
                return judge(self.call.operation(), status, response.headers, body, self.attempts);
            }
            Ok(false) => Error::new(
                ErrorKind::Decode,
                format!("the reply is larger than {limit} bytes, see `ConfigBuilder::max_response_bytes`"),
            ),
            Err(error) => sent(&error),
        };
        let inner = error.inner_mut();
        inner.status = Some(status);
        inner.was_sent = true;
        inner.request_id = request_id(&response.headers).map(str::to_owned);
        body.truncate(KEPT_BODY);
        inner.body = String::from_utf8_lossy(&body).into_owned();
        Err(error)
    }

    /// Whether somebody else reads the body of a reply that means success.
    fn leaves_body(&self, headers: &HeaderMap) -> bool {
        match self.extent {
            Extent::Whole => false,
            Extent::Head => true,
            Extent::Events => headers.get(CONTENT_TYPE).is_none_or(|kind| {
                let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
                kind.trim().eq_ignore_ascii_case("text/event-stream")
            }),
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn delay(&mut self, error: &mut Error, assembled: &Assembled, date: SystemTime) -> Option<Duration> {
        if error.is_throttling() {
            self.config.tally.throttles.count();
        }
        if let Some(service) = error.inner_mut().service_time
            && !self.clock_corrected
            && self.config.skew.correct(date, service, self.config.clock.now())
        {
            self.clock_corrected = true;
            self.counted -= 1;
            return Some(Duration::ZERO);
        }
        let options = self.call.options();
        let operation = self.call.operation();
        let repeatable = options.and_then(|options| options.repeatable).unwrap_or_else(|| {
            operation.idempotent || operation.client_token.is_some_and(|name| assembled.carries(name))
        });
        error.inner_mut().is_retryable = cause(error, repeatable).is_some();
        let elapsed = self.elapsed();
        let policy: &RetryPolicy = options.and_then(|options| options.retry.as_ref()).unwrap_or(&self.config.retry);
        let attempt = Attempt { number: self.counted, error, repeatable, elapsed, random: self.config.random.as_ref() };
        let delay = policy.delay(&attempt)?;
        if elapsed.saturating_add(delay) >= self.limit {
            return None;
        }
        if !policy.is_custom() {
            let cost = if error.is_timeout() { Cost::Timeout } else { Cost::Usual };
            if !self.config.budget.take(cost) {
                return None;
            }
            self.paid = Some(cost);
        }
        Some(delay)
    }

    fn too_long(&self) -> String {
        format!("the call took longer than {:?}, see `ConfigBuilder::call_timeout`", self.limit)
    }
}

/// What `future` comes to, if that is before the deadline, of which it is told how long it left. Without tokio there is
/// no timer, and whoever has a transport that does without it has to know when to give up.
async fn before<T>(
    deadline: Option<(Duration, Instant)>,
    future: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    match deadline {
        Some((limit, end)) if Handle::try_current().is_ok() => {
            let late = |_| Err(TransportError::timeout(format!("no answer within {limit:?}"), true));
            timeout_at(end, future).await.unwrap_or_else(late)
        }
        _ => future.await,
    }
}

pub(crate) fn transport_error(error: &TransportError) -> Error {
    let kind = match error.kind() {
        TransportErrorKind::Timeout | TransportErrorKind::Stalled => ErrorKind::Timeout,
        TransportErrorKind::File => ErrorKind::File,
        TransportErrorKind::Connect | TransportErrorKind::Other => ErrorKind::Connection,
    };
    Error::from_inner(Inner {
        kind,
        message: error.to_string(),
        was_sent: error.request_sent(),
        is_stalled: error.kind() == TransportErrorKind::Stalled,
        ..Inner::default()
    })
}
