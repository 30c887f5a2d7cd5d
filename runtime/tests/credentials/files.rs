//! The files of the command line tool and of the SDKs.

use alicloud_runtime::{CliProfile, IniProfile};
use serde_json::{Value, json};

use super::laboratory::{Caller, HUSH, Laboratory, answer, assumed, call, caller, is_signed_with, ok};
use super::support::{Script, builder, core};

/// A time long after, and one long before the clock of the laboratory, in Unix seconds.
const LATER: u64 = 1_748_750_000;
const EARLIER: u64 = 1_748_700_000;

/// A laboratory in which everything that a profile may ask answers.
async fn laboratory() -> Laboratory {
    let laboratory = Laboratory::alone().await;
    let session = laboratory.session("STS.1", 3600);
    laboratory.now_answers(move |request| match (request.action(), request.target.as_str()) {
        ("AssumeRole" | "AssumeRoleWithOIDC", _) => assumed(&session),
        (_, "/latest/api/token") => ok("tok"),
        (_, "/cloud-credentials") => ok(&format!(r#"{{"CloudCredential":{session}}}"#)),
        (_, "/v1/exchange") => ok(&session.replace("AccessKey", "accessKey").replace("SecurityT", "securityT")),
        _ => ok(&session),
    });
    laboratory.write("token", HUSH);
    laboratory
}

/// What becomes of a profile that has these fields beside its name.
async fn profile(fields: Value) -> Result<Caller, String> {
    let laboratory = laboratory().await;
    let token = laboratory.home.path().join("token");
    let mut fields: Value =
        serde_json::from_str(&fields.to_string().replace("@token", token.to_str().unwrap())).unwrap();
    fields["name"] = json!("p");
    let base =
        json!({"name": "base", "mode": "StsToken", "access_key_id": "b", "access_key_secret": HUSH, "sts_token": HUSH});
    let circle = json!({"name": "circle", "mode": "ChainableRamRoleArn", "source_profile": "p", "ram_role_arn": "r"});
    let config = json!({"current": "p", "profiles": [base, circle, fields], "meta_path": ""});
    laboratory.write(".aliyun/config.json", &config.to_string());
    let outcome = laboratory.caller(CliProfile::new()).await;
    let home = laboratory.home.path().display().to_string();
    outcome.map_err(|why| why.replace(&format!("the profile p of {home}/.aliyun/config.json "), "P "))
}

#[tokio::test]
async fn every_mode_of_the_command_line_tool() {
    let token = Some("hush-token");
    for (fields, expected) in [
        (
            json!({"mode": "AK", "access_key_id": "a", "access_key_secret": HUSH}),
            caller("a", None, "cli_profile/static_ak"),
        ),
        (
            json!({"mode": "ak", "access_key_id": "a", "access_key_secret": HUSH}),
            caller("a", None, "cli_profile/static_ak"),
        ),
        (
            json!({"mode": "StsToken", "access_key_id": "a", "access_key_secret": HUSH, "sts_token": "hush-1"}),
            caller("a", Some("hush-1"), "cli_profile/static_sts"),
        ),
        (
            json!({"mode": "RamRoleArn", "access_key_id": "a", "access_key_secret": HUSH, "ram_role_arn": "r",
                   "ram_session_name": "s", "expired_seconds": 900, "sts_region": "cn-hangzhou", "enable_vpc": true}),
            caller("STS.1", token, "cli_profile/ram_role_arn/static_ak"),
        ),
        (
            json!({"mode": "RamRoleArn", "access_key_id": "a", "access_key_secret": HUSH, "sts_token": HUSH, "ram_role_arn": "r"}),
            caller("STS.1", token, "cli_profile/ram_role_arn/static_sts"),
        ),
        (
            json!({"mode": "ChainableRamRoleArn", "source_profile": "base", "ram_role_arn": "r"}),
            caller("STS.1", token, "cli_profile/ram_role_arn/static_sts"),
        ),
        (json!({"mode": "EcsRamRole", "ram_role_name": "r"}), caller("STS.1", token, "cli_profile/ecs_ram_role")),
        (
            json!({"mode": "OIDC", "oidc_provider_arn": "p", "oidc_token_file": "@token", "ram_role_arn": "r"}),
            caller("STS.1", token, "cli_profile/oidc_role_arn"),
        ),
        (
            json!({"mode": "CredentialsURI", "credentials_uri": "http://localhost/creds"}),
            caller("STS.1", token, "cli_profile/credential_uri"),
        ),
        (
            json!({"mode": "CloudSSO", "cloud_sso_sign_in_url": "https://signin.example.com/start/login?x=1",
                   "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac", "access_token": HUSH,
                   "cloud_sso_access_token_expire": LATER}),
            caller("STS.1", token, "cli_profile/cloud_sso"),
        ),
        (
            json!({"mode": "OAuth", "oauth_site_type": "INTL", "oauth_access_token": HUSH, "oauth_access_token_expire": LATER}),
            caller("STS.1", token, "cli_profile/oauth"),
        ),
        (
            json!({"mode": "OAuth", "access_key_id": "STS.kept", "access_key_secret": HUSH, "sts_token": "hush-1",
                   "sts_expiration": LATER}),
            caller("STS.kept", Some("hush-1"), "cli_profile/oauth"),
        ),
        (
            json!({"mode": "OAuth", "access_key_id": "STS.kept", "access_key_secret": HUSH, "sts_token": "hush-1",
                   "sts_expiration": EARLIER, "oauth_access_token": HUSH, "oauth_access_token_expire": LATER}),
            caller("STS.1", token, "cli_profile/oauth"),
        ),
    ] {
        assert_eq!(profile(fields.clone()).await, Ok(expected), "{fields}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_told() {
    let sign_in = |mode: &str| format!("; `aliyun configure --mode {mode} --profile p` signs in again");
    for (fields, why) in [
        (json!({}), "P has no mode".to_owned()),
        (json!({"mode": "AK", "access_key_secret": HUSH}), "P has no access_key_id".to_owned()),
        (json!({"mode": "StsToken", "access_key_id": "a", "access_key_secret": HUSH}), "P has no sts_token".to_owned()),
        (
            json!({"mode": "BearerToken", "bearer_token": HUSH}),
            "P has the mode BearerToken, which is not supported".to_owned(),
        ),
        (json!({"mode": "OIDC"}), "P has no oidc_token_file".to_owned()),
        (
            json!({"mode": "External", "process_command": "rm"}),
            "P starts a program, which `CliProfile::allow_external` has to allow".to_owned(),
        ),
        (json!({"mode": "CloudSSO"}), format!("P is not signed in{}", sign_in("CloudSSO"))),
        (
            json!({"mode": "CloudSSO", "access_token": HUSH, "cloud_sso_access_token_expire": EARLIER}),
            format!("P has a token that has expired{}", sign_in("CloudSSO")),
        ),
        (
            json!({"mode": "OAuth", "oauth_access_token": HUSH, "oauth_access_token_expire": EARLIER,
                   "oauth_refresh_token": HUSH}),
            format!("P has a token that has expired{}", sign_in("OAuth")),
        ),
        (
            json!({"mode": "OAuth", "oauth_access_token": HUSH, "oauth_site_type": "XX"}),
            "P has an oauth_site_type that is neither CN nor INTL".to_owned(),
        ),
    ] {
        assert_eq!(profile(fields.clone()).await, Err(format!("Test failed: {why}")), "{fields}");
    }
    let circle = json!({"mode": "ChainableRamRoleArn", "source_profile": "circle", "ram_role_arn": "r"});
    let why = profile(circle).await.unwrap_err();
    assert!(
        why.starts_with("Test failed: the profile circle of ") && why.ends_with(" is built upon itself: p, circle, p"),
        "{why}"
    );
    let itself = json!({"mode": "ChainableRamRoleArn", "source_profile": "p", "ram_role_arn": "r"});
    assert_eq!(profile(itself).await.unwrap_err(), "Test failed: P is built upon itself: p, p");
}

#[tokio::test]
async fn a_refusal_of_signing_in_says_how_to_sign_in_again() {
    let laboratory = laboratory().await;
    laboratory.now_answers(|_| answer(401, r#"{"ErrorCode":"InvalidAccessToken","ErrorMessage":"gone"}"#));
    let profile = json!({"name": "p", "mode": "CloudSSO", "cloud_sso_sign_in_url": "https://s.example.com/",
        "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac", "access_token": HUSH});
    let path = laboratory.write("c.json", &json!({"profiles": [profile]}).to_string());
    let why = laboratory.caller(CliProfile::new().path(path).profile("p")).await.unwrap_err();
    assert!(why.contains("was refused by CloudSSO: HTTP 401 InvalidAccessToken: gone; `aliyun configure"), "{why}");
}

#[tokio::test]
async fn profiles_are_chosen_by_name() {
    let laboratory = laboratory().await;
    let profile = |name: &str| json!({"name": name, "mode": "AK", "access_key_id": name, "access_key_secret": HUSH});
    let config = json!({"current": "one", "profiles": [profile("one"), profile("two"), profile("three")]}).to_string();
    let path = laboratory.write("elsewhere.json", &format!("\u{feff}{config}"));
    let id = async |provider: CliProfile| laboratory.caller(provider).await.map(|caller| caller.id);
    laboratory.set("ALIBABA_CLOUD_CONFIG_FILE", path.to_str().unwrap());
    assert_eq!(id(CliProfile::new()).await.unwrap(), "one");
    laboratory.set("ALIBABA_CLOUD_PROFILE", "two");
    assert_eq!(id(CliProfile::new()).await.unwrap(), "two");
    assert_eq!(id(CliProfile::new().profile("three")).await.unwrap(), "three");
    let why = id(CliProfile::new().profile("four")).await.unwrap_err();
    assert_eq!(why, format!("Test failed: {} has no profile four", path.display()));
    for (text, why) in [
        ("{\"hush\":", "is not JSON: line 1, column 8"),
        ("[]", "has no profile two"),
        ("", "is not JSON: line 1, column 0"),
    ] {
        laboratory.write("elsewhere.json", text);
        assert_eq!(id(CliProfile::new()).await.unwrap_err(), format!("Test failed: {} {why}", path.display()));
    }
}

#[tokio::test]
async fn every_type_of_the_shared_file() {
    let key = "access_key_id = a\naccess_key_secret = hush\n";
    for (section, expected) in [
        (format!("type = access_key\n{key}"), Ok(("a", "profile/static_ak"))),
        (format!("Type: access_key\n{key}"), Ok(("a", "profile/static_ak"))),
        ("type = ecs_ram_role\nrole_name = r".to_owned(), Ok(("STS.1", "profile/ecs_ram_role"))),
        (
            format!("type = ram_role_arn\n{key}role_arn = r\nrole_session_name = s\npolicy = {{\"a\": \"b\"}}"),
            Ok(("STS.1", "profile/ram_role_arn/static_ak")),
        ),
        (
            "type = oidc_role_arn\nrole_arn = r\noidc_provider_arn = p\noidc_token_file_path = @token".to_owned(),
            Ok(("STS.1", "profile/oidc_role_arn")),
        ),
        (key.to_owned(), Err("the profile p of @file has no type")),
        ("type = access_key\naccess_key_id =".to_owned(), Err("the profile p of @file has no access_key_id")),
        (
            "type = rsa_key_pair".to_owned(),
            Err("the profile p of @file has the type rsa_key_pair, which is not supported"),
        ),
        (format!("type = ram_role_arn\n{key}"), Err("the profile p of @file has no role_arn")),
        ("[hush".to_owned(), Err("@file is not an INI file")),
    ] {
        let laboratory = laboratory().await;
        let token = laboratory.home.path().join("token");
        let section = section.replace("@token", token.to_str().unwrap());
        let file = laboratory.write("shared", &format!("; hush\n[default]\n[p]\n# hush\n{section}\n"));
        let found = laboratory.caller(IniProfile::new().path(&file).profile("p")).await;
        let found = found.map(|caller| (caller.id, caller.provider));
        let expected = expected.map(|(id, provider)| (id.to_owned(), provider.to_owned()));
        let expected = expected.map_err(|why| format!("Test failed: {}", why.replace("@file", file.to_str().unwrap())));
        assert_eq!(found, expected, "{section}");
    }
}

#[tokio::test]
async fn secrets_are_taken_whole() {
    for secret in ["hu#sh", "hu;sh", "hu#sh ;x", "hu=sh==", "hu:sh", "hu\"sh'", "[hush]"] {
        let laboratory = Laboratory::alone().await;
        let profile = format!("[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = {secret}\n");
        let file = laboratory.write("shared", &profile);
        let script = Script::new([]);
        let config = builder(&script).credentials(IniProfile::new().path(file)).build().unwrap();
        call(&core(&config)).await.unwrap();
        assert!(is_signed_with(&script.requests()[0], secret), "{secret}");
    }
}

#[tokio::test]
async fn both_places_of_the_shared_file_are_read() {
    let laboratory = laboratory().await;
    let profile = |id: &str| {
        format!(
            "[default]\ntype=access_key\naccess_key_id={id}\naccess_key_secret=hush\n[Two]\ntype=access_key\naccess_key_id=two\naccess_key_secret=hush\n"
        )
    };
    laboratory.write(".alibabacloud/credentials.ini", &profile("python"));
    let id = async || laboratory.caller(IniProfile::new()).await.unwrap().id;
    assert_eq!(id().await, "python");
    laboratory.write(".alibabacloud/credentials", &profile("go"));
    assert_eq!(id().await, "go");
    let file = laboratory.write("third", &profile("third"));
    laboratory.set("ALIBABA_CLOUD_CREDENTIALS_FILE", file.to_str().unwrap());
    assert_eq!(id().await, "third");
    laboratory.set("ALIBABA_CLOUD_PROFILE", "Two");
    assert_eq!(id().await, "two");
}
