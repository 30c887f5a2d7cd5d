//! The shared file of credentials, `~/.alibabacloud/credentials`.

use std::path::{Path, PathBuf};

use configparser::ini::Ini;
use zeroize::Zeroize;

use super::role_session::RoleSession;
use super::{Credentials, EcsRole, OidcRole, ProvideCredentials, Provided, ProviderContext, RoleByArn, file};
use crate::error::Error;
use crate::line::shorten;

/// Where the file is looked for: the SDKs do not agree.
const PLACES: [&str; 2] = [".alibabacloud/credentials", ".alibabacloud/credentials.ini"];

/// Credentials from the INI file that the SDKs share: `~/.alibabacloud/credentials`, else the same with `.ini`.
///
/// The types `access_key`, `ecs_ram_role`, `ram_role_arn` and `oidc_role_arn` are understood. A `#` or `;` inside of a
/// line belongs to the value: comments have lines of their own.
#[derive(Clone, Debug, Default)]
pub struct IniProfile {
    path: Option<PathBuf>,
    profile: Option<String>,
}

impl IniProfile {
    /// The profile that `ALIBABA_CLOUD_PROFILE` names, else `default`, of the file that
    /// `ALIBABA_CLOUD_CREDENTIALS_FILE` names, else of the first of the usual ones.
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

    /// The name of the profile: a section of the file.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    async fn read(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        let path = self.find(context)?;
        let name = self.profile.clone().or_else(|| context.variable("ALIBABA_CLOUD_PROFILE"));
        let name = name.unwrap_or_else(|| "default".to_owned());
        let text = file::read(&path).await?;
        let section = Section::read(&text, &name, &path)?;
        let credentials = section.credentials().map_err(|error| {
            let place = format!("the profile {} of {}", shorten(&name, 80), path.display());
            Error::credentials(format!("{place} {}", error.message()))
        })?;
        Ok(credentials.resolve(context).await?.by_way_of("profile"))
    }

    fn find(&self, context: &ProviderContext) -> Result<PathBuf, Error> {
        let given = self.path.clone().or_else(|| context.variable("ALIBABA_CLOUD_CREDENTIALS_FILE").map(PathBuf::from));
        if let Some(path) = given {
            return Ok(path);
        }
        let places = PLACES.map(|place| context.in_home(place));
        let [Some(first), Some(second)] = places else {
            return Err(Error::credentials("the home of the user is not known: HOME is not set"));
        };
        if !first.is_file() && second.is_file() {
            return Ok(second);
        }
        if !first.is_file() {
            return Err(Error::credentials(format!("there is neither {} nor {}", first.display(), second.display())));
        }
        Ok(first)
    }
}

/// One profile. Its values are wiped when it is dropped.
struct Section {
    values: Vec<(String, Option<String>)>,
}

impl Section {
    fn read(text: &str, name: &str, path: &Path) -> Result<Self, Error> {
        let mut ini = Ini::new_cs();
        // A secret may hold what others take for the start of a comment.
        ini.set_inline_comment_symbols(Some(&[]));
        let parsed = ini.read(text.trim_start_matches('\u{feff}').to_owned());
        let mut found = None;
        for (section, values) in std::mem::take(ini.get_mut_map()) {
            let section_values = Self { values: values.into_iter().collect() };
            if section == name {
                found = Some(section_values);
            }
        }
        // What the parser says may quote the line.
        parsed.map_err(|_| Error::credentials(format!("{} is not an INI file", path.display())))?;
        found.ok_or_else(|| Error::credentials(format!("{} has no profile {}", path.display(), shorten(name, 80))))
    }

    fn value(&self, key: &str) -> Option<String> {
        let found = self.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.and_then(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    fn required(&self, key: &str) -> Result<String, Error> {
        self.value(key).ok_or_else(|| Error::credentials(format!("has no {key}")))
    }

    fn credentials(&self) -> Result<Credentials, Error> {
        let access_key =
            || Ok(Credentials::access_key(self.required("access_key_id")?, self.required("access_key_secret")?));
        match self.required("type")?.as_str() {
            "access_key" => access_key(),
            "ecs_ram_role" => Ok(match self.value("role_name") {
                Some(role) => EcsRole::new().role_name(role),
                None => EcsRole::new(),
            }
            .into()),
            "ram_role_arn" => Ok(RoleByArn::of(access_key()?, self.session()?).into()),
            "oidc_role_arn" => {
                let token_file = PathBuf::from(self.required("oidc_token_file_path")?);
                Ok(OidcRole::of(Some(self.required("oidc_provider_arn")?), Some(token_file), self.session()?).into())
            }
            other => Err(Error::credentials(format!("has the type {}, which is not supported", shorten(other, 80)))),
        }
    }

    fn session(&self) -> Result<RoleSession, Error> {
        Ok(RoleSession {
            role_arn: Some(self.required("role_arn")?),
            name: self.value("role_session_name"),
            policy: self.value("policy"),
            ..RoleSession::default()
        })
    }
}

impl Drop for Section {
    fn drop(&mut self) {
        self.values.iter_mut().filter_map(|(_, value)| value.as_mut()).for_each(Zeroize::zeroize);
    }
}

impl ProvideCredentials for IniProfile {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.read(context))
    }

    fn name(&self) -> &str {
        "profile"
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn takes_any_secret_whole(secret in "[!-~]([ -~]{0,40}[!-~])?") {
            let text = format!("[p]\naccess_key_secret = {secret}\n[q]\naccess_key_secret=other\n");
            let section = Section::read(&text, "p", Path::new("file")).unwrap();
            prop_assert_eq!(section.value("access_key_secret"), Some(secret));
        }

        #[test]
        fn reads_any_text_without_a_panic(text in "(\\PC|[\\[\\]=:#;\"\\r\\n\\t]){0,60}") {
            let outcome = Section::read(&text, "p", Path::new("file")).map(|section| section.credentials().is_ok());
            prop_assert!(!matches!(outcome, Ok(true)));
        }
    }
}
