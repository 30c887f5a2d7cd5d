//! Credentials for somebody who has signed in with OAuth.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use url::Url;

use super::cloud_sso::{TIMEOUT, bearer, document, has_passed};
use super::context::Plain;
use super::profile::Profile;
use super::{Credentials, ProviderContext, session};
use crate::error::Error;

/// Takes the credentials that the tool has kept, or exchanges the token that signing in left in the profile.
///
/// The token is never renewed here: that would make the one in the file worthless, which is only read.
pub(crate) async fn exchange(profile: Profile<'_>, context: &ProviderContext) -> Result<Credentials, Error> {
    if let Some(credentials) = kept(profile, context) {
        return Ok(credentials);
    }
    let renew = format!("; `aliyun configure --mode OAuth --profile {}` signs in again", profile.name);
    let token = profile.value("oauth_access_token");
    let token = token.ok_or_else(|| profile.wrong(&format!("is not signed in{renew}")))?;
    if has_passed(profile.number("oauth_access_token_expire"), context) {
        return Err(profile.wrong(&format!("has a token that has expired{renew}")));
    }
    let site = match profile.value("oauth_site_type").map(str::to_ascii_uppercase).as_deref() {
        None | Some("CN") => "https://oauth.aliyun.com/v1/exchange",
        Some("INTL") => "https://oauth.alibabacloud.com/v1/exchange",
        Some(_) => return Err(profile.wrong("has an oauth_site_type that is neither CN nor INTL")),
    };
    let url = Url::parse(site).map_err(|_| profile.wrong("has no site to ask"))?;
    let json = HeaderValue::from_static("application/json");
    let headers = [(CONTENT_TYPE, json), (AUTHORIZATION, bearer(token, profile)?)];
    let plain = Plain { method: Method::POST, url: &url, headers: &headers, body: Bytes::new(), timeout: TIMEOUT };
    let answer = context.ask(plain).await;
    let answer = answer.map_err(|error| profile.wrong(&format!("cannot reach OAuth: {error}")))?;
    let document = document(answer, profile, "OAuth", &renew)?;
    Ok(session::read(document.root(), "OAuth")?.named("oauth"))
}

/// The credentials that the tool has kept, while they last.
fn kept(profile: Profile<'_>, context: &ProviderContext) -> Option<Credentials> {
    let expiration = profile.number("sts_expiration")?;
    let (id, secret) = (profile.value("access_key_id")?, profile.value("access_key_secret")?);
    let expires_at = std::time::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(expiration))?;
    // Those that end in a moment are not worth taking.
    let left = expires_at.duration_since(context.now()).ok()?;
    let credentials = Credentials::sts(id, secret, profile.value("sts_token")?);
    (left.as_secs() > 60).then(|| credentials.expires_at(expires_at).named("oauth"))
}
