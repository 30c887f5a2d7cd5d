//! Fetches a backup set of OceanBase: `backup_set INSTANCE SET FILE`. The link works only from inside Alibaba Cloud.
//!
//! Credentials come from the default chain; `ALICLOUD_ENDPOINT` leads to the emulator.

mod support;

use alicloud::oceanbasepro::Client;
use alicloud_workflows::FetchBackupSet;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [instance, set, file] = support::arguments("INSTANCE SET FILE")?;
    let client = Client::new(&support::config()?)?;
    let fetch = FetchBackupSet::new(&client, instance, set).into_file(file);
    support::finish(fetch.on_step(support::print).run().await)
}
