//! Credentials made ready to be put on requests.

use http::HeaderValue;

use crate::credentials::{Credentials, Kind};
use crate::error::Error;
use crate::operation::{Authentication, Operation};
use crate::sign::Algorithm;
use crate::signer::Signer;

/// What is put on a request to say who calls.
pub(crate) enum Identity {
    /// Signed with an access key.
    Signed {
        signer: Box<Signer>,
        /// Where the key came from, for the service to see.
        provider: &'static str,
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
}

impl Identities {
    /// Who calls this operation now.
    pub(crate) async fn current(&self, operation: &Operation) -> Result<&Identity, Error> {
        match self {
            _ if operation.authentication == Authentication::Anonymous => Ok(&Identity::Anonymous),
            Self::Fixed(identity) => Ok(identity),
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
                Self::Signed { signer: signer(id, secret), provider: "static_ak", session: None }
            }
            Kind::Sts { id, secret, token } => {
                check_key(id, secret)?;
                let session = Some((header("access key id", id)?, secret_header("security token", token)?));
                Self::Signed { signer: signer(id, secret), provider: "static_sts", session }
            }
            Kind::Bearer { token } => Self::Bearer(secret_header("bearer token", token)?),
            Kind::Anonymous => Self::Anonymous,
        })
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
