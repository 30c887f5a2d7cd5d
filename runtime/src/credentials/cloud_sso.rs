//! Credentials for somebody who has signed in with CloudSSO.

use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use url::Url;
use zeroize::Zeroizing;

use super::context::{Answer, Plain};
use super::profile::Profile;
use super::wiped::{Wiped, field};
use super::{Credentials, ProviderContext, session};
use crate::error::Error;
use crate::service_error;

/// How long the service may take: 5 seconds to connect and 10 to answer.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);

/// Exchanges the token that signing in left in the profile.
pub(crate) async fn exchange(profile: Profile<'_>, context: &ProviderContext) -> Result<Credentials, Error> {
    let renew = format!("; `aliyun configure --mode CloudSSO --profile {}` signs in again", profile.name);
    let token = profile.value("access_token").ok_or_else(|| profile.wrong(&format!("is not signed in{renew}")))?;
    if has_passed(profile.number("cloud_sso_access_token_expire"), context) {
        return Err(profile.wrong(&format!("has a token that has expired{renew}")));
    }
    let account = profile.required("cloud_sso_account_id")?;
    let access = profile.required("cloud_sso_access_config")?;
    let url = Url::parse(profile.required("cloud_sso_sign_in_url")?).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let mut url = url.ok_or_else(|| profile.wrong("has a cloud_sso_sign_in_url that is no URL"))?;
    url.set_path("/cloud-credentials");
    url.set_query(None);
    url.set_fragment(None);
    let json = HeaderValue::from_static("application/json");
    let headers = [(ACCEPT, json.clone()), (CONTENT_TYPE, json), (AUTHORIZATION, bearer(token, profile)?)];
    let body = json!({"AccountId": account, "AccessConfigurationId": access}).to_string().into();
    let plain = Plain { method: Method::POST, url: &url, headers: &headers, body, timeout: TIMEOUT };
    let answer = context.ask(plain).await;
    let answer = answer.map_err(|error| profile.wrong(&format!("cannot reach CloudSSO: {error}")))?;
    let document = document(answer, profile, "CloudSSO", &renew)?;
    let credentials = field(document.root(), "CloudCredential").unwrap_or(&Value::Null);
    Ok(session::read(credentials, "CloudSSO")?.named("cloud_sso"))
}

/// Whether a time in Unix seconds has passed. One that is not known has not.
pub(crate) fn has_passed(seconds: Option<u64>, context: &ProviderContext) -> bool {
    let now = context.now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    seconds.is_some_and(|seconds| seconds != 0 && seconds <= now)
}

/// The header with the token that signing in left.
pub(crate) fn bearer(token: &str, profile: Profile<'_>) -> Result<HeaderValue, Error> {
    let text = Zeroizing::new(format!("Bearer {token}"));
    let value = HeaderValue::from_str(&text);
    let mut value = value.map_err(|_| profile.wrong("has a token that cannot be a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The JSON of an answer, unless it is a refusal.
pub(crate) fn document(answer: Answer, profile: Profile<'_>, who: &str, renew: &str) -> Result<Wiped, Error> {
    if answer.status != StatusCode::OK {
        let said = service_error::read(&answer.body);
        let code = said.code.map(|code| format!(" {code}")).unwrap_or_default();
        let message = said.message.map(|message| format!(": {message}")).unwrap_or_default();
        let status = answer.status.as_u16();
        return Err(profile.wrong(&format!("was refused by {who}: HTTP {status}{code}{message}{renew}")));
    }
    Wiped::parse(&answer.body).map_err(|why| profile.wrong(&format!("got an answer of {who} that is {why}")))
}
