//! What the official implementation did, case by case: the same here, or on purpose not.

use std::path::PathBuf;

use alicloud_runtime::{
    CliProfile, Credentials, CredentialsUri, DefaultChain, EcsRole, Environment, HttpRequest, IniProfile, RoleByArn,
    format_timestamp,
};
use serde_json::{Value, json};

use super::laboratory::{Laboratory, call, is_signed_with};
use super::support::{Script, builder, core};

/// Each case, and why this runtime does otherwise; nothing if it does the same. When credentials are renewed is not
/// compared here: the tests of the cache say that.
const CASES: [(&str, Option<&str>); 19] = [
    ("assume_role", Some(POSTED)),
    ("assume_role_duration_too_small", None),
    ("assume_role_expires_in_10_min", Some("a session is not renewed with every call, however short it is")),
    ("ecs_named_role", None),
    ("ecs_token_fails_falls_back_v1", None),
    ("ecs_v1_disabled", None),
    ("uri_success", None),
    ("cloud_sso", None),
    ("oauth_exchange_lower_camel_keys", Some("both spellings of the answer are read, as the Go SDK does")),
    ("external_ok", None),
    ("external_nonzero", None),
    ("external_sts_without_token", None),
    ("default_chain_cli_profile", None),
    ("cli_profile_sts", None),
    ("cli_profile_chain", Some(POSTED)),
    ("cli_profile_uri", Some("the mode is supported, as the command line tool does")),
    ("cli_profile_bearer", None),
    ("cli_profile_missing", None),
    ("ini_role", Some(POSTED)),
];

const POSTED: &str = "STS is called by POST and with ACS3, so that nothing secret is in a URL";

/// What is given to a case: the credentials, the files and what the services answer.
struct Case {
    credentials: Credentials,
    files: Vec<(&'static str, String)>,
    answers: Vec<(u16, String)>,
    calls: usize,
}

/// What a case came to, as far as it is compared.
#[derive(Debug, PartialEq)]
struct Outcome {
    requests: Vec<Value>,
    /// For each call: the id, the secret, the token and the name of the provider.
    results: Vec<Value>,
    failed: bool,
}

fn case(name: &str, laboratory: &Laboratory) -> Case {
    let home = laboratory.home.path().display();
    let expiration = |seconds| format_timestamp(later(laboratory, seconds));
    let session = |id: &str, secret: &str, token: &str, seconds| {
        json!({"Code": "Success", "AccessKeyId": id, "AccessKeySecret": secret, "SecurityToken": token,
               "Expiration": expiration(seconds)})
    };
    let assumed = |seconds| (200, json!({"Credentials": session("STS.a", "b", "c", seconds)}).to_string());
    let given = |seconds| (200, session("STS.e", "f", "g", seconds).to_string());
    let key = || Credentials::access_key("AK", "SK");
    let profiles = |profiles: Value| (".aliyun/config.json", json!({"current": "p", "profiles": profiles}).to_string());
    let cli = || CliProfile::new().allow_external(true);
    let external = |printed: &str, status: u8| {
        let command = format!("sh '{home}/script'");
        let files = vec![
            profiles(json!([{"name": "p", "mode": "External", "process_command": command}])),
            ("script", format!("printf '%s' '{printed}'; exit {status}")),
        ];
        (Credentials::from(cli()), files, vec![])
    };
    let with_profile = |fields: Value, answers| (cli().into(), vec![profiles(json!([fields]))], answers);
    let role = |arn: &str| RoleByArn::new(key(), arn);
    let (credentials, files, answers): (Credentials, _, _) = match name {
        "assume_role" => (role("acs:ram::1:role/r").into(), vec![], vec![assumed(3600)]),
        "assume_role_duration_too_small" => (role("a").duration(std::time::Duration::from_secs(899)).into(), vec![], vec![]),
        "assume_role_expires_in_10_min" => (role("a").into(), vec![], vec![assumed(600), assumed(600)]),
        "ecs_named_role" => {
            (EcsRole::new().role_name("role1").into(), vec![], vec![(200, "imds-token".to_owned()), given(21_600)])
        }
        "ecs_token_fails_falls_back_v1" => {
            (EcsRole::new().role_name("r").into(), vec![], vec![(404, String::new()), given(21_600)])
        }
        "ecs_v1_disabled" => {
            (EcsRole::new().role_name("r").disable_imds_v1(true).into(), vec![], vec![(404, String::new())])
        }
        "uri_success" => (CredentialsUri::new("http://localhost:8888/creds?x=1").into(), vec![], vec![given(3600)]),
        "cloud_sso" => with_profile(
            json!({"name": "p", "mode": "CloudSSO", "access_token": "at", "cloud_sso_account_id": "1",
                   "cloud_sso_sign_in_url": "https://signin-cn-shanghai.alibabacloudsso.com/x/login",
                   "cloud_sso_access_config": "ac-1"}),
            vec![(200, json!({"CloudCredential": session("a", "b", "c", 3600)}).to_string())],
        ),
        "oauth_exchange_lower_camel_keys" => with_profile(
            json!({"name": "p", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "at"}),
            vec![(
                200,
                json!({"accessKeyId": "a", "accessKeySecret": "b", "securityToken": "c", "expiration": expiration(3600)})
                    .to_string(),
            )],
        ),
        "external_ok" => external(
            &json!({"mode": "StsToken", "access_key_id": "a", "access_key_secret": "b", "sts_token": "c",
                    "expiration": expiration(3600)})
            .to_string(),
            0,
        ),
        "external_nonzero" => external("", 1),
        "external_sts_without_token" => {
            external(r#"{"mode":"StsToken","access_key_id":"a","access_key_secret":"b"}"#, 0)
        }
        "default_chain_cli_profile" => {
            let fields = json!({"name": "p", "mode": "AK", "access_key_id": "ck", "access_key_secret": "cs"});
            (DefaultChain::new().into(), vec![profiles(json!([fields]))], vec![])
        }
        "cli_profile_sts" => with_profile(sts_profile("p"), vec![]),
        "cli_profile_chain" => {
            let chained = json!({"name": "p", "mode": "ChainableRamRoleArn", "source_profile": "s",
                                 "ram_role_arn": "acs:ram::1:role/q", "ram_session_name": "s2"});
            (cli().into(), vec![profiles(json!([chained, sts_profile("s")]))], vec![assumed(3600)])
        }
        "cli_profile_uri" => with_profile(
            json!({"name": "p", "mode": "CredentialsURI", "credentials_uri": "http://localhost:8888/creds?x=1"}),
            vec![given(3600)],
        ),
        "cli_profile_bearer" => {
            with_profile(json!({"name": "p", "mode": "BearerToken", "bearer_token": "t"}), vec![])
        }
        "cli_profile_missing" => (cli().profile("missing").into(), vec![profiles(json!([]))], vec![]),
        "ini_role" => {
            let text = "[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=b\n\
                        role_arn=acs:ram::1:role/r\nrole_session_name=s\n";
            (IniProfile::new().into(), vec![(".alibabacloud/credentials.ini", text.to_owned())], vec![assumed(3600)])
        }
        other => panic!("the case {other} is not in the table"),
    };
    let calls = if name.starts_with("assume_role") { 2 } else { 1 };
    Case { credentials, files, answers, calls }
}

fn sts_profile(name: &str) -> Value {
    json!({"name": name, "mode": "StsToken", "access_key_id": "a", "access_key_secret": "b", "sts_token": "c"})
}

fn later(laboratory: &Laboratory, seconds: u64) -> std::time::SystemTime {
    alicloud_runtime::Clock::now(&*laboratory.clock) + std::time::Duration::from_secs(seconds)
}

/// What this runtime makes of a case. The secrets are those that the official implementation ended with.
async fn ours(name: &str, secrets: &[&str]) -> Outcome {
    let laboratory = Laboratory::alone().await;
    let case = case(name, &laboratory);
    case.files.iter().for_each(|(path, text)| drop::<PathBuf>(laboratory.write(path, text)));
    let script = Script::new(case.answers.into_iter().map(Ok));
    let environment: Environment = [("HOME", laboratory.home.path().to_str().unwrap())].into_iter().collect();
    let config = builder(&script).credentials(case.credentials).environment(environment).build().unwrap();
    let client = core(&config);
    let mut failed = false;
    for _ in 0..case.calls {
        failed |= call(&client).await.is_err();
    }
    let (calls, others): (Vec<_>, Vec<_>) = script
        .requests()
        .into_iter()
        .partition(|request| request.headers.get("x-acs-action").is_some_and(|action| action == "Test"));
    let results = calls.iter().map(|request| {
        let header = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap());
        let id = header("authorization").unwrap().split_once("Credential=").unwrap().1.split_once(',').unwrap().0;
        let secret = secrets.iter().chain(&["b", "f"]).find(|secret| is_signed_with(request, secret));
        let provider = header("x-acs-credentials-provider").unwrap();
        // These were asked there without a profile around them, which is not possible here.
        let is_bare = ["cloud_sso", "oauth", "external"].iter().any(|start| name.starts_with(start));
        let provider = provider.strip_prefix("cli_profile/").filter(|_| is_bare).unwrap_or(provider);
        json!([id, secret, header("x-acs-security-token"), provider])
    });
    Outcome { results: results.collect(), requests: others.iter().map(sent).collect(), failed }
}

/// A request as it is compared: all but the user agent and what only the transport adds.
fn sent(request: &HttpRequest) -> Value {
    let headers = request.headers.iter().filter(|(name, _)| *name != "user-agent" && *name != "host");
    let headers: serde_json::Map<_, _> =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().into())).collect();
    let query: serde_json::Map<_, _> =
        request.url.query_pairs().map(|(name, value)| (name.into_owned(), value.into())).collect();
    json!({
        "method": request.method.as_str(), "protocol": request.url.scheme(), "host": request.url.host_str(),
        "path": request.url.path(), "query": query, "headers": headers,
        "body": serde_json::from_slice::<Value>(request.body.as_bytes().unwrap_or_default()).unwrap_or_default(),
    })
}

/// What the official implementation made of a case.
fn theirs(case: &Value) -> Outcome {
    let requests = case["requests"].as_array().unwrap().iter().map(|request| {
        let headers = request["headers"].as_object().unwrap().iter();
        let headers: serde_json::Map<_, _> = headers
            .filter(|(name, _)| *name != "user-agent")
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        let body = request["body"].as_str().and_then(|body| serde_json::from_str::<Value>(body).ok());
        json!({
            "method": request["method"], "protocol": request["protocol"], "host": request["host"],
            "path": request["path"], "query": request["query"], "headers": headers, "body": body,
        })
    });
    let results = case["results"].as_array().unwrap().iter();
    let results = results.map(|one| json!([one["ak"], one["sk"], one["token"], one["provider_name"]]));
    Outcome { requests: requests.collect(), results: results.collect(), failed: !case["error"].is_null() }
}

#[tokio::test]
async fn does_what_the_official_implementation_did_or_says_why_not() {
    let vectors: Value = serde_json::from_str(include_str!("../data/credentials.json")).unwrap();
    let vectors = vectors["cases"].as_array().unwrap();
    let names: Vec<_> = vectors.iter().map(|case| case["name"].as_str().unwrap()).collect();
    assert_eq!(names, CASES.map(|(name, _)| name), "the table lists every case, in order");
    for (case, (name, reason)) in vectors.iter().zip(CASES) {
        if name.starts_with("external") && !cfg!(all(unix, feature = "external")) {
            continue;
        }
        let theirs = theirs(case);
        let secrets: Vec<_> = theirs.results.iter().filter_map(|result| result[1].as_str()).collect();
        let ours = ours(name, &secrets).await;
        match reason {
            None => assert_eq!(ours, theirs, "{name}"),
            Some(reason) => assert_ne!(ours, theirs, "{name} is the same, and yet there is a reason: {reason}"),
        }
        // Where only the way to STS differs, what comes of it does not.
        if reason == Some(POSTED) {
            assert_eq!((ours.results, ours.failed), (theirs.results, theirs.failed), "{name}");
        }
    }
}
