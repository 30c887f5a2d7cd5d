//! The first of several places that has credentials.

use std::fmt::{self, Debug, Formatter};
use std::sync::OnceLock;

use super::{
    CliProfile, Credentials, CredentialsUri, EcsRole, EnvironmentKeys, IniProfile, OidcRole, ProvideCredentials,
    Provided, ProviderContext,
};
use crate::error::{Error, ErrorKind};

/// The first of these that has credentials, in the order of the official SDKs:
///
/// 1. the environment ([`EnvironmentKeys`]),
/// 2. the role of a Kubernetes pod ([`OidcRole`]),
/// 3. the configuration of the command line tool ([`CliProfile`]), unless `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true`,
/// 4. the shared file of credentials ([`IniProfile`]),
/// 5. the role of the ECS instance ([`EcsRole`]), unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED=true`,
/// 6. the credentials URI ([`CredentialsUri`]).
///
/// The one that had some is remembered, and nobody else is asked afterwards. If none has any, the error says why for
/// each.
pub struct DefaultChain {
    members: [(Box<dyn ProvideCredentials>, Option<&'static str>); 6],
    /// Which one had credentials.
    found: OnceLock<usize>,
}

impl DefaultChain {
    /// The chain, which has asked nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            members: [
                (Box::new(EnvironmentKeys), None),
                (Box::new(OidcRole::new()), None),
                (Box::new(CliProfile::new()), Some("ALIBABA_CLOUD_CLI_PROFILE_DISABLED")),
                (Box::new(IniProfile::new()), None),
                (Box::new(EcsRole::in_chain()), Some("ALIBABA_CLOUD_ECS_METADATA_DISABLED")),
                (Box::new(CredentialsUri::from_environment()), None),
            ],
            found: OnceLock::new(),
        }
    }

    async fn ask(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        if let Some((provider, _)) = self.found.get().and_then(|place| self.members.get(*place)) {
            return provider.provide(context).await.map(|credentials| credentials.by_way_of("default"));
        }
        let mut reasons = Vec::new();
        for (place, (provider, switch)) in self.members.iter().enumerate() {
            let outcome = match switch.filter(|switch| context.is_set(switch)) {
                Some(switch) => Err(Error::credentials(format!("disabled by {switch}"))),
                None => provider.provide(context).await,
            };
            match outcome {
                Ok(credentials) => {
                    self.found.get_or_init(|| place);
                    return Ok(credentials.by_way_of("default"));
                }
                Err(error) if error.kind() == ErrorKind::Credentials => {
                    reasons.push(format!("{}: {}", provider.name(), error.message()));
                }
                Err(error) => reasons.push(format!("{}: {error}", provider.name())),
            }
        }
        Err(Error::credentials(format!("no credentials were found ({})", reasons.join("; "))))
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.ask(context))
    }

    fn name(&self) -> &str {
        "default"
    }
}

impl Default for DefaultChain {
    fn default() -> Self {
        Self::new()
    }
}

impl Debug for DefaultChain {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let found = self.found.get().and_then(|place| self.members.get(*place)).map(|(provider, _)| provider.name());
        f.debug_struct("DefaultChain").field("found", &found).finish_non_exhaustive()
    }
}
