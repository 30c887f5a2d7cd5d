//! The files behind links.

mod support;

use support::builder;
use support::wire::Wire;

const PATH: &str = "/files/GetDataExportDownloadURL/xxx.zip";

#[tokio::test]
async fn a_file_has_all_that_an_object_store_tells() {
    let emulator = builder().files(true).file_bytes(&b"123456789"[..]).start().await.unwrap();
    let reply = Wire::get(PATH).send(emulator.url()).await;
    assert_eq!((reply.status, reply.body.as_slice()), (200, &b"123456789"[..]));
    for (name, value) in [
        ("content-length", "9"),
        ("content-type", "application/zip"),
        ("accept-ranges", "bytes"),
        ("etag", "\"995DC9BBDF1939FA\""),
        ("x-oss-hash-crc64ecma", "11051210869376104954"),
        ("x-oss-request-id", "00000000-0000-4000-8000-000000000001"),
        ("date", "Sun, 01 Jun 2025 02:03:04 GMT"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{name}");
    }
    let head = Wire::get(PATH).method("HEAD").send(emulator.url()).await;
    assert_eq!((head.status, head.header("content-length")), (200, Some("9")));
}

#[tokio::test]
async fn a_part_can_be_asked_for() {
    let emulator = builder().files(true).file_bytes(&b"0123456789"[..]).start().await.unwrap();
    for (range, status, body, content_range) in [
        ("bytes=0-3", 206, "0123", Some("bytes 0-3/10")),
        ("bytes=4-", 206, "456789", Some("bytes 4-9/10")),
        ("bytes=-2", 206, "89", Some("bytes 8-9/10")),
        ("bytes=8-99", 206, "89", Some("bytes 8-9/10")),
        ("bytes=0-1,3-4", 200, "0123456789", None),
        ("bytes=5-1", 200, "0123456789", None),
        ("lines=1-2", 200, "0123456789", None),
    ] {
        let reply = Wire::get(PATH).header("range", range).send(emulator.url()).await;
        assert_eq!((reply.status, reply.body.as_slice()), (status, body.as_bytes()), "{range}");
        assert_eq!(reply.header("content-range"), content_range, "{range}");
        assert!(reply.header("x-oss-hash-crc64ecma").is_some(), "{range}");
    }
    let beyond = Wire::get(PATH).header("range", "bytes=10-").send(emulator.url()).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
    assert!(beyond.body.windows(25).any(|window| window == b"<Code>InvalidRange</Code>"));
}

#[tokio::test]
async fn the_part_of_another_file_is_not_served() {
    let emulator = builder().files(true).start().await.unwrap();
    let whole = Wire::get(PATH).send(emulator.url()).await;
    let etag = whole.header("etag").unwrap();
    let part = |name: &'static str, etag: &str| Wire::get(PATH).header("range", "bytes=0-0").header(name, etag);
    for (name, etag, status) in [
        ("if-range", etag, 206),
        ("if-range", "\"other\"", 200),
        ("if-match", etag, 206),
        ("if-match", "\"other\"", 412),
    ] {
        assert_eq!(part(name, etag).send(emulator.url()).await.status, status, "{name} {etag}");
    }
}

#[tokio::test]
async fn a_file_is_the_same_at_every_start() {
    let mut bodies = Vec::new();
    for _ in 0..2 {
        let emulator = builder().files(true).start().await.unwrap();
        bodies.push(Wire::get(PATH).send(emulator.url()).await.body);
    }
    assert_eq!(bodies[0].len(), 65_536);
    assert_eq!(bodies[0], bodies[1]);
    let empty = builder().files(true).file_bytes("").start().await.unwrap();
    let reply = Wire::get(PATH).send(empty.url()).await;
    assert_eq!((reply.status, reply.body.len(), reply.header("x-oss-hash-crc64ecma")), (200, 0, Some("0")));
}

#[tokio::test]
async fn what_is_no_link_is_refused() {
    let emulator = builder().files(true).start().await.unwrap();
    let url = emulator.url();
    let signed = Wire::get(PATH).header("authorization", "ACS3-HMAC-SHA256 Credential=a").send(url).await;
    assert_eq!(signed.status, 400);
    assert_eq!(Wire::get(PATH).method("PUT").send(url).await.status, 405);
    assert_eq!(Wire::get("/files/GetDataExportOrderDetail/x").send(url).await.status, 404);
    assert_eq!(Wire::get("/files/GetDataExportDownloadURL/").send(url).await.status, 404);
    let codes: Vec<_> =
        emulator.requests().into_iter().map(|request| (request.operation, request.code.unwrap())).collect();
    let code = |code: &str| (None, code.to_owned());
    let not_found = code("InvalidAction.NotFound");
    assert_eq!(codes, [code("InvalidArgument"), code("MethodNotAllowed"), not_found.clone(), not_found]);

    let without = builder().start().await.unwrap();
    assert_eq!(Wire::get(PATH).send(without.url()).await.status, 404);
}
