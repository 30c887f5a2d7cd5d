//! Workflows that go on with what another run has begun.

mod support;

use std::time::Duration;

use alicloud_workflows::{ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges};
use support::{Scene, changes, query};

#[tokio::test]
async fn export_from_its_ticket() {
    let scene = Scene::new().await;
    let export = scene.quick(ExportQuery::new(&scene.dms(), query(), "a test"));
    let error = export.time_limit(Duration::from_millis(50)).run().await.unwrap_err();
    let export = ExportQuery::resume(&scene.dms(), error.ticket().unwrap()).approve(true);
    let done = scene.quick(export).run().await.unwrap();
    assert_eq!(done.ticket(), error.ticket());
    // A third run finds it exported.
    scene.quick(ExportQuery::resume(&scene.dms(), 1001)).run().await.unwrap();
    scene.assert_file();
    assert_eq!(scene.emulator.created("CreateDataExportOrder"), 1);
}

#[tokio::test]
async fn export_from_its_marker() {
    let scene = Scene::new().await;
    let export = || ExportQuery::new(&scene.dms(), query(), "a test").approve(true).marker("job-7");
    let first = scene.quick(export()).run().await.unwrap();
    let second = scene.quick(export()).run().await.unwrap();
    assert_eq!(first.ticket(), second.ticket());
    let other = scene.quick(export().marker("job-77")).run().await.unwrap();
    assert_ne!(first.ticket(), other.ticket());
    assert_eq!(scene.emulator.created("CreateDataExportOrder"), 2);
}

#[tokio::test]
async fn tracked_changes_from_ticket_and_key() {
    let scene =
        Scene::with(|builder| builder.outcome("DownloadDataTrackResult", alicloud_emulator::Outcome::Succeeds)).await;
    let client = scene.dms();
    scene.fault(alicloud_emulator::Fault::new("QueryDataTrackResultDownloadStatus").status(400));
    let fetch = FetchTrackedChanges::new(&client, changes(), "a test");
    let error = scene.quick(fetch).run().await.unwrap_err();
    let (ticket, key) = (error.ticket().unwrap(), error.key().unwrap());
    assert!(error.to_string().ends_with(&format!("resume from ticket {ticket} and key {key}")), "{error}");
    let fetch = FetchTrackedChanges::resume(&client, ticket).key(key);
    assert_eq!(scene.quick(fetch).run().await.unwrap().ticket(), Some(ticket));
    scene.assert_file();
    assert_eq!(scene.emulator.created("DownloadDataTrackResult"), 1);
    // Without the key, another file of the same ticket is ordered.
    scene.quick(FetchTrackedChanges::resume(&client, ticket)).run().await.unwrap();
    assert_eq!(scene.emulator.created("DownloadDataTrackResult"), 2);
    assert_eq!(scene.emulator.created("CreateDataTrackOrder"), 1);
}

#[tokio::test]
async fn backup_set_from_its_task() {
    let scene = Scene::new().await;
    let client = scene.oceanbase();
    client.create_backup_set_download_link("ob1", "bak-2").await.unwrap();
    let done = scene.quick(FetchBackupSet::resume(&client, "ob1", 1_000_001)).run().await.unwrap();
    assert_eq!(done.task(), Some("1000001"));
    scene.assert_file();
    assert_eq!(scene.steps(), ["make RUNNING", "make FINISHED", "download"]);
}

#[tokio::test]
async fn advanced_download_from_its_task() {
    let scene = Scene::new().await;
    let client = scene.dbs();
    let request = client.create_download("cn-hangzhou", "rm-1").bak_set_type("full").bak_set_id("1");
    let task = request.format_type("CSV").await.unwrap().data.unwrap().task_id;
    let fetch = FetchAdvancedDownload::resume(&client, "cn-hangzhou", "rm-1", task.as_str());
    assert_eq!(scene.quick(fetch).run().await.unwrap().task(), Some(task.as_str()));
    scene.assert_file();
    assert_eq!(scene.emulator.created("CreateDownload"), 1);
}
