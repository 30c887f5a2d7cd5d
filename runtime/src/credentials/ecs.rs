//! The role of the machine, from the metadata service of ECS.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use url::Url;
use zeroize::Zeroizing;

use super::context::{Answer, Plain};
use super::wiped::{Wiped, text};
use super::{Credentials, ProvideCredentials, Provided, ProviderContext, session};
use crate::error::Error;
use crate::line::shorten;
use crate::transport::TransportError;

const SERVICE: &str = "http://100.100.100.200";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";
/// How long the service may take for the token: it is near, or it is not there.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(1);
/// How long the service may take for anything else: 1 second to connect, and 1 to answer.
const TIMEOUT: Duration = Duration::from_secs(2);
const TOKEN_LIFETIME: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token-ttl-seconds");
const TOKEN: HeaderName = HeaderName::from_static("x-aliyun-ecs-metadata-token");

/// The credentials of the role that an ECS instance was given.
///
/// The metadata service is asked with a token (IMDSv2). Where that does not work it is asked without one, unless that
/// is switched off here or by `ALIBABA_CLOUD_IMDSV1_DISABLED=true`. Proxies that the transport was told of are used
/// for it too; `NO_PROXY=100.100.100.200` prevents that.
#[derive(Clone, Debug, Default)]
pub struct EcsRole {
    role_name: Option<String>,
    imds_v1_disabled: Option<bool>,
    /// Whether silence means that there is no such service.
    silence_is_no: bool,
}

impl EcsRole {
    /// The role that `ALIBABA_CLOUD_ECS_METADATA` names; else the one that the service names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// As a member of a chain, which cannot wait twice for a service that is not there.
    pub(crate) fn in_chain() -> Self {
        Self { silence_is_no: true, ..Self::default() }
    }

    /// The name of the role, which saves one request.
    #[must_use]
    pub fn role_name(mut self, name: impl Into<String>) -> Self {
        self.role_name = Some(name.into());
        self
    }

    /// Whether the service must not be asked without a token.
    #[must_use]
    pub fn disable_imds_v1(mut self, disable: bool) -> Self {
        self.imds_v1_disabled = Some(disable);
        self
    }

    async fn fetch(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        let token = self.token(context).await?;
        let role = match self.role_name.clone().or_else(|| context.variable("ALIBABA_CLOUD_ECS_METADATA")) {
            Some(role) => role,
            None => self.find_role(context, token.as_ref()).await?,
        };
        let role = role.trim();
        if !is_role_name(role) {
            return Err(Error::credentials(format!("{:?} is not the name of a RAM role", shorten(role, 80))));
        }
        let answer = get(context, &format!("{ROLES}{role}"), token.as_ref()).await?;
        let document = Wiped::parse(&answer.body)
            .map_err(|why| Error::credentials(format!("the answer of the metadata service is {why}")))?;
        match text(document.root(), "Code") {
            Some("Success") => Ok(session::read(document.root(), "the metadata service")?.named("ecs_ram_role")),
            code => Err(Error::credentials(format!(
                "the metadata service has no credentials for the role {}: Code is {}",
                shorten(role, 80),
                shorten(code.unwrap_or("missing"), 80)
            ))),
        }
    }

    async fn find_role(&self, context: &ProviderContext, token: Option<&HeaderValue>) -> Result<String, Error> {
        let answer = get(context, ROLES, token).await?;
        let role = answer.body.trim();
        if role.is_empty() {
            return Err(Error::credentials("the instance has no RAM role"));
        }
        Ok(role.to_owned())
    }

    /// The token that later requests carry; none where the service is asked without.
    async fn token(&self, context: &ProviderContext) -> Result<Option<HeaderValue>, Error> {
        let lifetime = [(TOKEN_LIFETIME, HeaderValue::from_static("21600"))];
        let url = locate("/latest/api/token")?;
        let asked = context.ask(Plain {
            method: Method::PUT,
            url: &url,
            headers: &lifetime,
            body: Bytes::new(),
            timeout: TOKEN_TIMEOUT,
        });
        let why = match asked.await {
            Ok(answer) if answer.status == StatusCode::OK => match sensitive(&answer.body) {
                Some(token) => return Ok(Some(token)),
                None => "the metadata service answered with a token that cannot be sent".to_owned(),
            },
            Ok(answer) => {
                format!("the metadata service gave no token: HTTP {}", answer.status.as_u16())
            }
            Err(error) if self.silence_is_no => return Err(unreachable(&error)),
            Err(error) => format!("the metadata service gave no token: {error}"),
        };
        if self.imds_v1_disabled.unwrap_or_else(|| context.is_set("ALIBABA_CLOUD_IMDSV1_DISABLED")) {
            return Err(Error::credentials(format!("{why}, and asking without one is disabled")));
        }
        Ok(None)
    }
}

async fn get(context: &ProviderContext, path: &str, token: Option<&HeaderValue>) -> Result<Answer, Error> {
    let headers: Vec<_> = token.map(|token| (TOKEN, token.clone())).into_iter().collect();
    let url = locate(path)?;
    let plain = Plain { method: Method::GET, url: &url, headers: &headers, body: Bytes::new(), timeout: TIMEOUT };
    let answer = context.ask(plain).await.map_err(|error| unreachable(&error))?;
    match answer.status {
        StatusCode::OK => Ok(answer),
        StatusCode::NOT_FOUND => Err(Error::credentials("the instance has no such RAM role: HTTP 404")),
        status => Err(Error::credentials(format!("the metadata service refused: HTTP {}", status.as_u16()))),
    }
}

/// Names become part of a path, so nothing else is let through.
fn is_role_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    !matches!(name, "" | "." | "..") && name.bytes().all(allowed)
}

fn locate(path: &str) -> Result<Url, Error> {
    Url::parse(&format!("{SERVICE}{path}")).map_err(|_| Error::credentials("the name of the role cannot be in a URL"))
}

fn unreachable(error: &TransportError) -> Error {
    Error::credentials(format!("the metadata service of ECS cannot be reached: {error}"))
}

fn sensitive(token: &Zeroizing<String>) -> Option<HeaderValue> {
    let mut token = HeaderValue::from_str(token.trim()).ok().filter(|token| !token.is_empty())?;
    token.set_sensitive(true);
    Some(token)
}

impl ProvideCredentials for EcsRole {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.fetch(context))
    }

    fn name(&self) -> &str {
        "ecs_ram_role"
    }
}
