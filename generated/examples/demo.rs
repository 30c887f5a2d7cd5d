//! A DMS export from ticket to file, against an emulator in the same program: no credentials, no network.

use std::time::{Duration, Instant};

use alicloud::{Config, Credentials, dms_enterprise as dms};
use alicloud_emulator::Emulator;

const TICKET: i64 = 546;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let emulator = Emulator::builder()
        .specs(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
        .files(true)
        .states(
            "GetDataExportOrderDetail",
            "finished",
            ["PRE_CHECKING", "WAITING_EXPORT", "DOING_EXPORT", "DOING_EXPORT", "EXPORT_SUCCESS"],
        )
        .start()
        .await?;
    println!("emulator: {}", emulator.url());

    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()?;
    let client = dms::Client::new(&config)?;

    let detail = client.get_data_export_order_detail(TICKET).await?;
    let detail = detail.data_export_order_detail.unwrap_or_default();
    let state = detail.key_info.and_then(|key| key.job_status).map(|state| state.to_string());
    let sql = detail.order_detail.map(|order| order.exe_sql).unwrap_or_default();
    println!("ticket:   {TICKET} exports `{sql}`, {}", state.as_deref().unwrap_or("in no state"));

    let waiting = client.get_data_export_order_detail(TICKET).until_finished();
    waiting.interval(Duration::from_millis(200)).time_limit(Duration::from_secs(30)).await?;
    let asked = emulator.requests();
    let details = asked.iter().filter(|request| request.operation.as_deref() == Some("GetDataExportOrderDetail"));
    println!("wait:     finished, after asking {} times", details.count() - 1);

    let reply = client.get_data_export_download_url(TICKET).with_metadata().await?;
    println!("link:     there, request {}", reply.metadata().request_id().unwrap_or("-"));

    let folder = tempfile::Builder::new().prefix("alicloud-demo-").tempdir()?.keep();
    let file = client.get_data_export_download_url(TICKET).download(folder.join("export.zip")).await?;
    println!("file:     {} bytes in {}", file.bytes(), file.path().display());

    let other = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "another-secret"))
        .endpoint(emulator.url())
        .build()?;
    if let Err(error) = dms::Client::new(&other)?.get_data_export_order_detail(TICKET).await {
        println!("refused:  with another secret, {error}");
    }
    println!("{:.1} s", begin.elapsed().as_secs_f64());
    Ok(())
}
