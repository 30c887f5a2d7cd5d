//! What somebody implements who has credentials of their own.

use std::future::Future;
use std::pin::Pin;

use super::{Credentials, ProviderContext};
use crate::error::Error;

/// Credentials that are on their way.
pub type Provided<'a> = Pin<Box<dyn Future<Output = Result<Credentials, Error>> + Send + 'a>>;

/// Provides credentials that are found out, or that change.
///
/// It is asked once for all who wait, and again ahead of the expiry that it names with [`Credentials::expires_at`];
/// so it keeps nothing itself.
///
/// ```
/// use alicloud_runtime::{Credentials, Error, ProvideCredentials, Provided, ProviderContext};
///
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide<'a>(&'a self, _: &'a ProviderContext) -> Provided<'a> {
///         Box::pin(async {
///             let secret = std::env::var("VAULT_SECRET").map_err(|error| Error::credentials(error.to_string()))?;
///             Ok(Credentials::access_key("LTAI5tExample", secret))
///         })
///     }
/// }
///
/// let credentials = Credentials::provider(Vault);
/// ```
pub trait ProvideCredentials: Send + Sync + 'static {
    /// The credentials as they are now: a key or a token, or others who are to be asked.
    ///
    /// # Errors
    ///
    /// [`Error::credentials`] when there are none.
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a>;

    /// What to call this provider where it is printed.
    fn name(&self) -> &str {
        "custom"
    }
}
