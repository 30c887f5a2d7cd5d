//! The table of faults.

use alicloud_runtime::ErrorKind::{self, BusinessFailure, Connection, Decode, Service, Timeout};
use serde_json::{Value, json};

use crate::server::Fault;

/// One fault, and what is expected of it.
pub struct Case {
    pub name: &'static str,
    pub fault: Fault,
    pub expected: Expected,
    /// How many requests there are, if they may be sent again; or attempts, where nobody listens.
    pub reads: u32,
    /// How many, if they may not.
    pub writes: u32,
}

#[derive(Debug)]
pub enum Expected {
    Value(Value),
    /// The kind, the status, and words of the one line.
    Error(ErrorKind, Option<u16>, &'static str),
}

/// A whole reply after which the connection is closed.
pub fn reply(status: &str, headers: &str, body: &str) -> Fault {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n");
    Fault::Bytes([head.as_bytes(), body.as_bytes()].concat())
}

fn raw(text: &str) -> Fault {
    Fault::Bytes(text.as_bytes().to_vec())
}

fn deep(depth: usize) -> String {
    format!("{{\"A\":{}{}}}", "[".repeat(depth), "]".repeat(depth))
}

/// Errors that a request brings upon itself: asked once.
fn once(name: &'static str, fault: Fault, kind: ErrorKind, status: u16, words: &'static str) -> Case {
    Case { name, fault, expected: Expected::Error(kind, Some(status), words), reads: 1, writes: 1 }
}

/// Errors that may pass: asked again where that does no harm.
fn repeated(name: &'static str, fault: Fault, kind: ErrorKind, status: Option<u16>, words: &'static str) -> Case {
    Case { name, fault, expected: Expected::Error(kind, status, words), reads: 3, writes: 1 }
}

/// Errors after which nothing was done: always asked again.
fn always(name: &'static str, fault: Fault, kind: ErrorKind, status: Option<u16>, words: &'static str) -> Case {
    Case { name, fault, expected: Expected::Error(kind, status, words), reads: 3, writes: 3 }
}

fn fine(name: &'static str, fault: Fault, value: Value) -> Case {
    Case { name, fault, expected: Expected::Value(value), reads: 1, writes: 1 }
}

pub fn cases() -> Vec<Case> {
    [on_the_way(), refused(), failing(), throttled(), odd()].into_iter().flatten().collect()
}

fn on_the_way() -> Vec<Case> {
    let ok = "HTTP/1.1 200 OK\r\n";
    vec![
        always("nobody listens", Fault::Refused, Connection, None, "refused"),
        repeated("closed without a reply", Fault::Close, Connection, None, ""),
        repeated("reset without a reply", Fault::Reset, Connection, None, ""),
        repeated("no answer", Fault::Hang, Timeout, None, "timed out"),
        repeated("slow headers", Fault::Stall("HTTP/1.1 200 OK\r\nconte"), Timeout, None, "timed out"),
        repeated(
            "slow body",
            Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
            Timeout,
            Some(200),
            "nothing more",
        ),
        repeated(
            "slow body of an error",
            Fault::Stall("HTTP/1.1 500 No\r\ncontent-length: 9\r\n\r\n{"),
            Timeout,
            Some(500),
            "nothing more",
        ),
        repeated(
            "slow body in chunks",
            Fault::Stall("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n"),
            Timeout,
            Some(200),
            "nothing more",
        ),
        repeated("body cut short", raw(&format!("{ok}content-length: 9\r\n\r\n{{}}")), Connection, Some(200), "end"),
        repeated("no body at all", raw(&format!("{ok}content-length: 9\r\n\r\n")), Connection, Some(200), "end"),
        repeated(
            "chunks cut short",
            raw(&format!("{ok}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n")),
            Connection,
            Some(200),
            "",
        ),
        repeated(
            "broken chunks",
            raw(&format!("{ok}transfer-encoding: chunked\r\n\r\nxyz\r\n")),
            Connection,
            Some(200),
            "",
        ),
        repeated("headers cut short", raw("HTTP/1.1 200 OK\r\ncontent-le"), Connection, None, ""),
        repeated("no HTTP", raw("SSH-2.0-OpenSSH_9.6\r\n"), Connection, None, ""),
        repeated("an impossible length", raw(&format!("{ok}content-length: -3\r\n\r\n{{}}")), Connection, None, ""),
        repeated("an impossible status", raw("HTTP/1.1 9 OK\r\n\r\n"), Connection, None, ""),
        repeated("too many headers", raw(&format!("{ok}{}\r\n", "a: b\r\n".repeat(300))), Connection, None, ""),
        fine("a length too short", raw(&format!("{ok}content-length: 2\r\n\r\n{{}}garbage")), json!({})),
        fine("no length", raw(&format!("{ok}\r\n{{\"A\":1}}")), json!({"A": 1})),
        fine("chunks", raw(&format!("{ok}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n")), json!({})),
    ]
}

fn refused() -> Vec<Case> {
    let xml =
        "<?xml version=\"1.0\"?><Error><Code>NoSuch</Code><Message>gone</Message><RequestId>R</RequestId></Error>";
    vec![
        once(
            "400",
            reply("400 Bad Request", "", r#"{"Code":"InvalidA","Message":"m","RequestId":"R"}"#),
            Service,
            400,
            "InvalidA: m (HTTP 400, request R, 1 attempt)",
        ),
        once(
            "401",
            reply("401 Unauthorized", "", r#"{"code":"InvalidAccessKeyId.NotFound"}"#),
            Service,
            401,
            "InvalidAccessKeyId",
        ),
        once(
            "403",
            reply("403 Forbidden", "", r#"{"Code":"NoPermission","AccessDeniedDetail":{"AuthAction":"ecs:X"}}"#),
            Service,
            403,
            "RAM action ecs:X is missing",
        ),
        once("404 in XML", reply("404 Not Found", "", xml), Service, 404, "NoSuch: gone (HTTP 404, request R"),
        once(
            "404 in HTML",
            reply("404 Not Found", "", "<html><title>Not\nhere</title></html>"),
            Service,
            404,
            "Not here",
        ),
        once("404 empty", reply("404 Not Found", "", ""), Service, 404, "an empty reply"),
        once("409", reply("409 Conflict", "", r#"{"Code":"IncorrectStatus"}"#), Service, 409, "IncorrectStatus"),
        once("400 as a list", reply("400 Bad Request", "", "[]"), Service, 400, "[]"),
        once("400 cut short", reply("400 Bad Request", "", r#"{"Code":"#), Service, 400, "Code"),
        once(
            "a proxy that wants a password",
            reply("407 Proxy Authentication Required", "", "<h1>Log in</h1>"),
            Service,
            407,
            "Log in",
        ),
        once("a redirect", reply("301 Moved", "location: http://127.0.0.1:1/\r\n", ""), Service, 301, "an empty reply"),
        once(
            "a redirect that keeps the method",
            reply("307 Moved", "location: /\r\n", "<h1>Moved</h1>"),
            Service,
            307,
            "Moved",
        ),
        once("304", reply("304 Not Modified", "", ""), Service, 304, "an empty reply"),
        once(
            "a business failure",
            reply("200 OK", "", r#"{"Success":false,"ErrorCode":"E","ErrorMessage":"m"}"#),
            BusinessFailure,
            200,
            "E: m",
        ),
        once(
            "a business failure that blames the server",
            reply("200 OK", "", r#"{"Success":"false","ErrorCode":"InternalError"}"#),
            BusinessFailure,
            200,
            "InternalError",
        ),
        once(
            "a wrong signature",
            reply("400 Bad Request", "", r#"{"Code":"SignatureDoesNotMatch","Message":"no"}"#),
            Service,
            400,
            "SignatureDoesNotMatch",
        ),
        once(
            "a wrong time and no date",
            reply("400 Bad Request", "", r#"{"Code":"InvalidTimeStamp.Expired"}"#),
            Service,
            400,
            "InvalidTimeStamp",
        ),
        once(
            "a wrong time and a date that is right",
            reply(
                "400 Bad Request",
                "date: Sun, 01 Jun 2025 02:03:08 GMT\r\n",
                r#"{"Code":"InvalidTimeStamp.Expired"}"#,
            ),
            Service,
            400,
            "InvalidTimeStamp",
        ),
    ]
}

fn failing() -> Vec<Case> {
    let xml = "<Error><Code>ServiceUnavailable</Code><Message>later</Message></Error>";
    vec![
        repeated(
            "500 in JSON",
            reply("500 No", "", r#"{"Code":"InternalError","Message":"m"}"#),
            Service,
            Some(500),
            "InternalError: m (HTTP 500, ",
        ),
        repeated("500 empty", reply("500 No", "", ""), Service, Some(500), "an empty reply"),
        repeated(
            "502 in HTML",
            reply("502 Bad Gateway", "", "<html><h1>502 Bad Gateway</h1></html>"),
            Service,
            Some(502),
            "502 Bad Gateway",
        ),
        repeated("503 in XML", reply("503 No", "", xml), Service, Some(503), "ServiceUnavailable: later"),
        repeated("503 in text", reply("503 No", "", "upstream down\nsorry"), Service, Some(503), "upstream down"),
        repeated("504", reply("504 No", "", "{}"), Service, Some(504), "HTTP 504"),
        repeated("599", reply("599 No", "", "null"), Service, Some(599), "HTTP 599"),
        repeated(
            "500 that is not UTF-8",
            Fault::Bytes(b"HTTP/1.1 500 No\r\ncontent-length: 2\r\n\r\n\xff\xfe".to_vec()),
            Service,
            Some(500),
            "HTTP 500",
        ),
    ]
}

fn throttled() -> Vec<Case> {
    let throttled = |status: &str, header: &str, code: &str| {
        let header = if header.is_empty() { String::new() } else { format!("x-acs-retry-after: {header}\r\n") };
        reply(status, &header, &format!("{{\"Code\":\"{code}\"}}"))
    };
    vec![
        always("429", throttled("429 Slow", "", "Any"), Service, Some(429), "Any"),
        always("429 empty", reply("429 Slow", "", ""), Service, Some(429), "an empty reply"),
        always("429 in HTML", reply("429 Slow", "", "<h1>Slow down</h1>"), Service, Some(429), "Slow down"),
        always("a code", throttled("400 Bad", "", "Throttling"), Service, Some(400), "Throttling"),
        always("a code with more", throttled("400 Bad", "", "Throttling.User"), Service, Some(400), "Throttling.User"),
        always(
            "a code in a business failure",
            reply("200 OK", "", r#"{"Success":false,"ErrorCode":"Throttling.Api"}"#),
            BusinessFailure,
            Some(200),
            "Throttling.Api",
        ),
        always("a header", throttled("400 Bad", "500", "Any"), Service, Some(400), "Any"),
        always(
            "a header on 503",
            throttled("503 No", "5", "ServiceUnavailable"),
            Service,
            Some(503),
            "ServiceUnavailable",
        ),
        always("429 and a header that is no number", throttled("429 Slow", "soon", "Any"), Service, Some(429), "Any"),
        once("a header of zero", throttled("400 Bad", "0", "Any"), Service, 400, "Any"),
        once("a header below zero", throttled("400 Bad", "-5", "Any"), Service, 400, "Any"),
        once("a header with a fraction", throttled("400 Bad", "1.5", "Any"), Service, 400, "Any"),
        once("a header of words", throttled("400 Bad", "a while", "Any"), Service, 400, "Any"),
        once("the header of others", reply("400 Bad", "retry-after: 1\r\n", r#"{"Code":"Any"}"#), Service, 400, "Any"),
        once("a code that only mentions it", throttled("400 Bad", "", "NoThrottling"), Service, 400, "NoThrottling"),
        // It ends after the first wait: the third attempt would begin at the end of the time.
        Case {
            name: "a header that asks for more than there is",
            fault: throttled("429 Slow", "99999999", "Any"),
            expected: Expected::Error(Service, Some(429), "Any"),
            reads: 2,
            writes: 2,
        },
    ]
}

fn odd() -> Vec<Case> {
    let long = format!("{{\"A\":\"{}\"}}", "x".repeat(5000));
    vec![
        fine("204", raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"), Value::Null),
        fine("200 empty", reply("200 OK", "", ""), Value::Null),
        fine("a byte order mark", reply("200 OK", "", "\u{feff}{\"A\":1}"), json!({"A": 1})),
        fine("a throttling header on success", reply("200 OK", "x-acs-retry-after: 5\r\n", "{}"), json!({})),
        fine("a list", reply("200 OK", "", "[1]"), json!([1])),
        fine("a wrong content type", reply("200 OK", "content-type: text/html\r\n", "{}"), json!({})),
        once("too much", reply("200 OK", "", &long), Decode, 200, "larger than 4096 bytes"),
        once("too much of an error", reply("400 Bad", "", &long), Service, 400, "{\"A\":\"xxx"),
        once("HTML", reply("200 OK", "", "<html></html>"), Decode, 200, "not JSON"),
        once("JSON cut short", reply("200 OK", "", "{\"A\":"), Decode, 200, "not JSON"),
        once("JSON and more", reply("200 OK", "", "{} {}"), Decode, 200, "not JSON"),
        once(
            "not UTF-8",
            Fault::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"\xff\"".to_vec()),
            Decode,
            200,
            "UTF-8",
        ),
        once("deep nesting", reply("200 OK", "", &deep(2000)), Decode, 200, "JSON"),
        fine("some nesting", reply("200 OK", "", "{\"A\":[[[[1]]]]}"), json!({"A": [[[[1]]]]})),
        fine("a key twice", reply("200 OK", "", "{\"A\":1,\"A\":2}"), json!({"A": 2})),
    ]
}
