//! Fetches a backup set of RDS or PolarDB as CSV, with DBS: `advanced_download REGION INSTANCE SET FILE`.
//!
//! Credentials come from the default chain; `ALICLOUD_ENDPOINT` leads to the emulator.

mod support;

use alicloud::dbs::Client;
use alicloud::dbs::create_download::{BakSetType, FormatType};
use alicloud_workflows::FetchAdvancedDownload;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [region, instance, set, file] = support::arguments("REGION INSTANCE SET FILE")?;
    let client = Client::new(&support::config()?)?;
    let request = client.create_download(region, instance);
    let request = request.bak_set_type(BakSetType::Full).bak_set_id(set).format_type(FormatType::Csv);
    let fetch = FetchAdvancedDownload::new(&client, request).into_file(file);
    support::finish(fetch.on_step(support::print).run().await)
}
