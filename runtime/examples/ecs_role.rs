//! Calls with the role of an ECS instance. It needs an instance that has one.

use alicloud_runtime::{Config, EcsRole, Error};

#[path = "credentials/identity.rs"]
mod identity;

#[tokio::main]
async fn main() -> Result<(), Error> {
    // Without `.role_name(…)` the metadata service is asked for the name. Version 1 of the service is switched off.
    let config = Config::builder().credentials(EcsRole::new().disable_imds_v1(true)).build()?;
    println!("{}", identity::ask(&config).await?);
    Ok(())
}
