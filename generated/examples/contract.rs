//! What a downstream crate writes. Usage: <endpoint> <directory>
//! Runs the five documented operations against `<endpoint>` and prints a line for each.

use std::{path::PathBuf, time::Duration};

use alicloud::{Config, Credentials, Error, dbs, dms_enterprise as dms, oceanbasepro as oceanbase};
use dms::query_data_track_result_download_status::DownloadStatus;
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let endpoint = args.next().expect("an endpoint, such as http://127.0.0.1:8787");
    let directory = PathBuf::from(args.next().expect("a directory for the downloads"));

    // One configuration: one connection pool and one credential cache for every client.
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(&endpoint)
        .build()?;
    let dms = dms::Client::new(&config)?;
    let oceanbase = oceanbase::Client::new(&config)?;
    let dbs = dbs::Client::new(&config)?;

    // What the operation requires are arguments, what it allows is chained, and then it is awaited.
    let detail = dms.get_data_export_order_detail(546).tid(3).await?;
    let key = detail.data_export_order_detail.and_then(|detail| detail.key_info);
    println!("ticket: {:?}", key.and_then(|key| key.job_status));

    // Wait until the export has finished. One that fails is an error that names its state.
    let finished = dms.get_data_export_order_detail(546).until_finished().time_limit(Duration::from_secs(60)).await?;
    println!("finished: {}", finished.request_id);

    // Options of this one call, and what the transport knows about the reply.
    let reply = dms
        .get_data_export_download_url(546)
        .with(|options| options.timeout(Duration::from_secs(5)))
        .with_metadata()
        .await?;
    println!(
        "link: request {} after {} attempt(s)",
        reply.metadata().request_id().unwrap_or("-"),
        reply.metadata().attempts()
    );
    assert!(reply.into_inner().download_url_result.is_some_and(|result| !result.url.is_empty()));

    // The same operation, all the way to a verified file. The link is renewed when it expires.
    let file = dms.get_data_export_download_url(546).download(directory.join("export.zip")).await?;
    println!("export: {} bytes", file.bytes());

    // A request is a value: it can be kept, looked at, changed and sent again.
    let request = dms.query_data_track_result_download_status(11, "e23dd7ec").tid(1);
    assert_eq!((request.order_id, request.tid), (11, Some(1)));
    match request.clone().await?.status_result.and_then(|status| status.download_status) {
        Some(DownloadStatus::DownloadSuccess) => println!("tracking: ready"),
        Some(other) => println!("tracking: {other}"),
        None => println!("tracking: no state"),
    }

    let link = oceanbase.describe_backup_set_download_link("ob317v4uif", "1000002").await?;
    println!("oceanbase: {:?}", link.data.and_then(|data| data.download_task_id));

    // Every task of an instance, page after page, one at a time.
    let request = dbs.describe_download_task("cn-hangzhou").instance_name("rm-bp1imnmcjxdz7").page_size("10");
    let tasks: Vec<_> = request.items().try_collect().await?;
    println!("dbs: {} task(s)", tasks.len());

    // One of InstanceName and DatasourceId is needed: told before anything is sent.
    let error = dbs.describe_download_task("cn-hangzhou").await.unwrap_err();
    println!("refused: {error} [{}]", error.is_invalid_request());
    Ok(())
}
