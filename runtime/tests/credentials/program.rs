//! Credentials that a program prints.

use alicloud_runtime::CliProfile;
use serde_json::json;

use super::laboratory::{HUSH, Laboratory, call, caller};

const KEY: &str = r#""access_key_id":"a","access_key_secret":"hush""#;

/// A profile that starts a script, which does what `body` says.
async fn profile(body: &str) -> (Laboratory, CliProfile) {
    let laboratory = Laboratory::alone().await;
    let script = laboratory.write("a script.sh", body);
    let command = format!("sh '{}' 'one word'", script.display());
    let config = json!({"current": "p", "profiles": [{"name": "p", "mode": "External", "process_command": command}]});
    laboratory.write(".aliyun/config.json", &config.to_string());
    (laboratory, CliProfile::new().allow_external(true))
}

#[tokio::test]
async fn a_program_prints_credentials() {
    for (printed, expected) in [
        (format!(r#"{{"mode":"AK",{KEY}}}"#), Ok(caller("a", None, "cli_profile/external"))),
        (
            format!(r#"{{"mode":"StsToken",{KEY},"sts_token":"hush-1","expiration":"2025-06-01T03:00:00Z"}}"#),
            Ok(caller("a", Some("hush-1"), "cli_profile/external")),
        ),
        (format!(r#"{{"mode":"StsToken",{KEY}}}"#), Err("printed no sts_token")),
        (format!(r#"{{"mode":"Other",{KEY}}}"#), Err("printed the mode Other")),
        (
            format!(r#"{{"mode":"AK",{KEY},"expiration":"soon"}}"#),
            Err("printed an expiration that is not a time in UTC"),
        ),
        ("hush".to_owned(), Err("printed what is not JSON: line 1, column 1")),
    ] {
        let (laboratory, provider) = profile(&format!("printf '%s' '{printed}'")).await;
        let expected = expected.map_err(|why| format!("Test failed: the program of the profile {why}"));
        assert_eq!(laboratory.caller(provider).await, expected, "{printed}");
    }
}

#[tokio::test]
async fn a_program_that_fails_says_why() {
    let (laboratory, provider) = profile("echo hush; echo \"no $1\" >&2; exit 3").await;
    let why = laboratory.caller(provider).await.unwrap_err();
    assert_eq!(why, "Test failed: the program of the profile failed: exit status: 3: no one word");
}

#[tokio::test]
async fn a_program_is_not_started_for_every_call() {
    let body = format!(
        "echo >> \"$(dirname \"$0\")/started\"; printf '%s' '{{\"mode\":\"StsToken\",{KEY},\"sts_token\":\"{HUSH}\"}}'"
    );
    let (laboratory, provider) = profile(&body).await;
    let client = laboratory.client(provider);
    let started = || std::fs::read(laboratory.home.path().join("started")).unwrap().len();
    for _ in 0..5 {
        call(&client).await.unwrap();
    }
    assert_eq!(started(), 1);
    // Nobody said when the token ends; it is taken to last a quarter of an hour.
    laboratory.pass(900);
    call(&client).await.unwrap();
    assert_eq!(started(), 2);
}

#[tokio::test]
async fn the_environment_can_forbid_programs() {
    let (laboratory, provider) = profile("touch started").await;
    laboratory.set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "TRUE");
    let why = laboratory.caller(provider).await.unwrap_err();
    assert!(why.ends_with("must not be used: ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids it"), "{why}");
}
