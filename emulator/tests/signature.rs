//! Signatures: what is accepted, and every way in which one can be wrong.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use support::call::{Call, dms, rpc};
use support::wire::Wire;
use support::{NOW_SECONDS, builder};

const OFFICIAL: &str = include_str!("data/official_requests.json");

/// A good request.
fn good() -> Call {
    dms("GetDataExportOrderDetail").form("OrderId", "546").query("Tid", "3")
}

/// Replaces a text in a header that was signed, or in the signature.
fn in_header(name: &'static str, from: &'static str, to: &'static str) -> impl Fn(&mut Wire) {
    move |wire| {
        let header = wire.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, value) = header.expect("the header is there");
        assert!(value.contains(from), "{value}");
        *value = value.replace(from, to);
    }
}

fn add_header(name: &'static str, value: &'static str) -> impl Fn(&mut Wire) {
    move |wire| wire.headers.push((name.to_owned(), value.to_owned()))
}

#[tokio::test]
async fn requests_that_are_not_signed_well_are_refused() {
    let emulator = builder().start().await.unwrap();
    let rows: Vec<(&str, Call, u16, Option<&str>)> = vec![
        ("good", good(), 200, None),
        ("all headers signed", good().sign_all(), 200, None),
        ("more headers, signed", good().header("x-acs-retry-attempts", "1"), 200, None),
        ("no signature", good().unsigned(), 400, Some("MissingAuthorization")),
        (
            "an old algorithm",
            good().after_signing(in_header("authorization", "SHA256", "SHA1")),
            400,
            Some("InvalidSignatureMethod"),
        ),
        (
            "no algorithm",
            good().after_signing(in_header("authorization", "ACS3-HMAC-SHA256 ", "")),
            400,
            Some("InvalidSignatureMethod"),
        ),
        (
            "a part is missing",
            good().after_signing(in_header("authorization", "Signature=", "")),
            400,
            Some("IncompleteSignature"),
        ),
        ("another key", good().key("LTAI5tNobody", "example-secret"), 404, Some("InvalidAccessKeyId.NotFound")),
        ("another secret", good().key("LTAI5tExample", "wrong"), 400, Some("SignatureDoesNotMatch")),
        ("an empty secret", good().key("LTAI5tExample", ""), 400, Some("SignatureDoesNotMatch")),
        (
            "another signature",
            good().after_signing(in_header("authorization", "Signature=", "Signature=0")),
            400,
            Some("SignatureDoesNotMatch"),
        ),
        (
            "another body",
            good().after_signing(|wire| wire.body = b"OrderId=547".to_vec()),
            400,
            Some("InvalidContentSha256"),
        ),
        ("no body", good().after_signing(|wire| wire.body.clear()), 400, Some("InvalidContentSha256")),
        (
            "another query",
            good().after_signing(|wire| wire.target = "/?Tid=4".to_owned()),
            400,
            Some("SignatureDoesNotMatch"),
        ),
        (
            "more in the query",
            good().after_signing(|wire| wire.target.push_str("&A=1")),
            400,
            Some("SignatureDoesNotMatch"),
        ),
        (
            "a space written otherwise",
            good().query("A", "b c").after_signing(|wire| wire.target = wire.target.replace('+', "%20")),
            200,
            None,
        ),
        (
            "white space around a header",
            good().after_signing(in_header("x-acs-version", "2018-11-01", "  2018-11-01 ")),
            200,
            None,
        ),
        (
            "another content type",
            good().after_signing(in_header("content-type", "urlencoded", "urlencoded;charset=utf-8")),
            400,
            Some("SignatureDoesNotMatch"),
        ),
        ("another host", good().after_signing(in_header("host", "8787", "8788")), 400, Some("SignatureDoesNotMatch")),
        (
            "a header that is not signed",
            good().after_signing(add_header("x-acs-extra", "1")),
            400,
            Some("IncompleteSignature"),
        ),
        (
            "a content type that is not signed",
            rpc("Styles", "2020-01-01").after_signing(|wire| {
                // The body is empty, as one official client sends it.
                add_header("content-type", "application/octet-stream")(wire);
            }),
            200,
            None,
        ),
        ("other headers need no signature", good().after_signing(add_header("x-trace", "1")), 200, None),
        (
            "a signed header is missing",
            good().after_signing(|wire| wire.headers.retain(|(name, _)| name != "x-acs-signature-nonce")),
            400,
            Some("IncompleteSignature"),
        ),
        ("no nonce", good().without("x-acs-signature-nonce"), 400, Some("IncompleteSignature")),
        ("an empty nonce", good().header("x-acs-signature-nonce", ""), 400, Some("MissingSignatureNonce")),
        ("no date", good().without("x-acs-date"), 400, Some("IncompleteSignature")),
        (
            "a date of another form",
            good().header("x-acs-date", "Sun, 01 Jun 2025 02:03:04 GMT"),
            400,
            Some("InvalidTimeStamp.Format"),
        ),
        (
            "a token that the key does not have",
            good().header("x-acs-security-token", "t"),
            400,
            Some("InvalidSecurityToken.MismatchWithAccessKey"),
        ),
        (
            "a bearer token that nobody gave",
            good().unsigned().header("x-acs-bearer-token", "b").query("SignatureType", "BEARERTOKEN"),
            400,
            Some("InvalidBearerToken"),
        ),
    ];
    for (name, call, status, code) in rows {
        let reply = call.send(&emulator).await;
        assert_eq!((reply.status, reply.code().as_deref()), (status, code), "{name}: {}", reply.json());
    }
}

#[tokio::test]
async fn a_mismatch_tells_what_should_have_been_signed() {
    let emulator = builder().start().await.unwrap();
    let call = good().key("LTAI5tExample", "wrong");
    let message = call.send(&emulator).await.json()["Message"].as_str().unwrap().to_owned();
    let start = "Specified signature is not matched with our calculation. server string to sign is:ACS3-HMAC-SHA256\n";
    let hash = message.strip_prefix(start).unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
    assert!(!message.contains("secret"));
}

#[tokio::test]
async fn the_date_may_be_fifteen_minutes_off_either_way() {
    let seconds = Arc::new(AtomicU64::new(NOW_SECONDS));
    let shown = Arc::clone(&seconds);
    let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(shown.load(Ordering::Relaxed));
    let emulator = builder().clock(clock).start().await.unwrap();
    for (offset, code) in [
        (0, None),
        (900, None),
        (-900, None),
        (901, Some("InvalidTimeStamp.Expired")),
        (-901, Some("InvalidTimeStamp.Expired")),
        (i64::from(i32::MAX), Some("InvalidTimeStamp.Expired")),
    ] {
        seconds.store(NOW_SECONDS.saturating_add_signed(offset), Ordering::Relaxed);
        let reply = good().send(&emulator).await;
        assert_eq!((reply.status, reply.code().as_deref()), (if code.is_some() { 400 } else { 200 }, code), "{offset}");
    }
    assert_eq!(good().send(&emulator).await.header("date"), Some("Fri, 19 Jun 2093 05:17:11 GMT"));
}

#[tokio::test]
async fn a_nonce_is_good_once_for_each_key() {
    let emulator =
        builder().access_key("LTAI5tExample", "example-secret").access_key("two", "2").start().await.unwrap();
    let call = || good().header("x-acs-signature-nonce", "once");
    let code = async |call: Call| call.send(&emulator).await.code();
    // A request that is refused uses nothing up.
    assert_eq!(code(call().key("LTAI5tExample", "wrong")).await.as_deref(), Some("SignatureDoesNotMatch"));
    assert_eq!(code(call()).await, None);
    assert_eq!(code(call()).await.as_deref(), Some("SignatureNonceUsed"));
    assert_eq!(code(call().query("Other", "1")).await.as_deref(), Some("SignatureNonceUsed"));
    assert_eq!(code(call().key("two", "2")).await, None);
}

#[tokio::test]
async fn temporary_keys_come_with_their_token() {
    let emulator =
        builder().access_key("STS.example", "secret").security_token("STS.example", "token").start().await.unwrap();
    let call = || good().key("STS.example", "secret");
    let with = |token: &str| call().header("x-acs-security-token", token).header("x-acs-accesskey-id", "STS.example");
    for (name, call, code) in [
        ("good", with("token"), None),
        ("none", call(), Some("MissingSecurityToken")),
        ("another", with("other"), Some("InvalidSecurityToken.Malformed")),
        ("another key", with("token").header("x-acs-accesskey-id", "STS.other"), Some("IncompleteSignature")),
        ("the example is gone", good(), Some("InvalidAccessKeyId.NotFound")),
        ("another secret", with("token").key("STS.example", "wrong"), Some("SignatureDoesNotMatch")),
    ] {
        assert_eq!(call.send(&emulator).await.code().as_deref(), code, "{name}");
    }
    let shown = format!("{:?}", emulator.requests());
    assert!(!shown.contains("token") && !shown.contains("Signature="), "{shown}");
}

#[tokio::test]
async fn bearers_sign_nothing() {
    let emulator = builder().bearer_token("right").start().await.unwrap();
    let bearer = |call: Call, token: &str| {
        call.unsigned().header("x-acs-bearer-token", token).query("SignatureType", "BEARERTOKEN")
    };
    let only = || rpc("Bearer", "2020-01-01");
    let path = || {
        rpc("DescribeClusterNodePoolDetail", "2015-12-15")
            .method("GET")
            .path("/clusters/c/nodepools/n")
            .unsigned()
            .header("x-acs-bearer-token", "right")
    };
    for (name, call, code) in [
        ("instead of a signature", bearer(good(), "right"), None),
        ("where nothing else will do", bearer(only(), "right"), None),
        ("the wrong one", bearer(good(), "wrong"), Some("InvalidBearerToken")),
        ("signed where it will not do", only(), Some("MissingBearerToken")),
        ("no marker", good().unsigned().header("x-acs-bearer-token", "right"), Some("MissingSignatureType")),
        ("a path", path().header("x-acs-signature-type", "BEARERTOKEN"), None),
        ("a path without marker", path(), Some("MissingSignatureType")),
        (
            "an old date",
            bearer(good(), "right").header("x-acs-date", "2020-01-01T00:00:00Z"),
            Some("InvalidTimeStamp.Expired"),
        ),
        (
            "another body",
            bearer(good(), "right").after_signing(|wire| wire.body.push(b'1')),
            Some("InvalidContentSha256"),
        ),
        ("a nonce", bearer(good(), "right").header("x-acs-signature-nonce", "n"), None),
        ("the same nonce", bearer(good(), "right").header("x-acs-signature-nonce", "n"), Some("SignatureNonceUsed")),
    ] {
        assert_eq!(call.send(&emulator).await.code().as_deref(), code, "{name}");
    }
}

/// Requests as the official Python client sent them, with its choice of headers and its way to write a query.
#[tokio::test]
async fn the_official_client_is_accepted() {
    let requests: Vec<Value> = serde_json::from_str(OFFICIAL).unwrap();
    assert_eq!(requests.len(), 7);
    for request in &requests {
        // All of them have the same nonce.
        let emulator =
            builder().access_key("LTAI5tExampleAccessKeyId", "ExampleSecretKeyABCDEFGHIJKLMNOP").start().await.unwrap();
        let text = |key: &str| request[key].as_str().unwrap().to_owned();
        let headers = request["headers"].as_object().unwrap().iter();
        let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let wire = Wire { method: text("method"), target: text("target"), headers, body: text("body").into_bytes() };
        let reply = wire.send(emulator.url()).await;
        let code = emulator.requests()[0].code.clone().unwrap_or_default();
        assert_eq!(code, text("code"), "{}: {}", text("name"), reply.json());
    }
}

#[cfg(feature = "sm3")]
#[tokio::test]
async fn chinese_cryptography_is_accepted() {
    use alicloud_runtime::Algorithm;

    let emulator = builder().start().await.unwrap();
    let call = || good().algorithm(Algorithm::HmacSm3);
    assert_eq!(call().send(&emulator).await.code(), None);
    for (call, code) in [
        (call().key("LTAI5tExample", "wrong"), "SignatureDoesNotMatch"),
        (call().after_signing(|wire| wire.body.push(b'1')), "InvalidContentSha256"),
        (call().after_signing(in_header("authorization", "SM3", "SHA256")), "InvalidContentSha256"),
    ] {
        assert_eq!(call.send(&emulator).await.code().as_deref(), Some(code));
    }
}

#[cfg(not(feature = "sm3"))]
#[tokio::test]
async fn chinese_cryptography_is_not_known() {
    let emulator = builder().start().await.unwrap();
    let call = good().after_signing(in_header("authorization", "SHA256", "SM3"));
    assert_eq!(call.send(&emulator).await.code().as_deref(), Some("InvalidSignatureMethod"));
}
