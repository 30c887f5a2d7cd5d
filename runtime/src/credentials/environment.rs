//! The variables of the environment, and the credentials among them.

use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use super::{Credentials, ProvideCredentials, Provided, ProviderContext};
use crate::error::Error;

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Where variables are looked up, at the time that they are needed. Cheap to clone; prints no variable.
#[derive(Clone)]
pub struct Environment {
    lookup: Arc<Lookup>,
}

impl Environment {
    /// The environment of the process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }

    /// Variables from wherever `lookup` finds them.
    #[must_use]
    pub fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { lookup: Arc::new(lookup) }
    }

    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        (self.lookup)(name)
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::of_process()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    /// These variables and no others.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables: HashMap<String, String> =
            variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self::new(move |name| variables.get(name).cloned())
    }
}

impl Debug for Environment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

/// Credentials from `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary ones,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`. An empty variable is one that is not set.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvironmentKeys;

impl EnvironmentKeys {
    fn read(context: &ProviderContext) -> Result<Credentials, Error> {
        let required = |name: &str| {
            context.variable(name).ok_or_else(|| Error::credentials(format!("{name} is not set in the environment")))
        };
        let id = required("ALIBABA_CLOUD_ACCESS_KEY_ID")?;
        let secret = required("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?;
        let credentials = match context.variable("ALIBABA_CLOUD_SECURITY_TOKEN") {
            Some(token) => Credentials::sts(id, secret, token),
            None => Credentials::access_key(id, secret),
        };
        Ok(credentials.named("env"))
    }
}

impl ProvideCredentials for EnvironmentKeys {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(std::future::ready(Self::read(context)))
    }

    fn name(&self) -> &str {
        "env"
    }
}
