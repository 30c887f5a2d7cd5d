//! Who calls.

mod chain;
mod cli;
mod cloud_sso;
mod context;
mod ecs;
mod environment;
mod external;
mod file;
mod ini;
mod oauth;
mod oidc;
mod profile;
mod provide;
mod role;
mod role_session;
mod session;
mod sts;
mod uri;
mod wiped;

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::error::Error;

pub use chain::DefaultChain;
pub use cli::CliProfile;
pub use context::ProviderContext;
pub use ecs::EcsRole;
pub use environment::{Environment, EnvironmentKeys};
pub use ini::IniProfile;
pub use oidc::OidcRole;
pub use provide::{ProvideCredentials, Provided};
pub use role::RoleByArn;
pub use uri::CredentialsUri;

/// How many providers may hand on to one another.
const LONGEST_WAY: usize = 16;

/// Who calls, and how that is proved. Cheap to clone; prints no secret.
///
/// Everything that implements [`ProvideCredentials`] becomes credentials by `into()`, and so can be given wherever
/// credentials are wanted.
#[derive(Clone)]
pub struct Credentials {
    kind: Arc<Kind>,
    /// Where they came from, for the service to see.
    provider: Cow<'static, str>,
    expires_at: Option<SystemTime>,
}

/// What proves who calls.
pub(crate) enum Kind {
    AccessKey {
        id: String,
        secret: Zeroizing<String>,
    },
    Sts {
        id: String,
        secret: Zeroizing<String>,
        token: Zeroizing<String>,
    },
    Bearer {
        token: Zeroizing<String>,
    },
    Anonymous,
    /// Whom to ask, each time that they are needed anew.
    Provider(Box<dyn ProvideCredentials>),
}

impl Credentials {
    /// A permanent access key.
    #[must_use]
    pub fn access_key(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::of(Kind::AccessKey { id: id.into(), secret: Zeroizing::new(secret.into()) }, "static_ak")
    }

    /// A temporary access key with its security token, as STS hands them out.
    #[must_use]
    pub fn sts(id: impl Into<String>, secret: impl Into<String>, token: impl Into<String>) -> Self {
        let (secret, token) = (Zeroizing::new(secret.into()), Zeroizing::new(token.into()));
        Self::of(Kind::Sts { id: id.into(), secret, token }, "static_sts")
    }

    /// A bearer token. Requests are not signed.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::of(Kind::Bearer { token: Zeroizing::new(token.into()) }, "bearer")
    }

    /// Nobody: requests are sent without a signature.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::of(Kind::Anonymous, "anonymous")
    }

    /// Credentials that `provider` is asked for when they are needed. What it answers is kept, and asked for again
    /// ahead of its expiry.
    #[must_use]
    pub fn provider(provider: impl ProvideCredentials) -> Self {
        Self::of(Kind::Provider(Box::new(provider)), "provider")
    }

    /// Credentials from the first place that has some, in the order of the official SDKs, see [`DefaultChain`].
    #[must_use]
    pub fn default_chain() -> Self {
        Self::provider(DefaultChain::new())
    }

    /// Says when these credentials end. A provider is asked for new ones ahead of that; without it, never.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(crate) fn expiry(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// What the service is told about where these came from, such as `ram_role_arn/static_ak`.
    pub(crate) fn provider_name(&self) -> &Cow<'static, str> {
        &self.provider
    }

    /// The same, said to come from `provider`.
    pub(crate) fn named(mut self, provider: impl Into<Cow<'static, str>>) -> Self {
        self.provider = provider.into();
        self
    }

    /// The same, with `outer/` before where they came from.
    pub(crate) fn by_way_of(self, outer: &str) -> Self {
        let name = format!("{outer}/{}", self.provider);
        self.named(name)
    }

    /// These credentials, or what their provider answers: never a provider.
    pub(crate) async fn resolve(&self, context: &ProviderContext) -> Result<Self, Error> {
        let mut credentials = self.clone();
        for _ in 0..LONGEST_WAY {
            let Kind::Provider(provider) = credentials.kind() else { return Ok(credentials) };
            let provided = provider.provide(context).await?;
            credentials = provided;
        }
        Err(Error::credentials("the providers hand on to one another without end"))
    }

    fn of(kind: Kind, provider: &'static str) -> Self {
        Self { kind: Arc::new(kind), provider: Cow::Borrowed(provider), expires_at: None }
    }
}

impl<P: ProvideCredentials> From<P> for Credentials {
    fn from(provider: P) -> Self {
        Self::provider(provider)
    }
}

impl Debug for Credentials {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::AccessKey { id, .. } => f.debug_struct("AccessKey").field("id", id).finish_non_exhaustive(),
            Kind::Sts { id, .. } => f.debug_struct("Sts").field("id", id).finish_non_exhaustive(),
            Kind::Bearer { .. } => f.debug_struct("Bearer").finish_non_exhaustive(),
            Kind::Anonymous => f.write_str("Anonymous"),
            Kind::Provider(provider) => write!(f, "Provider({})", provider.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_no_secret() {
        for (credentials, printed) in [
            (Credentials::access_key("LTAI", "hush"), "AccessKey { id: \"LTAI\", .. }"),
            (Credentials::sts("STS.x", "hush", "hush"), "Sts { id: \"STS.x\", .. }"),
            (Credentials::bearer("hush"), "Bearer { .. }"),
            (Credentials::anonymous(), "Anonymous"),
            (Credentials::default_chain(), "Provider(default)"),
            (RoleByArn::new(Credentials::access_key("LTAI", "hush"), "acs").into(), "Provider(ram_role_arn)"),
            (CredentialsUri::new("http://localhost/?token=hush").into(), "Provider(credential_uri)"),
        ] {
            assert_eq!(format!("{credentials:?}"), printed);
        }
    }
}
