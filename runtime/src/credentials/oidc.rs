//! A role that a token of OpenID Connect may assume: RRSA in Kubernetes.

use std::path::PathBuf;
use std::time::Duration;

use super::role_session::RoleSession;
use super::sts::ASSUME_ROLE_WITH_OIDC;
use super::{Credentials, ProvideCredentials, Provided, ProviderContext, file};
use crate::error::Error;

/// The credentials of a role, assumed with a token of OpenID Connect (`AssumeRoleWithOIDC`).
///
/// What is not set here comes from the environment: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
/// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, which RRSA puts into every pod. The file is read each time.
#[derive(Clone, Debug, Default)]
pub struct OidcRole {
    provider_arn: Option<String>,
    token_file: Option<PathBuf>,
    session: RoleSession,
}

impl OidcRole {
    /// The role that the environment names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn of(provider_arn: Option<String>, token_file: Option<PathBuf>, session: RoleSession) -> Self {
        Self { provider_arn, token_file, session }
    }

    /// The ARN of the role.
    #[must_use]
    pub fn role_arn(mut self, arn: impl Into<String>) -> Self {
        self.session.role_arn = Some(arn.into());
        self
    }

    /// The ARN of the identity provider.
    #[must_use]
    pub fn provider_arn(mut self, arn: impl Into<String>) -> Self {
        self.provider_arn = Some(arn.into());
        self
    }

    /// The file with the token.
    #[must_use]
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.token_file = Some(path.into());
        self
    }

    /// The name of the session in audit logs. By default `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or a name with the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session.name = Some(name.into());
        self
    }

    /// How long a session lasts: at least 900 seconds and at most what the role allows; an hour by default.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.session.duration = Some(duration);
        self
    }

    /// A policy, as JSON, that narrows what the session may do.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.session.policy = Some(policy.into());
        self
    }

    /// The region whose STS is asked. By default `ALIBABA_CLOUD_STS_REGION`, or the host of all regions.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> Self {
        self.session.sts.region = Some(region.into());
        self
    }

    /// Whether the STS of the region is reached inside of a VPC. By default `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED`.
    #[must_use]
    pub fn sts_vpc(mut self, vpc: bool) -> Self {
        self.session.sts.vpc = Some(vpc);
        self
    }

    /// The host of STS: `host`, `host:port`, `http://…` or `https://…`.
    #[must_use]
    pub fn sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.session.sts.endpoint = Some(endpoint.into());
        self
    }

    async fn assume(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        let missing = |name: &str| Error::credentials(format!("{name} is not set in the environment"));
        let token_file = match &self.token_file {
            Some(path) => path.clone(),
            None => {
                const NAME: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
                context.variable(NAME).map(PathBuf::from).ok_or_else(|| missing(NAME))?
            }
        };
        let provider_arn = match &self.provider_arn {
            Some(arn) => arn.clone(),
            None => {
                const NAME: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
                context.variable(NAME).ok_or_else(|| missing(NAME))?
            }
        };
        if self.session.role_arn.is_none() && context.variable("ALIBABA_CLOUD_ROLE_ARN").is_none() {
            return Err(missing("ALIBABA_CLOUD_ROLE_ARN"));
        }
        let mut wire = self.session.encode(context)?;
        // As it stands in the file: nobody says what the service makes of a token that was changed.
        let token = file::read(&token_file).await?;
        wire.form("OIDCProviderArn", &provider_arn);
        wire.form("OIDCToken", &token.as_str());
        let sts = &self.session.sts;
        let credentials = sts.call(context, &ASSUME_ROLE_WITH_OIDC, Credentials::anonymous(), wire).await?;
        Ok(credentials.named("oidc_role_arn"))
    }
}

impl ProvideCredentials for OidcRole {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.assume(context))
    }

    fn name(&self) -> &str {
        "oidc_role_arn"
    }
}
