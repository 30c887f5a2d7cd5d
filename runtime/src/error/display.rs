//! An error in one line.

use std::fmt::{self, Debug, Display, Formatter};
use std::time::Duration;

use super::{Error, ErrorKind};
use crate::line::shorten;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        if let Some(operation) = &inner.operation {
            write!(f, "{} failed: ", shorten(operation, 120))?;
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
        if let Some(diagnosis) = inner.diagnosis {
            write!(f, "; {diagnosis}")?;
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
            several => facts.push(format!("{several} attempts in {}", seconds(self.elapsed()))),
        }
        if facts.is_empty() { Ok(()) } else { write!(f, " ({})", facts.join(", ")) }
    }
}

/// `1.2 s`: more than that nobody wants to know.
fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

impl Debug for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.kind())
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::error::{AccessDenied, ErrorKind, Inner};

    #[test]
    fn tells_everything_in_one_line() {
        let error = Error::from_inner(Inner {
            kind: ErrorKind::BusinessFailure,
            operation: Some("GetDataExportDownloadURL".into()),
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
        assert!(error.to_string().len() < 700 && error.to_string().ends_with("… (2 attempts in 0.0 s)"));
    }
}
