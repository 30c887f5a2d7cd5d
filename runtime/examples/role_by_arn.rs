//! Calls with the credentials of a role: `role_by_arn ARN`, with an access key that may assume it in the environment.

use alicloud_runtime::{Config, EnvironmentKeys, Error, RoleByArn};

#[path = "credentials/identity.rs"]
mod identity;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let Some(arn) = std::env::args().nth(1) else {
        eprintln!("usage: role_by_arn ARN");
        std::process::exit(2);
    };
    // The session is opened by the first call, kept for all clients of the configuration, and renewed ahead of its end.
    let role = RoleByArn::new(EnvironmentKeys, arn).session_name("example").sts_region("cn-hangzhou");
    let config = Config::builder().credentials(role).build()?;
    println!("{}", identity::ask(&config).await?);
    Ok(())
}
