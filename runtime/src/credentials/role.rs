//! A role that other credentials may assume.

use std::time::Duration;

use super::role_session::RoleSession;
use super::sts::ASSUME_ROLE;
use super::{Credentials, ProvideCredentials, Provided, ProviderContext};
use crate::error::Error;

/// The credentials of a role, assumed with other credentials (`AssumeRole`).
#[derive(Clone, Debug)]
pub struct RoleByArn {
    source: Credentials,
    session: RoleSession,
}

impl RoleByArn {
    /// The role `arn`, such as `acs:ram::123456789012****:role/reader`, assumed with `source`.
    #[must_use]
    pub fn new(source: impl Into<Credentials>, arn: impl Into<String>) -> Self {
        Self::of(source.into(), RoleSession { role_arn: Some(arn.into()), ..RoleSession::default() })
    }

    pub(crate) fn of(source: Credentials, session: RoleSession) -> Self {
        Self { source, session }
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

    /// The external id that the role asks for.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.session.external_id = Some(id.into());
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
        let wire = self.session.encode(context)?;
        let source = self.source.resolve(context).await?;
        let name = format!("ram_role_arn/{}", source.provider_name());
        Ok(self.session.sts.call(context, &ASSUME_ROLE, source, wire).await?.named(name))
    }
}

impl ProvideCredentials for RoleByArn {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.assume(context))
    }

    fn name(&self) -> &str {
        "ram_role_arn"
    }
}
