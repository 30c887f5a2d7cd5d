//! Credentials from a URI.

use alicloud_runtime::CredentialsUri;

use super::laboratory::{Laboratory, answer, caller, ok};

#[tokio::test]
async fn a_local_service_hands_out_credentials() {
    let laboratory = Laboratory::alone().await;
    let session = laboratory.session("STS.u", 3600);
    for body in [session.clone(), session.replace(r#""Code":"Success","#, "")] {
        laboratory.now_answers(move |_| ok(&body));
        let found = laboratory.caller(CredentialsUri::new("http://localhost:8888/creds?x=1")).await;
        assert_eq!(found, Ok(caller("STS.u", Some("hush-token"), "credential_uri")));
    }
    let request = laboratory.server.received().remove(0);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/creds?x=1"));
    assert_eq!(request.header("host"), Some("localhost:8888"));
    laboratory.set("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:8888/creds");
    laboratory.caller(CredentialsUri::from_environment()).await.unwrap();
}

#[tokio::test]
async fn what_a_uri_does_not_answer_is_told() {
    let uri = "http://localhost/?token=hush";
    for (uri, answered, why) in [
        (uri, answer(500, "hush"), "the credentials URI refused: HTTP 500"),
        (uri, ok(r#"{"Code":"Failed","AccessKeySecret":"hush"}"#), "the credentials URI refused: Code is Failed"),
        (uri, ok(r#"{"AccessKeyId":"hush"}"#), "the answer of the credentials URI has no AccessKeySecret"),
        (uri, ok("hush"), "the answer of the credentials URI is not JSON: line 1, column 1"),
        (uri, ok(""), "the answer of the credentials URI is not JSON: line 1, column 0"),
        ("file:///hush", ok(""), "the credentials URI is not an http or https URL"),
        ("hush", ok(""), "the credentials URI is not an http or https URL"),
    ] {
        let laboratory = Laboratory::new(move |_| answered.clone()).await;
        let found = laboratory.caller(CredentialsUri::new(uri)).await.unwrap_err();
        assert_eq!(found, format!("Test failed: {why}"));
    }
}
