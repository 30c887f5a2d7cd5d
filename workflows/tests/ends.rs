//! Each workflow from its first call to the file, with all that it says on the way.

mod support;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use alicloud::dbs::create_download::FormatType;
use alicloud_emulator::Outcome;
use alicloud_workflows::{ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges};
use support::{BYTES, Scene, changes, query};

#[tokio::test]
async fn export() {
    let scene = Scene::new().await;
    let export = ExportQuery::new(&scene.dms(), query(), "a test").approve(true);
    // A future that can be given to another thread.
    let done = tokio::spawn(scene.quick(export).run()).await.unwrap().unwrap();
    assert_eq!(done.ticket(), Some(1001));
    assert_eq!(done.file().path(), Path::new(&scene.file()));
    scene.assert_file();
    assert_eq!(
        scene.steps(),
        [
            "create",
            "precheck PRE_CHECKING",
            "submit PRE_CHECK_SUCCESS",
            "approval APPLY_AUDIT_SUCCESS",
            "execute ENABLE_EXPORT",
            "work WAITING_EXPORT",
            "work DOING_EXPORT",
            "download",
        ]
    );
    assert_eq!(scene.emulator.created("CreateDataExportOrder"), 1);
}

#[tokio::test]
async fn export_that_somebody_else_approves() {
    let scene = Scene::with(|builder| builder.outcome("SubmitOrderApproval", Outcome::Succeeds)).await;
    scene.quick(ExportQuery::new(&scene.dms(), query(), "a test")).run().await.unwrap();
    scene.assert_file();
    assert!(scene.emulator.requests().iter().all(|request| request.operation.as_deref() != Some("ApproveOrder")));
}

#[tokio::test]
async fn tracked_changes() {
    let scene = Scene::new().await;
    let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test").sql("FORWARD");
    let fetch = fetch.filter(|request| request.filter_table_list(["orders"]));
    let done = tokio::spawn(scene.quick(fetch).run()).await.unwrap().unwrap();
    assert_eq!(done.ticket(), Some(1001));
    scene.assert_file();
    let steps = scene.steps();
    let expected = ["create", "work INIT", "work LISTING", "work FILTERING", "order", "make INIT", "download"];
    for step in expected {
        assert!(steps.iter().any(|said| said == step), "{step} is missing: {steps:?}");
    }
    assert_eq!(scene.emulator.created("DownloadDataTrackResult"), 1);
}

#[tokio::test]
async fn backup_set() {
    let scene = Scene::new().await;
    let bytes = Arc::new(AtomicU64::new(0));
    let arrived = Arc::clone(&bytes);
    let fetch = FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-1");
    let fetch = fetch.on_progress(move |progress| arrived.store(progress.bytes, Ordering::Relaxed));
    let done = tokio::spawn(scene.quick(fetch).run()).await.unwrap().unwrap();
    assert_eq!(done.task(), Some("1000001"));
    assert_eq!((bytes.load(Ordering::Relaxed), done.file().bytes()), (BYTES.len() as u64, BYTES.len() as u64));
    scene.assert_file();
    assert_eq!(scene.steps(), ["look", "create", "make RUNNING", "make FINISHED", "download"]);
    // Its task is taken up.
    scene.quick(FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-1")).run().await.unwrap();
    assert_eq!(scene.emulator.created("CreateBackupSetDownloadLink"), 1);
}

#[tokio::test]
async fn advanced_download() {
    let scene = Scene::new().await;
    let client = scene.dbs();
    let request = client.create_download("cn-hangzhou", "rm-1").bak_set_type("full").bak_set_id("1");
    let fetch = FetchAdvancedDownload::new(&client, request.format_type(FormatType::Csv));
    let done = tokio::spawn(scene.quick(fetch).run()).await.unwrap().unwrap();
    assert!(done.task().is_some_and(|task| task.starts_with("dt-")), "{:?}", done.id());
    scene.assert_file();
    let steps = scene.steps();
    assert_eq!((steps[0].as_str(), steps[1].as_str()), ("look", "create"));
    for step in ["make running", "make finished", "download"] {
        assert!(steps.iter().any(|said| said == step), "{step} is missing: {steps:?}");
    }
    assert_eq!(scene.emulator.created("CreateDownload"), 1);
}
