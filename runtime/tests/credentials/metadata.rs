//! The metadata service of ECS.

use std::sync::Arc;
use std::time::{Duration, Instant};

use alicloud_runtime::{Credentials, DefaultChain, EcsRole};

use super::laboratory::{Laboratory, answer, caller, ok};
use super::server::Received;

const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// What was asked, in short: the method, the end of the path, and whether a token was sent.
fn asked(laboratory: &Laboratory) -> Vec<String> {
    let short = |request: &Received| {
        let path = request.target.rsplit('/').next().unwrap().to_owned();
        let token = request.header("x-aliyun-ecs-metadata-token").map_or(String::new(), |token| format!(" {token}"));
        format!("{} {path}{token}", request.method)
    };
    laboratory.server.received().iter().filter(|request| request.action().is_empty()).map(short).collect()
}

/// A service with a role `r`; `token` is what it answers when asked for a token.
async fn service(token: (u16, &'static str)) -> Laboratory {
    let laboratory = Laboratory::alone().await;
    let session = laboratory.session("STS.e", 21_600);
    laboratory.now_answers(move |request| match request.target.as_str() {
        TOKEN => answer(token.0, token.1),
        ROLES => ok("r\n"),
        path if path == format!("{ROLES}r") => ok(&session),
        path if path == format!("{ROLES}odd") => ok(r#"{"Code":"Failed","AccessKeyId":"hush"}"#),
        path if path == format!("{ROLES}page") => ok("<html>hush</html>"),
        _ => answer(404, "hush"),
    });
    laboratory
}

#[tokio::test]
async fn the_instance_has_its_role() {
    let named = || EcsRole::new().role_name("r");
    let strict = || named().disable_imds_v1(true);
    for (role, token, expected) in [
        (named(), (200, "tok"), &["PUT token", "GET r tok"][..]),
        (strict(), (200, "tok"), &["PUT token", "GET r tok"]),
        (EcsRole::new(), (200, "tok"), &["PUT token", "GET  tok", "GET r tok"]),
        (named(), (404, ""), &["PUT token", "GET r"]),
        (EcsRole::new(), (403, ""), &["PUT token", "GET ", "GET r"]),
        (named(), (200, ""), &["PUT token", "GET r"]),
    ] {
        let laboratory = service(token).await;
        let found = laboratory.caller(role).await;
        assert_eq!(found, Ok(caller("STS.e", Some("hush-token"), "ecs_ram_role")));
        assert_eq!(asked(&laboratory), expected);
    }
}

#[tokio::test]
async fn the_request_for_a_token_says_how_long_it_lasts() {
    let laboratory = service((200, "tok")).await;
    laboratory.set("ALIBABA_CLOUD_ECS_METADATA", "r");
    laboratory.caller(EcsRole::new()).await.unwrap();
    let request = laboratory.server.received().remove(0);
    assert_eq!(request.header("x-aliyun-ecs-metadata-token-ttl-seconds"), Some("21600"));
    assert_eq!(request.header("host"), Some("100.100.100.200"));
    assert_eq!(asked(&laboratory), ["PUT token", "GET r tok"]);
}

#[tokio::test]
async fn what_the_service_does_not_have_is_told() {
    let role = |name: &str| EcsRole::new().role_name(name);
    for (role, token, why) in [
        (role("other"), (200, "tok"), "the instance has no such RAM role: HTTP 404"),
        (role("../../x"), (200, "tok"), "\"../../x\" is not the name of a RAM role"),
        (role(".."), (200, "tok"), "\"..\" is not the name of a RAM role"),
        (role("odd"), (200, "tok"), "the metadata service has no credentials for the role odd: Code is Failed"),
        (role("page"), (200, "tok"), "the answer of the metadata service is not JSON: line 1, column 1"),
        (
            role("r").disable_imds_v1(true),
            (404, ""),
            "the metadata service gave no token: HTTP 404, and asking without one is disabled",
        ),
    ] {
        let laboratory = service(token).await;
        assert_eq!(laboratory.caller(role).await.unwrap_err(), format!("Test failed: {why}"));
    }
    let laboratory = service((404, "")).await;
    laboratory.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    assert!(laboratory.caller(EcsRole::new()).await.is_err());
    assert_eq!(asked(&laboratory), ["PUT token"]);
}

/// A machine that is not an ECS instance waits one second for the metadata service, and then goes on.
#[tokio::test]
async fn a_service_that_says_nothing_costs_the_chain_one_second() {
    let laboratory = Laboratory::new(|_| None).await;
    let start = Instant::now();
    let why = laboratory.caller(DefaultChain::new()).await.unwrap_err();
    let elapsed = start.elapsed();
    assert!(why.contains("ecs_ram_role: the metadata service of ECS cannot be reached: the operation timed out"));
    assert!(elapsed >= Duration::from_millis(900) && elapsed < Duration::from_millis(1800), "{elapsed:?}");
    assert_eq!(asked(&laboratory), ["PUT token"]);
}

/// In a container the answer with the token may not arrive, and everything else does.
#[tokio::test]
async fn who_asks_for_the_role_by_name_goes_on_without_a_token() {
    let laboratory = service((404, "")).await;
    let session = Arc::new(laboratory.session("STS.e", 21_600));
    laboratory.now_answers(move |request| if request.target == TOKEN { None } else { ok(&session) });
    laboratory.caller(Credentials::provider(EcsRole::new().role_name("r"))).await.unwrap();
    assert_eq!(asked(&laboratory), ["PUT token", "GET r"]);
}
