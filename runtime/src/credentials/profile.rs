//! One profile of the command line tool, by its mode.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::role_session::RoleSession;
use super::sts::StsEndpoint;
use super::wiped::{field, number, text};
use super::{Credentials, CredentialsUri, EcsRole, OidcRole, Provided, ProviderContext, RoleByArn};
use super::{cli, cloud_sso, external, oauth};
use crate::error::Error;
use crate::line::shorten;

/// A variable of the tool that forbids what runs or fetches at the word of the file.
const NO_EXTERNAL: &str = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";

/// One profile of the file.
#[derive(Clone, Copy)]
pub(crate) struct Profile<'a> {
    pub(crate) all: &'a Value,
    pub(crate) path: &'a Path,
    pub(crate) name: &'a str,
    pub(crate) fields: &'a Value,
    pub(crate) allow_external: bool,
}

impl<'a> Profile<'a> {
    /// What the profile comes to. `way` are the names of the profiles that led here.
    pub(crate) fn credentials<'f>(self, context: &'f ProviderContext, way: &'f mut Vec<String>) -> Provided<'f>
    where
        'a: 'f,
    {
        Box::pin(self.of_mode(context, way))
    }

    async fn of_mode(self, context: &ProviderContext, way: &mut Vec<String>) -> Result<Credentials, Error> {
        let mode = self.required("mode")?;
        // The tool itself does not mind the case.
        match mode.to_ascii_lowercase().as_str() {
            "ak" => self.access_key(),
            "ststoken" => Ok(Credentials::sts(
                self.required("access_key_id")?,
                self.required("access_key_secret")?,
                self.required("sts_token")?,
            )),
            "ramrolearn" => {
                let source = match self.value("sts_token") {
                    Some(token) => {
                        Credentials::sts(self.required("access_key_id")?, self.required("access_key_secret")?, token)
                    }
                    None => self.access_key()?,
                };
                self.assume(source, context).await
            }
            "chainableramrolearn" => {
                let source = self.source(way)?.credentials(context, way).await?;
                self.assume(source, context).await
            }
            "ecsramrole" => {
                let role = match self.value("ram_role_name") {
                    Some(name) => EcsRole::new().role_name(name),
                    None => EcsRole::new(),
                };
                Credentials::from(role).resolve(context).await
            }
            "oidc" => {
                let token_file = PathBuf::from(self.required("oidc_token_file")?);
                let provider_arn = self.required("oidc_provider_arn")?.to_owned();
                let role = OidcRole::of(Some(provider_arn), Some(token_file), self.session()?);
                Credentials::from(role).resolve(context).await
            }
            "credentialsuri" => {
                self.check_allowed(context)?;
                Credentials::from(CredentialsUri::new(self.required("credentials_uri")?)).resolve(context).await
            }
            "cloudsso" => cloud_sso::exchange(self, context).await,
            "oauth" => oauth::exchange(self, context).await,
            "external" => {
                self.check_allowed(context)?;
                if !self.allow_external {
                    return Err(self.wrong("starts a program, which `CliProfile::allow_external` has to allow"));
                }
                external::run(self.required("process_command")?, context).await
            }
            _ => Err(self.wrong(&format!("has the mode {}, which is not supported", shorten(mode, 80)))),
        }
    }

    /// The text of a field; nothing if it is empty.
    pub(crate) fn value(self, name: &str) -> Option<&'a str> {
        text(self.fields, name)
    }

    pub(crate) fn required(self, name: &str) -> Result<&'a str, Error> {
        self.value(name).ok_or_else(|| self.wrong(&format!("has no {name}")))
    }

    /// The number of a field.
    pub(crate) fn number(self, name: &str) -> Option<u64> {
        number(self.fields, name)
    }

    /// An error about this profile.
    pub(crate) fn wrong(self, what: &str) -> Error {
        Error::credentials(format!("the profile {} of {} {what}", shorten(self.name, 80), self.path.display()))
    }

    fn access_key(self) -> Result<Credentials, Error> {
        Ok(Credentials::access_key(self.required("access_key_id")?, self.required("access_key_secret")?))
    }

    async fn assume(self, source: Credentials, context: &ProviderContext) -> Result<Credentials, Error> {
        Credentials::from(RoleByArn::of(source, self.session()?)).resolve(context).await
    }

    fn session(self) -> Result<RoleSession, Error> {
        let owned = |name: &str| self.value(name).map(str::to_owned);
        Ok(RoleSession {
            role_arn: Some(self.required("ram_role_arn")?.to_owned()),
            name: owned("ram_session_name").or_else(|| owned("role_session_name")),
            duration: self.number("expired_seconds").filter(|seconds| *seconds > 0).map(Duration::from_secs),
            policy: owned("policy"),
            external_id: owned("external_id"),
            sts: StsEndpoint {
                endpoint: owned("sts_endpoint"),
                region: owned("sts_region"),
                vpc: field(self.fields, "enable_vpc").and_then(Value::as_bool),
            },
        })
    }

    /// The profile that this one builds upon, if that does not lead back here.
    fn source(self, way: &mut Vec<String>) -> Result<Self, Error> {
        let name = self.required("source_profile")?;
        way.push(self.name.to_owned());
        if way.iter().any(|seen| seen == name) {
            let circle: Vec<String> =
                way.iter().map(String::as_str).chain([name]).map(|name| shorten(name, 80)).collect();
            return Err(self.wrong(&format!("is built upon itself: {}", circle.join(", "))));
        }
        let fields = cli::find(self.all, name, self.path)?;
        Ok(Self { name, fields, ..self })
    }

    fn check_allowed(self, context: &ProviderContext) -> Result<(), Error> {
        if context.is_set(NO_EXTERNAL) {
            return Err(self.wrong(&format!("must not be used: {NO_EXTERNAL} forbids it")));
        }
        Ok(())
    }
}
