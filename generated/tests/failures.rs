//! Whatever the server answers, there is a value or an error that says what came: over real sockets.

use std::time::Duration;

use alicloud::dms_enterprise::Client;
use alicloud::{Config, Credentials, Error, ErrorKind, RetryPolicy};
use alicloud_emulator::{CannedReply, Emulator};

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
const OPERATION: &str = "GetDataExportDownloadURL";

async fn start() -> (Emulator, Client) {
    let emulator = Emulator::builder().specs(SPECS).start().await.expect("the emulator starts");
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .retry(RetryPolicy::never())
        .build()
        .expect("a configuration");
    let client = Client::new(&config).expect("a client");
    (emulator, client)
}

fn reply(status: u16, body: impl Into<Vec<u8>>) -> CannedReply {
    let body: Vec<u8> = body.into();
    CannedReply::new(status).header("x-acs-request-id", "REQ-1").body(body)
}

/// What is served, and what a caller sees: the kind, the code, and words of the one line.
struct Case {
    name: &'static str,
    reply: CannedReply,
    kind: ErrorKind,
    code: Option<&'static str>,
    says: &'static [&'static str],
}

fn cases() -> Vec<Case> {
    let case = |name, reply, kind, code, says| Case { name, reply, kind, code, says };
    let html = format!("<html><h1>502 Bad Gateway</h1>{}</html>", "x".repeat(10 << 20));
    vec![
        case(
            "a business failure with status 200",
            reply(200, r#"{"RequestId":"R","Success":false,"ErrorCode":"OrderNotExist","ErrorMessage":"no order"}"#),
            ErrorKind::BusinessFailure,
            Some("OrderNotExist"),
            &["OrderNotExist", "no order", "HTTP 200", "request R"],
        ),
        case(
            "the flag as text",
            reply(200, r#"{"RequestId":"R","Success":"False","ErrorCode":"OrderNotExist"}"#),
            ErrorKind::BusinessFailure,
            Some("OrderNotExist"),
            &["OrderNotExist"],
        ),
        case(
            "a service error",
            reply(
                403,
                r#"{"RequestId":"R","Code":"Forbidden.RAM","Message":"no","Recommend":"https://example.com/help"}"#,
            ),
            ErrorKind::Service,
            Some("Forbidden.RAM"),
            &["Forbidden.RAM", "HTTP 403", "https://example.com/help"],
        ),
        case(
            "10 MB of HTML from a proxy",
            reply(502, html),
            ErrorKind::Service,
            None,
            &["HTTP 502", "502 Bad Gateway", "REQ-1"],
        ),
        case("nothing at all", reply(503, ""), ErrorKind::Service, None, &["HTTP 503", "REQ-1"]),
        case("not JSON", reply(200, "hello"), ErrorKind::Decode, None, &["HTTP 200", "REQ-1"]),
        case("JSON that ends too soon", reply(200, r#"{"RequestId": "R"#), ErrorKind::Decode, None, &["HTTP 200"]),
        case("a list in place of an object", reply(200, "[1, 2]"), ErrorKind::Decode, None, &["HTTP 200"]),
        case("invalid UTF-8", reply(200, b"{\"RequestId\": \"\xff\"}"), ErrorKind::Decode, None, &["HTTP 200"]),
        case("an error that is not JSON", reply(400, "[]"), ErrorKind::Service, None, &["HTTP 400", "REQ-1"]),
        case(
            "a redirect",
            reply(302, "").header("location", "http://example.com/"),
            ErrorKind::Service,
            None,
            &["HTTP 302"],
        ),
        case(
            "XML",
            reply(404, "<?xml version='1.0'?><Error><Code>NoSuchThing</Code><Message>gone</Message></Error>"),
            ErrorKind::Service,
            Some("NoSuchThing"),
            &["NoSuchThing", "gone"],
        ),
    ]
}

#[tokio::test]
async fn every_failure_says_what_came() {
    let (emulator, client) = start().await;
    for Case { name, reply, kind, code, says } in cases() {
        emulator.set_reply(OPERATION, reply).expect("a reply");
        let error = client.get_data_export_download_url(546).await.expect_err(name);
        let line = error.to_string();
        assert_eq!(error.kind(), kind, "{name}: {line}");
        assert_eq!(error.code(), code, "{name}: {line}");
        assert!(error.status().is_some() && error.request_id().is_some(), "{name}: {line}");
        assert!(line.starts_with(OPERATION) && line.len() < 2_000 && !line.contains('\n'), "{name}: {line}");
        assert!(error.body().len() <= 4_096, "{name}: {} bytes of body", error.body().len());
        says.iter().for_each(|word| assert!(line.contains(word), "{name}: `{word}` is not in {line}"));
        assert!(!line.contains("example-secret"), "{name}: {line}");
    }
}

#[tokio::test]
async fn odd_fields_are_absent_and_noted() -> Result<(), Error> {
    let (emulator, client) = start().await;
    let table = [
        // reply, has a result, tip, success, notes
        (r#"{}"#, None, "", None, 0),
        (r#"{"DownloadURLResult": null, "Success": "true"}"#, None, "", Some(true), 0),
        (
            r#"{"DownloadURLResult": {"HasResult": "TRUE", "TipMessage": 5}, "Success": 1}"#,
            Some(true),
            "5",
            Some(true),
            0,
        ),
        (r#"{"DownloadURLResult": {"HasResult": [], "TipMessage": "x"}, "Success": true}"#, None, "x", Some(true), 1),
        (r#"{"DownloadURLResult": "none", "Success": true}"#, None, "", Some(true), 1),
        ("\u{feff} {\"Success\": true, \"New\": {\"a\": [1, 2, {}]}}", None, "", Some(true), 0),
    ];
    for (body, has_result, tip, success, notes) in table {
        emulator.set_reply(OPERATION, reply(200, body)).expect("a reply");
        let reply = client.get_data_export_download_url(546).with_metadata().await?;
        assert_eq!(reply.metadata().notes().len(), notes, "{body}: {:?}", reply.metadata().notes());
        assert_eq!(reply.metadata().request_id(), Some("REQ-1"), "{body}");
        let response = reply.into_inner();
        let result = response.download_url_result.unwrap_or_default();
        assert_eq!(
            (result.has_result, result.tip_message.as_str(), response.success),
            (has_result, tip, success),
            "{body}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_reply_is_an_empty_response() -> Result<(), Error> {
    let (emulator, client) = start().await;
    for status in [200, 204] {
        emulator.set_reply(OPERATION, CannedReply::new(status)).expect("a reply");
        assert_eq!(client.get_data_export_download_url(546).await?, Default::default());
    }
    Ok(())
}

#[tokio::test]
async fn a_reply_that_is_cut_or_late_is_an_error() {
    let (emulator, client) = start().await;
    emulator.set_reply(OPERATION, reply(200, r#"{"Success": true}"#).cut_after(5)).expect("a reply");
    let error = client.get_data_export_download_url(546).await.expect_err("the reply is cut");
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("REQ-1")), "{error}");
    assert_eq!(error.body(), r#"{"Suc"#, "what came is kept");

    emulator.set_reply(OPERATION, reply(200, "{}").delay(Duration::from_secs(30))).expect("a reply");
    let request = client.get_data_export_download_url(546).with(|options| options.timeout(Duration::from_millis(50)));
    let error = request.await.expect_err("the reply is late");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_wrong_secret_is_told_from_a_fault_of_ours() {
    let (emulator, _) = start().await;
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "another-secret"))
        .endpoint(emulator.url())
        .build()
        .expect("a configuration");
    let request = Client::new(&config).expect("a client").get_data_export_download_url(546).tid(3);
    let error = request.await.expect_err("the secret is wrong");
    assert!(error.is_signature_mismatch() && error.attempts() == 1, "{error}");
    assert!(error.to_string().contains("the access key secret is not the one of this access key id"), "{error}");
}

#[test]
fn what_cannot_work_is_refused_when_the_client_is_built() {
    let key = || Credentials::access_key("LTAI5tExample", "example-secret");
    let table = [
        (Config::builder().credentials(key()).endpoint("not a url"), "not a url"),
        (Config::builder().credentials(key()).endpoint("ftp://example.com"), "ftp"),
        (Config::builder().credentials(key()).endpoint("https://example.com/path?query"), "example.com"),
        (Config::builder().credentials(key()).region("x.evil.example/"), "x.evil.example/"),
        (Config::builder().credentials(key()).region("CN-HANGZHOU"), "CN-HANGZHOU"),
        (
            Config::builder().credentials(Credentials::access_key("", "example-secret")).region("cn-hangzhou"),
            "access key",
        ),
        (Config::builder().credentials(Credentials::access_key("LTAI5tExample", "")).region("cn-hangzhou"), "secret"),
    ];
    for (builder, word) in table {
        let error = builder.build().and_then(|config| Client::new(&config)).expect_err(word);
        assert!(error.is_invalid_configuration(), "{error}");
        assert!(error.to_string().contains(word), "`{word}` is not in {error}");
        assert!(!error.to_string().contains("example-secret"), "{error}");
    }
}

#[test]
fn regions_and_networks_are_chosen_from_the_table() {
    let client = |region: &str, network: &str| {
        let builder = Config::builder().credentials(Credentials::access_key("LTAI5tExample", "example-secret"));
        let config = builder.region(region).network(network.into()).build()?;
        alicloud::dbs::Client::new(&config).map(|client| format!("{client:?}"))
    };
    let table = [
        // region, network, host or words of the error
        ("cn-chengdu", "public", Ok("dbs-api.cn-chengdu.aliyuncs.com")),
        // Where the sources disagree, the SDK's map wins.
        ("cn-zhangjiakou", "public", Ok("dbs-api.cn-hangzhou.aliyuncs.com")),
        // The network is chosen first.
        ("cn-chengdu", "vpc", Ok("dbs-api-vpc.cn-chengdu.aliyuncs.com")),
        ("cn-nowhere", "public", Err("cn-nowhere")),
        ("cn-chengdu", "share", Err("share")),
    ];
    for (region, network, expected) in table {
        match (client(region, network), expected) {
            (Ok(client), Ok(host)) => assert!(client.contains(host), "{region} {network}: {client}"),
            (Err(error), Err(word)) => assert!(error.to_string().contains(word), "{region} {network}: {error}"),
            (client, _) => panic!("{region} {network}: {client:?}"),
        }
    }
}
