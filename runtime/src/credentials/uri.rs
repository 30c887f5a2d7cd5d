//! Credentials that a local service hands out.

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use url::Url;
use zeroize::Zeroizing;

use super::context::Plain;
use super::wiped::{Wiped, text};
use super::{Credentials, ProvideCredentials, Provided, ProviderContext, session};
use crate::error::Error;
use crate::line::shorten;

/// How long the service may take: 5 seconds to connect and 10 to answer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Credentials from a URI, which answers a GET with JSON.
#[derive(Clone, Default)]
pub struct CredentialsUri {
    /// It may have a secret in its query.
    uri: Option<Zeroizing<String>>,
}

impl CredentialsUri {
    /// Credentials from `uri`.
    #[must_use]
    pub fn new(uri: impl Into<String>) -> Self {
        Self { uri: Some(Zeroizing::new(uri.into())) }
    }

    /// Credentials from the URI that `ALIBABA_CLOUD_CREDENTIALS_URI` names.
    #[must_use]
    pub fn from_environment() -> Self {
        Self::default()
    }

    async fn fetch(&self, context: &ProviderContext) -> Result<Credentials, Error> {
        const NAME: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
        let uri = self.uri.clone().or_else(|| context.variable(NAME).map(Zeroizing::new));
        let uri = uri.ok_or_else(|| Error::credentials(format!("{NAME} is not set in the environment")))?;
        let url = Url::parse(&uri).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url = url.ok_or_else(|| Error::credentials("the credentials URI is not an http or https URL"))?;
        let plain = Plain { method: Method::GET, url: &url, headers: &[], body: Bytes::new(), timeout: TIMEOUT };
        let answer = context.ask(plain).await;
        let answer =
            answer.map_err(|error| Error::credentials(format!("the credentials URI cannot be reached: {error}")))?;
        if answer.status != StatusCode::OK {
            return Err(Error::credentials(format!("the credentials URI refused: HTTP {}", answer.status.as_u16())));
        }
        let document = Wiped::parse(&answer.body)
            .map_err(|why| Error::credentials(format!("the answer of the credentials URI is {why}")))?;
        // Some services say nothing where all is well.
        if let Some(code) = text(document.root(), "Code").filter(|code| *code != "Success") {
            return Err(Error::credentials(format!("the credentials URI refused: Code is {}", shorten(code, 80))));
        }
        Ok(session::read(document.root(), "the credentials URI")?.named("credential_uri"))
    }
}

impl ProvideCredentials for CredentialsUri {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(self.fetch(context))
    }

    fn name(&self) -> &str {
        "credential_uri"
    }
}

impl Debug for CredentialsUri {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsUri").finish_non_exhaustive()
    }
}
