//! Roles: what is asked of STS, and what comes of it.

use std::time::Duration;

use alicloud_runtime::{Credentials, OidcRole, RoleByArn};

use super::laboratory::{HUSH, Laboratory, answer, assumed, caller, ok, refused};
use super::server::Received;

const ROLE: &str = "acs:ram::1:role/r";

fn key() -> Credentials {
    Credentials::access_key("id", HUSH)
}

fn sts(laboratory: &Laboratory) {
    let session = laboratory.session("STS.1", 3600);
    laboratory.now_answers(move |_| assumed(&session));
}

fn form(request: &Received) -> Vec<(String, String)> {
    url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_role_is_assumed_by_post_and_signed_like_any_call() {
    let laboratory = Laboratory::alone().await;
    sts(&laboratory);
    let role = RoleByArn::new(Credentials::sts("STS.0", HUSH, "hush-0"), ROLE)
        .session_name("night job")
        .duration(Duration::from_secs(900))
        .policy("{\"Version\": \"1\"}")
        .external_id("ext");
    let expected = caller("STS.1", Some("hush-token"), "ram_role_arn/static_sts");
    assert_eq!(laboratory.caller(role).await, Ok(expected));
    let request = laboratory.server.received().remove(0);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/"));
    for (name, value) in [
        ("host", "sts.aliyuncs.com"),
        ("x-acs-action", "AssumeRole"),
        ("x-acs-version", "2015-04-01"),
        ("x-acs-security-token", "hush-0"),
        ("x-acs-credentials-provider", "static_sts"),
        ("content-type", "application/x-www-form-urlencoded"),
    ] {
        assert_eq!(request.header(name), Some(value));
    }
    assert!(request.header("authorization").unwrap().starts_with("ACS3-HMAC-SHA256 Credential=STS.0,"));
    let expected = pairs(&[
        ("DurationSeconds", "900"),
        ("ExternalId", "ext"),
        ("Policy", "{\"Version\": \"1\"}"),
        ("RoleArn", ROLE),
        ("RoleSessionName", "night job"),
    ]);
    assert_eq!(form(&request), expected);
}

#[tokio::test]
async fn the_host_of_sts_follows_region_and_network() {
    let role = || RoleByArn::new(key(), ROLE);
    let none: &[(&str, &str)] = &[];
    let region = ("ALIBABA_CLOUD_STS_REGION", "cn-beijing");
    let vpc = ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "True");
    for (role, variables, host) in [
        (role(), none, "sts.aliyuncs.com"),
        (role(), &[vpc], "sts.aliyuncs.com"),
        (role(), &[region], "sts.cn-beijing.aliyuncs.com"),
        (role(), &[region, vpc], "sts-vpc.cn-beijing.aliyuncs.com"),
        (role().sts_region("cn-hangzhou"), &[region], "sts.cn-hangzhou.aliyuncs.com"),
        (role().sts_region("cn-hangzhou").sts_vpc(true), none, "sts-vpc.cn-hangzhou.aliyuncs.com"),
        (role().sts_vpc(false), &[region, vpc], "sts.cn-beijing.aliyuncs.com"),
        (role().sts_endpoint("http://sts.local:81").sts_region("cn-hangzhou"), none, "sts.local:81"),
    ] {
        let laboratory = Laboratory::alone().await;
        sts(&laboratory);
        variables.iter().for_each(|(name, value)| laboratory.set(name, value));
        laboratory.caller(role).await.unwrap();
        assert_eq!(laboratory.server.received()[0].header("host"), Some(host));
    }
}

#[tokio::test]
async fn roles_are_assumed_one_after_the_other() {
    let laboratory = Laboratory::alone().await;
    sts(&laboratory);
    let first = RoleByArn::new(key(), "acs:ram::1:role/first");
    let second = RoleByArn::new(first, "acs:ram::1:role/second");
    let caller = laboratory.caller(second).await.unwrap();
    assert_eq!(caller.provider, "ram_role_arn/ram_role_arn/static_ak");
    let received = laboratory.server.received();
    let roles: Vec<_> = received[..2].iter().map(|request| form(request)[1].1.clone()).collect();
    assert_eq!(roles, ["acs:ram::1:role/first", "acs:ram::1:role/second"]);
    assert_eq!(received[1].header("x-acs-security-token"), Some("hush-token"));
}

#[tokio::test]
async fn what_sts_does_not_grant_is_told() {
    let role = || RoleByArn::new(key(), ROLE);
    let assumed = "AssumeRole failed: ";
    for (role, answered, why) in [
        (
            role(),
            refused(),
            "AssumeRole failed: NoPermission: You are not authorized. (HTTP 403, request R-1, 1 attempt)",
        ),
        (role(), ok("{}"), "the answer of STS has no AccessKeyId"),
        (role(), ok(""), "the answer of STS has no AccessKeyId"),
        (role(), ok("{\"Credentials\":{\"AccessKeyId\":\"hush\"}}"), "the answer of STS has no AccessKeySecret"),
        (role(), answer(404, "<title>Not here</title>"), "AssumeRole failed: Not here (HTTP 404, 1 attempt)"),
        (
            role().duration(Duration::from_secs(899)),
            refused(),
            "the session of a role lasts at least 900 seconds, not 899",
        ),
        (RoleByArn::new(key(), ""), refused(), "the ARN of the role is missing"),
    ] {
        let laboratory = Laboratory::new(move |_| answered.clone()).await;
        assert_eq!(laboratory.caller(role).await.unwrap_err(), format!("Test failed: {why}"));
        assert_eq!(laboratory.server.received().len(), usize::from(why.starts_with(assumed) || why.contains("STS")));
    }
}

#[tokio::test]
async fn a_pod_has_the_role_that_its_environment_names() {
    let laboratory = Laboratory::alone().await;
    sts(&laboratory);
    let token = laboratory.write("token", "hush.jwt\n");
    laboratory.set("ALIBABA_CLOUD_ROLE_ARN", ROLE);
    laboratory.set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p");
    laboratory.set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap());
    laboratory.set("ALIBABA_CLOUD_ROLE_SESSION_NAME", "pod");
    let expected = caller("STS.1", Some("hush-token"), "oidc_role_arn");
    assert_eq!(laboratory.caller(OidcRole::new()).await, Ok(expected));
    let request = laboratory.server.received().remove(0);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/?Format=json"));
    assert_eq!((request.action(), request.header("authorization")), ("AssumeRoleWithOIDC", None));
    let expected = pairs(&[
        ("DurationSeconds", "3600"),
        ("OIDCProviderArn", "acs:ram::1:oidc-provider/p"),
        ("OIDCToken", "hush.jwt\n"),
        ("RoleArn", ROLE),
        ("RoleSessionName", "pod"),
    ]);
    assert_eq!(form(&request), expected);
}

#[tokio::test]
async fn the_token_of_a_pod_is_read_anew_each_time() {
    let laboratory = Laboratory::alone().await;
    let token = laboratory.write("token", "hush-1");
    let role = OidcRole::new().role_arn(ROLE).provider_arn("p").token_file(&token);
    sts(&laboratory);
    let client = laboratory.client(role);
    super::laboratory::call(&client).await.unwrap();
    laboratory.write("token", "hush-2");
    laboratory.pass(3000);
    super::laboratory::call(&client).await.unwrap();
    let received = laboratory.server.received();
    let tokens: Vec<_> =
        received.iter().flat_map(form).filter(|(name, _)| name == "OIDCToken").map(|(_, value)| value).collect();
    assert_eq!(tokens, ["hush-1", "hush-2"]);
}
