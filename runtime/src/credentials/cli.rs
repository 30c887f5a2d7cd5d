//! The configuration of the command line tool, `~/.aliyun/config.json`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::profile::Profile;
use super::wiped::{Wiped, text};
use super::{Credentials, ProvideCredentials, Provided, ProviderContext, file};
use crate::error::Error;
use crate::line::shorten;

/// Credentials from a profile of the command line tool: `~/.aliyun/config.json`.
///
/// The modes `AK`, `StsToken`, `RamRoleArn`, `EcsRamRole`, `ChainableRamRoleArn`, `OIDC` and `CredentialsURI` are
/// understood; `CloudSSO` and `OAuth` as long as the tokens that are stored there are valid; and `External` if it is
/// allowed. The file is only read, never written.
#[derive(Clone, Debug, Default)]
pub struct CliProfile {
    path: Option<PathBuf>,
    profile: Option<String>,
    allow_external: bool,
}

impl CliProfile {
    /// The profile that `ALIBABA_CLOUD_PROFILE` names, else the current one, of the file that
    /// `ALIBABA_CLOUD_CONFIG_FILE` names, else of the usual one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The file.
    #[must_use]
    pub fn path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The name of the profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Whether a profile of mode `External` may start the program that it names. Not by default: whoever can write
    /// the file could run anything. It needs the feature `external`.
    #[must_use]
    pub fn allow_external(mut self, allow: bool) -> Self {
        self.allow_external = allow;
        self
    }

    async fn read(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        let given = self.path.clone().or_else(|| context.variable("ALIBABA_CLOUD_CONFIG_FILE").map(PathBuf::from));
        let path = given.or_else(|| context.in_home(".aliyun/config.json"));
        let path = path.ok_or_else(|| Error::credentials("the home of the user is not known: HOME is not set"))?;
        let document = Wiped::parse(&file::read(&path).await?)
            .map_err(|why| Error::credentials(format!("{} is {why}", path.display())))?;
        let root = document.root();
        let name = self.profile.clone().or_else(|| context.variable("ALIBABA_CLOUD_PROFILE"));
        let name = name.or_else(|| text(root, "current").map(str::to_owned)).unwrap_or_else(|| "default".to_owned());
        let found = find(root, &name, &path)?;
        let profile =
            Profile { all: root, path: &path, name: &name, fields: found, allow_external: self.allow_external };
        let credentials = profile.credentials(context, &mut Vec::new()).await?;
        Ok(credentials.by_way_of("cli_profile"))
    }
}

/// The fields of a profile.
pub(crate) fn find<'a>(root: &'a Value, name: &str, path: &Path) -> Result<&'a Value, Error> {
    let profiles = root.get("profiles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let found = profiles.iter().find(|profile| text(profile, "name") == Some(name));
    found.ok_or_else(|| Error::credentials(format!("{} has no profile {}", path.display(), shorten(name, 80))))
}

impl ProvideCredentials for CliProfile {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.read(context))
    }

    fn name(&self) -> &str {
        "cli_profile"
    }
}
