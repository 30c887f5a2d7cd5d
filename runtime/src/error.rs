//! What can go wrong.

mod display;

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::StatusCode;

/// Why a call, or something around it, failed.
///
/// `Display` tells everything in one line: the operation, the code and the message of the service, the HTTP status, the
/// request id, how many attempts were made, and what to do if the service said so. There is no `source()`: causes are
/// part of the line. Secrets are never part of it.
pub struct Error {
    inner: Box<Inner>,
}

/// What an error knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inner {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: Option<Cow<'static, str>>,
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) attempts: u32,
    pub(crate) body: String,
    pub(crate) recommend: Option<String>,
    pub(crate) access_denied: Option<AccessDenied>,
    pub(crate) state: Option<String>,
    pub(crate) advice: Option<&'static str>,
    /// Whether the request may have reached the service.
    pub(crate) was_sent: bool,
    /// Whether trying again may help, and does no harm.
    pub(crate) is_retryable: bool,
    /// Whether the reply stopped arriving.
    pub(crate) is_stalled: bool,
    /// How long the service asks to wait, if it throttles.
    pub(crate) retry_after: Option<Duration>,
    /// The time of the service, if it finds that of the request wrong.
    pub(crate) service_time: Option<SystemTime>,
    pub(crate) elapsed: Duration,
    /// What else is known about the cause.
    pub(crate) diagnosis: Option<&'static str>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration cannot be used. Nothing was sent.
    #[default]
    InvalidConfiguration,
    /// The request cannot be sent as it is. Nothing was sent.
    InvalidRequest,
    /// Nobody could say who calls: there are no credentials now. The request was not sent.
    Credentials,
    /// The service could not be reached, or the connection broke.
    Connection,
    /// The service did not answer in time.
    Timeout,
    /// The service answered with a status that is not success.
    Service,
    /// The service answered with a status of success, and says that it failed nevertheless.
    BusinessFailure,
    /// The reply could not be understood.
    Decode,
    /// What was waited for has failed.
    WaitFailed,
    /// What was waited for goes on only after somebody has done something.
    NeedsAction,
    /// What was waited for did not come in time.
    TimeLimit,
    /// There is nothing to download yet.
    NotReady,
    /// A download failed.
    Download,
    /// A file could not be read or written.
    File,
    /// The pages of a list make no sense.
    Paging,
}

/// Which permission was missing, as far as the service tells. Empty where it does not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct AccessDenied {
    /// The RAM action that is not allowed, such as `ecs:DescribeInstances`.
    pub action: String,
    /// What kind of identity called, such as `SubUser`.
    pub principal_type: String,
    /// The name of the identity that called.
    pub principal: String,
    /// How it was denied, such as `ImplicitDeny`.
    pub no_permission_type: String,
    /// The kind of policy that decided.
    pub policy_type: String,
    /// What RAM's diagnosis tool decodes.
    pub encoded_diagnostic_message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::from_inner(Inner { kind, message: message.into(), ..Inner::default() })
    }

    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self { inner: Box::new(inner) }
    }

    pub(crate) fn invalid_configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidConfiguration, message)
    }

    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message)
    }

    /// There are no credentials, for the reason that `message` gives: what a
    /// [`ProvideCredentials`](crate::ProvideCredentials) answers when it has none. The message must not hold secrets.
    pub fn credentials(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Credentials, message)
    }

    /// The same error once more, for another who waited for the same thing.
    pub(crate) fn duplicate(&self) -> Self {
        Self::from_inner((*self.inner).clone())
    }

    /// Says which operation failed, and at which attempt.
    pub(crate) fn of(mut self, operation: impl Into<Cow<'static, str>>, attempts: u32) -> Self {
        self.inner.operation = Some(operation.into());
        self.inner.attempts = attempts;
        self
    }

    pub(crate) fn inner_mut(&mut self) -> &mut Inner {
        &mut self.inner
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The code that the service gave, such as `Throttling.User`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The message of the service, or what else went wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The id that the service gave the request. Its support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// The HTTP status of the reply, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.status.map(|status| status.as_u16())
    }

    /// How many times the request was sent, or was tried to be sent; 0 if it was refused before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// The operation that failed, if one was called.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.inner.operation.as_deref()
    }

    /// How long the call took until it failed, all attempts and the waits between them included; zero for errors that
    /// are not about a call.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.inner.elapsed
    }

    /// How long the service asks to wait before the next call, at most a minute, if it throttles and says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// What is known about the cause beyond what the service says. For a signature that does not match: whether the
    /// secret is wrong, or this library signed something else than the service read.
    #[must_use]
    pub fn diagnosis(&self) -> Option<&str> {
        self.inner.diagnosis
    }

    /// The reply as the service sent it, up to 4 KiB; empty if there was none.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.inner.body
    }

    /// Where the service explains the error, if it says so: a link.
    #[must_use]
    pub fn recommend(&self) -> Option<&str> {
        self.inner.recommend.as_deref()
    }

    /// Which permission was missing, if the service says so.
    #[must_use]
    pub fn access_denied_detail(&self) -> Option<&AccessDenied> {
        self.inner.access_denied.as_ref()
    }

    /// The last state that was seen, if something was waited for.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.inner.state.as_deref()
    }

    /// What somebody has to do so that it goes on, if what was waited for needs that.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.inner.advice
    }

    /// The reply as JSON, if there was one that is. It may have secrets in it.
    #[must_use]
    pub fn reply(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.inner.body).ok()
    }

    /// Whether the request may have reached the service.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.inner.was_sent
    }

    /// Whether the configuration cannot be used.
    #[must_use]
    pub fn is_invalid_configuration(&self) -> bool {
        self.kind() == ErrorKind::InvalidConfiguration
    }

    /// Whether the credentials that the request needs could not be had.
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        self.kind() == ErrorKind::Credentials
    }

    /// Whether the request was refused before it was sent.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Whether the service could not be reached, or the connection broke.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        self.kind() == ErrorKind::Connection
    }

    /// Whether the service did not answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether a reply began to arrive, and then nothing more of it came in time.
    #[must_use]
    pub fn is_stalled(&self) -> bool {
        self.inner.is_stalled
    }

    /// Whether the service asks to call less often: by a code that begins with `Throttling`, by the status 429, or by
    /// saying how long to wait.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.is_answer()
            && (self.inner.retry_after.is_some() || self.status() == Some(429) || self.code_begins_with("Throttling"))
    }

    /// Whether the same call may succeed later and does no harm when it is made again: it was throttled, it was never
    /// sent, or it failed on the way or with a status from 500 and may be carried out twice. Where retries are on,
    /// they have been tried already.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.inner.is_retryable
    }

    /// Whether the caller lacks a permission.
    #[must_use]
    pub fn is_access_denied(&self) -> bool {
        self.is_answer()
            && (matches!(self.status(), Some(401 | 403))
                || ["Forbidden", "NoPermission", "AccessDenied"].iter().any(|code| self.code_begins_with(code)))
            && !self.is_throttling()
    }

    /// Whether something that the request names does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let code = self.code().unwrap_or_default();
        self.is_answer()
            && (self.status() == Some(404) || ["NotFound", "NotExist"].iter().any(|part| code.contains(part)))
    }

    /// Whether the service answered with a status of success, and failed nevertheless.
    #[must_use]
    pub fn is_business_failure(&self) -> bool {
        self.kind() == ErrorKind::BusinessFailure
    }

    /// Whether the reply could not be understood.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether the service computed another signature. [`Error::diagnosis`] may tell why.
    #[must_use]
    pub fn is_signature_mismatch(&self) -> bool {
        self.is_answer() && self.code_begins_with("SignatureDoesNotMatch")
    }

    fn is_answer(&self) -> bool {
        matches!(self.kind(), ErrorKind::Service | ErrorKind::BusinessFailure)
    }

    fn code_begins_with(&self, start: &str) -> bool {
        self.code().is_some_and(|code| code.starts_with(start))
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_small_and_shareable() {
        fn shareable<T: Send + Sync + 'static>() {}
        shareable::<Error>();
        assert_eq!(size_of::<Error>(), 8);
    }
}
