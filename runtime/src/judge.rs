//! Whether a reply means success.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::DATE;
use http::{HeaderMap, StatusCode};

use crate::error::{Error, ErrorKind, Inner};
use crate::json::{Document, Json};
use crate::operation::{Envelope, Operation, ReplyKind};
use crate::reply::Reply;
use crate::service_error::{self, ServiceError, first_text};

/// How much of the body of a failed call an error keeps, in bytes.
pub(crate) const KEPT_BODY: usize = 4096;

/// The longest that the service can ask to wait.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// Makes a reply of what came, or an error if it says that the call failed.
pub(crate) fn judge(
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    attempts: u32,
) -> Result<Reply, Error> {
    if !operation.succeeds_with(status) {
        let body = String::from_utf8_lossy(&body);
        let said = service_error::read(&body);
        return Err(failure(ErrorKind::Service, said, status, &headers, &body));
    }
    let unreadable = |why: String, body: &str| {
        let said = ServiceError { message: Some(why), ..ServiceError::default() };
        failure(ErrorKind::Decode, said, status, &headers, body)
    };
    if operation.reply == ReplyKind::Ignored {
        return Ok(Reply::new(Document::empty(), status, headers, attempts));
    }
    if operation.reply == ReplyKind::Bytes {
        return Ok(Reply { bytes: body.into(), ..Reply::new(Document::empty(), status, headers, attempts) });
    }
    let text = String::from_utf8(body).map_err(|error| {
        let why = format!("the reply is not UTF-8 at byte {}", error.utf8_error().valid_up_to());
        unreadable(why, &String::from_utf8_lossy(error.as_bytes()))
    })?;
    if operation.reply == ReplyKind::Text {
        return Ok(Reply::new(Document::plain(text), status, headers, attempts));
    }
    let (document, xml) = match operation.reply {
        ReplyKind::Xml => match Document::parse_xml(&text) {
            Ok(document) => (document, Bytes::from(text)),
            Err(error) => return Err(unreadable(format!("the reply is {error}"), &text)),
        },
        _ => match Document::parse(text) {
            Ok(document) => (document, Bytes::new()),
            Err((error, text)) => return Err(unreadable(format!("the reply is {error}"), &text)),
        },
    };
    if let Some(failure) = judged_failure(operation, &document, status, &headers) {
        return Err(failure);
    }
    Ok(Reply { bytes: xml, ..Reply::new(document, status, headers, attempts) })
}

/// The error that a document is which says that the business failed.
pub(crate) fn judged_failure(
    operation: &Operation,
    document: &Document,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Error> {
    let root = document.root();
    if !is_business_failure(&operation.envelope, root) {
        return None;
    }
    // Where the message is not declared, the usual names may hold one.
    let mut said = service_error::from_json(root);
    said.code = first_text(root, operation.envelope.code).or(said.code);
    said.message = first_text(root, operation.envelope.message).or(said.message);
    Some(failure(ErrorKind::BusinessFailure, said, status, headers, document.text()))
}

fn is_business_failure(envelope: &Envelope, root: Json<'_>) -> bool {
    let text = |path: &&str| root.pointer(path).filter(|value| !value.is_null() && !value.is_container())?.text();
    if let Some(success) = envelope.success.iter().find_map(text) {
        let success = success.trim();
        return success == "0" || success.eq_ignore_ascii_case("false");
    }
    envelope.success.is_empty()
        && !envelope.code_ok.is_empty()
        && envelope.code.iter().find_map(text).is_some_and(|code| !envelope.code_ok.contains(&&*code))
}

fn failure(kind: ErrorKind, said: ServiceError, status: StatusCode, headers: &HeaderMap, body: &str) -> Error {
    let message = said.message.unwrap_or_else(|| {
        if body.trim().is_empty() && said.code.is_none() { "an empty reply".to_owned() } else { String::new() }
    });
    let service_time = said.code.as_deref().filter(|code| finds_time_wrong(code)).and_then(|_| date(headers));
    let kept = (0..=body.len().min(KEPT_BODY)).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
    Error::from_inner(Inner {
        kind,
        code: said.code,
        message,
        request_id: said.request_id.or_else(|| request_id(headers).map(str::to_owned)),
        status: Some(status),
        body: body[..kept].to_owned(),
        recommend: said.recommend,
        access_denied: said.access_denied,
        retry_after: retry_after(status, headers),
        service_time,
        was_sent: true,
        ..Inner::default()
    })
}

/// The request id that the gateway puts into the headers.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-acs-request-id").and_then(|value| value.to_str().ok()).filter(|id| !id.is_empty())
}

/// How long the service asks to wait: whole milliseconds, more than zero, on a status of failure only.
fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    if status.as_u16() < 400 {
        return None;
    }
    let text = headers.get("x-acs-retry-after")?.to_str().ok()?;
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // More digits than fit are a long time as well.
    let milliseconds = digits.parse::<u64>().unwrap_or(u64::MAX);
    (milliseconds > 0).then(|| Duration::from_millis(milliseconds).min(LONGEST_RETRY_AFTER))
}

/// Whether an error code says that the date of the request is too far from the time of the service. Products spell it
/// differently.
fn finds_time_wrong(code: &str) -> bool {
    ["InvalidTimeStamp.Expired", "InvalidTimeStampExpired", "RequestTimeTooSkewed"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(code))
}

/// The time of the service when it replied.
fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    static DECLARED: Operation = Operation {
        action: "Op",
        envelope: Envelope {
            success: &["Success", "Data.Success"],
            code: &["ErrorCode"],
            message: &["ErrorMessage"],
            code_ok: &[],
        },
        ..Operation::RPC
    };
    static BY_CODE: Operation = Operation {
        action: "Op",
        envelope: Envelope { success: &[], code: &["Code"], message: &["Message"], code_ok: &["200", "OK"] },
        ..Operation::RPC
    };
    static UNDECLARED: Operation = Operation { action: "Op", ..Operation::RPC };
    static IGNORED: Operation = Operation { action: "Op", reply: ReplyKind::Ignored, ..Operation::ROA };

    fn judged(operation: &'static Operation, status: u16, body: &str) -> Result<Reply, Error> {
        let mut headers = HeaderMap::new();
        headers.insert("x-acs-request-id", http::HeaderValue::from_static("header-id"));
        judge(operation, StatusCode::from_u16(status).unwrap(), headers, body.as_bytes().to_vec(), 1)
            .map_err(|error| error.of("Op", 1))
    }

    #[test]
    fn tells_success_from_failure() {
        for (operation, status, body, expected) in [
            (&DECLARED, 200, r#"{"Success":true,"ErrorCode":"UnknownError"}"#, ""),
            (&DECLARED, 200, r#"{"Success":"True"}"#, ""),
            (&DECLARED, 200, r#"{"Success":null,"ErrorCode":"X"}"#, ""),
            (&DECLARED, 200, "", ""),
            (&DECLARED, 204, "", ""),
            (&UNDECLARED, 200, r#"{"Success":false,"Code":"X"}"#, ""),
            (&BY_CODE, 200, r#"{"Code":200}"#, ""),
            (&BY_CODE, 200, "{}", ""),
            (&IGNORED, 200, "not json", ""),
            (
                &DECLARED,
                200,
                r#"{"RequestId":"R","Success":false,"ErrorCode":"OrderNotExist","ErrorMessage":"no order"}"#,
                "Op failed: OrderNotExist: no order (HTTP 200, request R, 1 attempt)",
            ),
            (&DECLARED, 200, r#"{"Data":{"Success":"FALSE"}}"#, "Op failed:  (HTTP 200, request header-id, 1 attempt)"),
            (
                &BY_CODE,
                200,
                r#"{"Code":"E","Message":"m"}"#,
                "Op failed: E: m (HTTP 200, request header-id, 1 attempt)",
            ),
            (&UNDECLARED, 403, r#"{"Code":"E"}"#, "Op failed: E (HTTP 403, request header-id, 1 attempt)"),
            (&UNDECLARED, 302, "", "Op failed: an empty reply (HTTP 302, request header-id, 1 attempt)"),
            (
                &UNDECLARED,
                502,
                "<html><title>Bad\nGateway</title>",
                "Op failed: Bad Gateway (HTTP 502, request header-id, 1 attempt)",
            ),
            (
                &UNDECLARED,
                200,
                r#"{"a":"#,
                "Op failed: the reply is not JSON: expected a value at byte 5 (HTTP 200, request header-id, 1 attempt)",
            ),
        ] {
            let got = judged(operation, status, body).map_or_else(|error| error.to_string(), |_| String::new());
            assert_eq!(got, expected, "{body}");
        }
    }

    #[test]
    fn reads_how_long_to_wait() {
        for (status, text, milliseconds) in [
            (429, "500", Some(500)),
            (503, " 1 ", Some(1)),
            (400, "60001", Some(60_000)),
            (429, "99999999999999999999999", Some(60_000)),
            (429, "0", None),
            (429, "-1", None),
            (429, "+1", None),
            (429, "1.5", None),
            (429, "soon", None),
            (429, "", None),
            (200, "500", None),
            (302, "500", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-acs-retry-after", http::HeaderValue::from_static(text));
            let asked = retry_after(StatusCode::from_u16(status).unwrap(), &headers);
            assert_eq!(asked, milliseconds.map(Duration::from_millis), "{status} {text}");
        }
    }

    #[test]
    fn keeps_what_the_service_said() {
        let error = judged(&UNDECLARED, 500, &"中".repeat(3000)).unwrap_err();
        assert_eq!(error.body().len(), 4095);
        assert_eq!((error.kind(), error.status(), error.was_sent()), (ErrorKind::Service, Some(500), true));
        let error = judge(&UNDECLARED, StatusCode::OK, HeaderMap::new(), vec![b'"', 0xff, b'"'], 1).unwrap_err();
        assert_eq!(error.message(), "the reply is not UTF-8 at byte 1");
    }
}
