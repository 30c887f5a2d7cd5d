//! What can go wrong, told in one line.

use std::fmt::{self, Debug, Display, Formatter};

use http::StatusCode;

use crate::line::shorten;

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
    pub(crate) operation: Option<&'static str>,
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) attempts: u32,
    pub(crate) body: String,
    pub(crate) recommend: Option<String>,
    pub(crate) access_denied: Option<AccessDenied>,
    pub(crate) state: Option<String>,
    /// Whether the request may have reached the service.
    pub(crate) was_sent: bool,
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
    /// A file could not be written.
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
    pub(crate) fn of(mut self, operation: &'static str, attempts: u32) -> Self {
        self.inner.operation = Some(operation);
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
        self.inner.operation
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

    /// Whether the service asks to call less often.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.is_answer() && (self.status() == Some(429) || self.code_begins_with("Throttling"))
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

    fn is_answer(&self) -> bool {
        matches!(self.kind(), ErrorKind::Service | ErrorKind::BusinessFailure)
    }

    fn code_begins_with(&self, start: &str) -> bool {
        self.code().is_some_and(|code| code.starts_with(start))
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        if let Some(operation) = inner.operation {
            write!(f, "{operation} failed: ")?;
        }
        if let Some(code) = &inner.code {
            write!(f, "{}", shorten(code, 120))?;
            if !inner.message.is_empty() {
                f.write_str(": ")?;
            }
        }
        // A chain of providers has a reason for each of them.
        let limit = if inner.kind == ErrorKind::Credentials { 3000 } else { 600 };
        f.write_str(&shorten(&inner.message, limit))?;
        self.write_facts(f)?;
        if let Some(denied) = inner.access_denied.as_ref().filter(|denied| !denied.action.is_empty()) {
            write!(f, "; RAM action {} is missing", shorten(&denied.action, 120))?;
            if !denied.principal.is_empty() {
                write!(f, " for {}", shorten(&denied.principal, 120))?;
            }
        }
        if let Some(recommend) = &inner.recommend {
            write!(f, "; see {}", shorten(recommend, 300))?;
        }
        Ok(())
    }
}

impl Error {
    /// Writes status, request id and attempts in parentheses, as far as there are any.
    fn write_facts(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut facts = Vec::new();
        if let Some(status) = self.status() {
            facts.push(format!("HTTP {status}"));
        }
        if let Some(id) = self.request_id() {
            facts.push(format!("request {}", shorten(id, 80)));
        }
        match self.attempts() {
            0 => {}
            1 => facts.push("1 attempt".to_owned()),
            several => facts.push(format!("{several} attempts")),
        }
        if facts.is_empty() { Ok(()) } else { write!(f, " ({})", facts.join(", ")) }
    }
}

impl Debug for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.kind())
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

    #[test]
    fn tells_everything_in_one_line() {
        let error = Error::from_inner(Inner {
            kind: ErrorKind::BusinessFailure,
            operation: Some("GetDataExportDownloadURL"),
            code: Some("OrderNotExist".into()),
            message: "no\norder".into(),
            request_id: Some("4BF2".into()),
            status: Some(StatusCode::OK),
            attempts: 1,
            recommend: Some("https://example.com/q".into()),
            access_denied: Some(AccessDenied { action: "dms:Get".into(), ..AccessDenied::default() }),
            ..Inner::default()
        });
        assert_eq!(
            error.to_string(),
            "GetDataExportDownloadURL failed: OrderNotExist: no order (HTTP 200, request 4BF2, 1 attempt); \
             RAM action dms:Get is missing; see https://example.com/q"
        );
        assert!(error.is_not_found() && error.is_business_failure() && !error.is_throttling());
        let error = Error::new(ErrorKind::File, "x".repeat(5000)).of("Op", 2);
        assert!(error.to_string().len() < 700 && error.to_string().ends_with("… (2 attempts)"));
    }
}
