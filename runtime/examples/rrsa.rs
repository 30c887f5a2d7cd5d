//! Calls with the role of a Kubernetes pod (RRSA). It needs a pod whose service account has a role: the environment
//! then names the role, the identity provider and the file with the token.

use alicloud_runtime::{Config, Error, OidcRole};

#[path = "credentials/identity.rs"]
mod identity;

#[tokio::main]
async fn main() -> Result<(), Error> {
    // All of it comes from the environment; `Credentials::default_chain()` would find it too.
    let config = Config::builder().credentials(OidcRole::new().session_name("example")).build()?;
    println!("{}", identity::ask(&config).await?);
    Ok(())
}
