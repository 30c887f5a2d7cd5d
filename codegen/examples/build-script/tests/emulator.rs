//! What the build script generated, against the emulator: signed requests, typed replies, waiters.

use alicloud_emulator::Emulator;
use build_script_example::alicloud::{Config, Credentials, Error, dbs};
use build_script_example::exported;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../specs");

/// An emulator that answers the samples as they are, and a configuration for it.
async fn start() -> Result<(Emulator, Config), Error> {
    let emulator = Emulator::builder().specs(SPECS).start().await.expect("the emulator starts");
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()?;
    Ok((emulator, config))
}

#[tokio::test]
async fn a_waiter_asks_the_operation_that_came_with_it() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let link = exported(&config, 546).await?;
    assert!(link.starts_with("https://"), "the documented link");
    let asked: Vec<String> = emulator.requests().into_iter().filter_map(|request| request.operation).collect();
    assert_eq!(asked, ["GetDataExportOrderDetail", "GetDataExportDownloadURL"]);
    Ok(())
}

#[tokio::test]
async fn each_product_is_a_module() -> Result<(), Error> {
    let (_emulator, config) = start().await?;
    let reply =
        dbs::Client::new(&config)?.describe_download_task("cn-hangzhou").instance_name("rm-bp1imnmcjxdz7").await?;
    let data = reply.data.expect("the data is documented");
    assert_eq!(data.content.len(), 1);
    assert!(!data.content[0].task_id.is_empty());
    Ok(())
}
