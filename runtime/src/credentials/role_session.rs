//! What is asked of STS for the session of a role, however it is assumed.

use std::time::{Duration, UNIX_EPOCH};

use super::ProviderContext;
use super::sts::StsEndpoint;
use crate::error::Error;
use crate::wire::Wire;

/// The shortest session that STS opens.
const SHORTEST: Duration = Duration::from_secs(900);

/// The session of a role.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoleSession {
    pub(crate) role_arn: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) duration: Option<Duration>,
    pub(crate) policy: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) sts: StsEndpoint,
}

impl RoleSession {
    /// The parameters of the session, as a form: neither tokens nor policies are in the URL.
    pub(crate) fn encode(&self, context: &ProviderContext) -> Result<Wire, Error> {
        let role_arn = self.role_arn.clone().or_else(|| context.variable("ALIBABA_CLOUD_ROLE_ARN"));
        let role_arn = role_arn.filter(|arn| !arn.is_empty());
        let role_arn = role_arn.ok_or_else(|| Error::credentials("the ARN of the role is missing"))?;
        let duration = self.duration.unwrap_or(Duration::from_secs(3600));
        if duration < SHORTEST {
            return Err(Error::credentials(format!(
                "the session of a role lasts at least 900 seconds, not {}",
                duration.as_secs()
            )));
        }
        let name = self.name.clone().or_else(|| context.variable("ALIBABA_CLOUD_ROLE_SESSION_NAME"));
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let seconds = context.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            format!("credentials-rust-{seconds}")
        });
        let mut wire = Wire::new();
        wire.form("DurationSeconds", &(duration.as_secs().min(i64::MAX as u64) as i64));
        wire.form("ExternalId", &self.external_id);
        wire.form("Policy", &self.policy);
        wire.form("RoleArn", &role_arn);
        wire.form("RoleSessionName", &name);
        Ok(wire)
    }
}
