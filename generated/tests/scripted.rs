//! What `docs/testing.md` shows: a unit test with a script, and one with the emulator.

use alicloud::dms_enterprise::Client;
use alicloud::testing::{Reply, Script};
use alicloud::{Config, Credentials, Error, SensitiveString};
use alicloud_emulator::Emulator;

/// What is to be tested: where the export of a ticket is, if it is ready.
async fn export_link(dms: &Client, ticket: i64) -> Result<Option<SensitiveString>, Error> {
    let response = dms.get_data_export_download_url(ticket).await?;
    let result = response.download_url_result.filter(|result| result.has_result == Some(true));
    Ok(result.map(|result| result.url))
}

#[tokio::test]
async fn an_export_that_is_not_ready_has_no_link() -> Result<(), Error> {
    let script = Script::new();
    script.reply("GetDataExportDownloadURL", Reply::status(429).header("x-acs-retry-after", "500"));
    script.reply("GetDataExportDownloadURL", r#"{"Success": true, "DownloadURLResult": {"HasResult": false}}"#);

    let dms = Client::new(&script.config().build()?)?;
    assert!(export_link(&dms, 546).await?.is_none());

    let sent = script.sent();
    assert_eq!(sent.len(), 2, "it was throttled once");
    assert_eq!(sent[1].parameter("OrderId").as_deref(), Some("546"));
    script.verify().expect("nothing else was asked for");
    Ok(())
}

#[tokio::test]
async fn a_finished_export_has_a_link() -> Result<(), Error> {
    let emulator = Emulator::builder().specs("../specs").start().await.expect("the emulator starts");
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()?;

    let dms = Client::new(&config)?;
    assert!(export_link(&dms, 546).await?.is_some());
    Ok(())
}

/// The page shows exactly this file's functions, so that it cannot go stale.
#[test]
fn the_page_shows_what_is_tested() {
    let (page, tests) = (include_str!("../../docs/testing.md"), include_str!("scripted.rs"));
    let blocks: Vec<&str> = page
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block.trim())
        .collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        assert!(tests.contains(block), "not in this file:\n{block}");
    }
}
