//! The default chain: its order, its memory, and what it says when nobody has anything.

use alicloud_runtime::{Credentials, DefaultChain, EnvironmentKeys};

use super::laboratory::{HUSH, Laboratory, answer, assumed, call, caller, ok, told};

const CLI: &str =
    r#"{"current":"c","profiles":[{"name":"c","mode":"AK","access_key_id":"cli","access_key_secret":"hush"}]}"#;
const INI: &str = "[default]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = hush\n";

/// A laboratory in which every place has credentials.
async fn full() -> Laboratory {
    let laboratory = Laboratory::alone().await;
    let (sts, ecs) = (laboratory.session("STS.oidc", 3600), laboratory.session("STS.ecs", 3600));
    let uri = laboratory.session("STS.uri", 3600);
    laboratory.now_answers(move |request| match request.target.as_str() {
        "/?Format=json" => assumed(&sts),
        "/latest/api/token" => ok("tok"),
        "/uri" => ok(&uri),
        _ => ok(&ecs),
    });
    let token = laboratory.write("token", "hush");
    laboratory.write(".aliyun/config.json", CLI);
    laboratory.write(".alibabacloud/credentials", INI);
    for (name, value) in [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "env"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", HUSH),
        ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap()),
        ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p"),
        ("ALIBABA_CLOUD_ROLE_ARN", "r"),
        ("ALIBABA_CLOUD_ECS_METADATA", "role"),
        ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/uri"),
    ] {
        laboratory.set(name, value);
    }
    laboratory
}

#[tokio::test]
async fn asks_in_the_order_of_the_official_sdks() {
    let laboratory = full().await;
    let token = Some("hush-token");
    for (expected, take_away) in [
        (caller("env", None, "default/env"), "ALIBABA_CLOUD_ACCESS_KEY_ID"),
        (caller("STS.oidc", token, "default/oidc_role_arn"), "ALIBABA_CLOUD_OIDC_TOKEN_FILE"),
        (caller("cli", None, "default/cli_profile/static_ak"), "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"),
        (caller("ini", None, "default/profile/static_ak"), ".alibabacloud/credentials"),
        (caller("STS.ecs", token, "default/ecs_ram_role"), "ALIBABA_CLOUD_ECS_METADATA_DISABLED"),
        (caller("STS.uri", token, "default/credential_uri"), "ALIBABA_CLOUD_CREDENTIALS_URI"),
    ] {
        assert_eq!(laboratory.caller(DefaultChain::new()).await, Ok(expected));
        match take_away {
            file if file.starts_with('.') => std::fs::remove_file(laboratory.home.path().join(file)).unwrap(),
            switch if switch.ends_with("_DISABLED") => laboratory.set(switch, "True"),
            variable => laboratory.unset(variable),
        }
    }
    let why = laboratory.caller(DefaultChain::new()).await.unwrap_err();
    assert!(why.contains("cli_profile: disabled by ALIBABA_CLOUD_CLI_PROFILE_DISABLED; profile: there is neither"));
}

#[tokio::test]
async fn says_of_each_place_why_it_has_nothing() {
    let laboratory = Laboratory::new(|_| answer(404, "no")).await;
    let why = laboratory.caller(Credentials::default_chain()).await.unwrap_err();
    let home = laboratory.home.path().display();
    assert_eq!(
        why,
        format!(
            "Test failed: no credentials were found \
             (env: ALIBABA_CLOUD_ACCESS_KEY_ID is not set in the environment; \
             oidc_role_arn: ALIBABA_CLOUD_OIDC_TOKEN_FILE is not set in the environment; \
             cli_profile: {home}/.aliyun/config.json cannot be read: No such file or directory (os error 2); \
             profile: there is neither {home}/.alibabacloud/credentials nor {home}/.alibabacloud/credentials.ini; \
             ecs_ram_role: the instance has no such RAM role: HTTP 404; \
             credential_uri: ALIBABA_CLOUD_CREDENTIALS_URI is not set in the environment)"
        )
    );
}

#[tokio::test]
async fn stays_with_the_one_that_had_some() {
    let laboratory = full().await;
    laboratory.unset("ALIBABA_CLOUD_ACCESS_KEY_ID");
    let client = laboratory.client(DefaultChain::new());
    call(&client).await.unwrap();
    laboratory.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "env");
    laboratory.pass(3600);
    call(&client).await.unwrap();
    assert_eq!(laboratory.last_caller().id, "STS.oidc");
    laboratory.unset("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
    laboratory.pass(3600);
    let why = told(call(&client).await.unwrap_err());
    assert_eq!(why, "Test failed: ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not set in the environment");
}

/// After a failure of all, all are asked again.
#[tokio::test]
async fn remembers_nobody_who_had_nothing() {
    let laboratory = Laboratory::alone().await;
    let client = laboratory.client(DefaultChain::new());
    call(&client).await.unwrap_err();
    laboratory.write(".aliyun/config.json", CLI);
    laboratory.pass(1);
    call(&client).await.unwrap();
    assert_eq!(laboratory.last_caller().id, "cli");
}

#[tokio::test]
async fn the_environment_may_have_a_token() {
    let laboratory = Laboratory::alone().await;
    laboratory.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "env");
    laboratory.set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "");
    let why = laboratory.caller(EnvironmentKeys).await.unwrap_err();
    assert_eq!(why, "Test failed: ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set in the environment");
    laboratory.set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", HUSH);
    laboratory.set("ALIBABA_CLOUD_SECURITY_TOKEN", "");
    assert_eq!(laboratory.caller(EnvironmentKeys).await, Ok(caller("env", None, "env")));
    laboratory.set("ALIBABA_CLOUD_SECURITY_TOKEN", "hush-1");
    assert_eq!(laboratory.caller(EnvironmentKeys).await, Ok(caller("env", Some("hush-1"), "env")));
    assert!(!format!("{:?}", laboratory.config(EnvironmentKeys)).contains(HUSH));
}
