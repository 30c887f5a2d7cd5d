//! A crate that generates the operations it uses while it is built: see `build.rs`, and `tests/` for how they are called.

/// What `build.rs` generated.
pub mod alicloud {
    include!(concat!(env!("OUT_DIR"), "/alicloud.rs"));
}

use alicloud::{Config, Error, SensitiveString, dms_enterprise as dms};

/// Waits until the data of a ticket is exported, and asks for the link to it.
///
/// # Errors
///
/// When the export fails or somebody has to act, and when a call fails.
pub async fn exported(config: &Config, ticket: i64) -> Result<SensitiveString, Error> {
    let client = dms::Client::new(config)?;
    client.get_data_export_order_detail(ticket).until_finished().await?;
    let reply = client.get_data_export_download_url(ticket).await?;
    Ok(reply.download_url_result.unwrap_or_default().url)
}
