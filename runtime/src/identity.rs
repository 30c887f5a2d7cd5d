//! Credentials made ready to be put on requests.

mod cache;

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use http::HeaderValue;

use crate::credentials::{Credentials, Kind, ProviderContext};
use crate::error::Error;
use crate::operation::{Authentication, Operation};
use crate::sign::Algorithm;
use crate::signer::Signer;
use cache::{Cache, Kept};

/// What is put on a request to say who calls.
pub(crate) enum Identity {
    /// Signed with an access key.
    Signed {
        signer: Box<Signer>,
        /// Where the key came from, for the service to see.
        provider: HeaderValue,
        /// The id and the token of a temporary key.
        session: Option<(HeaderValue, HeaderValue)>,
    },
    /// Not signed; the token is sent.
    Bearer(HeaderValue),
    /// Not signed.
    Anonymous,
}

/// Where the identity of a call comes from.
pub(crate) enum Identities {
    /// There are no credentials: only operations that everybody may call can be called.
    Missing,
    /// Credentials that never change, made ready once.
    Fixed(Identity),
    /// Credentials that are asked for, and kept for a while.
    Provided(Box<Cache>),
}

/// The identity of a call, as long as that takes.
pub(crate) enum Current<'a> {
    /// One that never changes.
    Fixed(&'a Identity),
    /// One that may be replaced while the call goes on.
    Kept(Arc<Kept>),
}

impl Deref for Current<'_> {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        match self {
            Self::Fixed(identity) => identity,
            Self::Kept(kept) => &kept.identity,
        }
    }
}

impl Identities {
    /// Checks credentials that do not change; those that are asked for are asked for later, with a `context`.
    pub(crate) fn new(
        credentials: Option<&Credentials>,
        algorithm: Algorithm,
        context: impl FnOnce() -> ProviderContext,
    ) -> Result<Self, Error> {
        Ok(match credentials {
            None => Self::Missing,
            Some(credentials) if matches!(credentials.kind(), Kind::Provider(_)) => {
                Self::Provided(Box::new(Cache::new(credentials.clone(), context(), algorithm)))
            }
            Some(credentials) => Self::Fixed(Identity::new(credentials, algorithm)?),
        })
    }

    /// Who calls this operation now.
    pub(crate) async fn current(&self, operation: &Operation) -> Result<Current<'_>, Error> {
        let current = self.anybody(operation).await?;
        if operation.authentication == Authentication::Bearer && !matches!(*current, Identity::Bearer(_)) {
            return Err(Error::invalid_request(
                "it can be called with a bearer token only: `Credentials::bearer(…)` makes credentials of one",
            ));
        }
        Ok(current)
    }

    async fn anybody(&self, operation: &Operation) -> Result<Current<'_>, Error> {
        match self {
            _ if operation.authentication == Authentication::Anonymous => Ok(Current::Fixed(&Identity::Anonymous)),
            Self::Fixed(identity) => Ok(Current::Fixed(identity)),
            Self::Provided(cache) => match cache.fresh() {
                Some(kept) => Ok(Current::Kept(kept)),
                // Boxed, so that calls with credentials that do not change carry nothing of it.
                None => Box::pin(cache.refreshed()).await.map(Current::Kept),
            },
            Self::Missing => Err(Error::invalid_configuration(
                "there are no credentials; `Config::builder().credentials(…)` sets them",
            )),
        }
    }
}

impl Identity {
    /// Checks the credentials and computes what every request needs of them.
    pub(crate) fn new(credentials: &Credentials, algorithm: Algorithm) -> Result<Self, Error> {
        let signer = |id: &str, secret: &str| Box::new(Signer::new(algorithm, id, secret));
        Ok(match credentials.kind() {
            Kind::AccessKey { id, secret } => {
                check_key(id, secret)?;
                Self::Signed { signer: signer(id, secret), provider: provider(credentials)?, session: None }
            }
            Kind::Sts { id, secret, token } => {
                check_key(id, secret)?;
                let session = Some((header("access key id", id)?, secret_header("security token", token)?));
                Self::Signed { signer: signer(id, secret), provider: provider(credentials)?, session }
            }
            Kind::Bearer { token } => Self::Bearer(secret_header("bearer token", token)?),
            Kind::Anonymous => Self::Anonymous,
            Kind::Provider(_) => return Err(Error::credentials("the provider has not been asked")),
        })
    }
}

fn provider(credentials: &Credentials) -> Result<HeaderValue, Error> {
    match credentials.provider_name() {
        Cow::Borrowed(name) => Ok(HeaderValue::from_static(name)),
        Cow::Owned(name) => header("name of the provider", name),
    }
}

fn check_key(id: &str, secret: &str) -> Result<(), Error> {
    header("access key id", id)?;
    if secret.trim().is_empty() {
        return Err(Error::invalid_configuration("the access key secret is empty"));
    }
    Ok(())
}

fn secret_header(name: &str, text: &str) -> Result<HeaderValue, Error> {
    let mut value = header(name, text)?;
    value.set_sensitive(true);
    Ok(value)
}

fn header(name: &str, text: &str) -> Result<HeaderValue, Error> {
    if text.is_empty() {
        return Err(Error::invalid_configuration(format!("the {name} is empty")));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid_configuration(format!("the {name} has a space or a character outside ASCII")));
    }
    HeaderValue::from_str(text).map_err(|_| Error::invalid_configuration(format!("the {name} cannot be a header")))
}
