//! What ends without a file, and what the error says.

mod support;

use std::time::Duration;

use alicloud_emulator::Outcome::{self, Fails, Rejected};
use alicloud_workflows::{
    Cause, ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges, Stage, WorkflowError,
};
use support::{Scene, changes, query};

async fn ending(operation: &str, outcome: Outcome) -> Scene {
    Scene::with(|builder| builder.outcome(operation, outcome)).await
}

fn failed(error: &WorkflowError) -> &str {
    match error.cause() {
        Cause::Failed { state, .. } | Cause::Rejected { state, .. } => state,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn exports() {
    for (operation, outcome, stage, state, is_rejected) in [
        ("CreateDataExportOrder", Fails, Stage::Precheck, "PRE_CHECK_FAIL", false),
        ("SubmitOrderApproval", Rejected, Stage::Approval, "reject", true),
        ("ExecuteDataExport", Fails, Stage::Work, "EXPORT_FAIL", false),
    ] {
        let scene = ending(operation, outcome).await;
        // Who waits for somebody else learns of a refusal; who approves is faster than that.
        let export = ExportQuery::new(&scene.dms(), query(), "a test").approve(outcome != Rejected);
        let error = scene.quick(export).run().await.unwrap_err();
        assert_eq!((error.stage(), failed(&error), error.is_rejected()), (stage, state, is_rejected), "{error}");
        assert_eq!(error.ticket(), Some(1001));
        assert!(error.to_string().ends_with("resume from ticket 1001"), "{error}");
        assert!(!scene.file().exists());
    }
}

#[tokio::test]
async fn a_ticket_that_is_closed_while_it_waits() {
    let scene = Scene::new().await;
    let client = scene.dms();
    let export = scene.quick(ExportQuery::new(&client, query(), "a test"));
    let closing = client.clone();
    let (closed, was_closed) = tokio::sync::oneshot::channel();
    let closed = std::sync::Mutex::new(Some(closed));
    let export = export.on_step(move |step| {
        if step.stage == Stage::Approval
            && let Some(closed) = closed.lock().unwrap().take()
        {
            closed.send(()).unwrap();
        }
    });
    let close = async {
        was_closed.await.unwrap();
        closing.close_order(1001, "not needed").await.unwrap();
    };
    let (outcome, ()) = tokio::join!(export.run(), close);
    let error = outcome.unwrap_err();
    assert_eq!((error.is_rejected(), failed(&error)), (true, "closed"), "{error}");
}

#[tokio::test]
async fn tracked_changes() {
    for (operation, outcome, state) in [
        ("CreateDataTrackOrder", Fails, "FILTER_FAIL"),
        ("CreateDataTrackOrder", Rejected, "reject"),
        ("DownloadDataTrackResult", Fails, "DOWNLOAD_FAIL"),
    ] {
        let scene = ending(operation, outcome).await;
        let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test");
        let error = scene.quick(fetch).run().await.unwrap_err();
        assert_eq!((failed(&error), error.ticket()), (state, Some(1001)), "{error}");
    }
}

#[tokio::test]
async fn backup_sets() {
    let scene = ending("CreateBackupSetDownloadLink", Fails).await;
    let fetch = || FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-1");
    let error = scene.quick(fetch()).run().await.unwrap_err();
    assert_eq!((failed(&error), error.task()), ("FAILED", Some("1000001")), "{error}");
    // A task that failed is not taken up.
    let error = scene.quick(fetch()).run().await.unwrap_err();
    assert_eq!(error.task(), Some("1000002"), "{error}");
}

#[tokio::test]
async fn advanced_downloads() {
    for (operation, expected) in [
        ("CreateDownload", "make: it failed (failed): RetryDownloadTask queues it again; resume from task dt-"),
        ("DescribeDownloadSupport", "look: rm-1 supports no advanced downloads"),
    ] {
        let scene = ending(operation, Fails).await;
        let client = scene.dbs();
        let request = client.create_download("cn-hangzhou", "rm-1").bak_set_type("full").bak_set_id("1");
        let fetch = FetchAdvancedDownload::new(&client, request.format_type("CSV"));
        let error = scene.quick(fetch).run().await.unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let scene = Scene::new().await;
    let request = scene.dbs().create_download("cn-hangzhou", "rm-1").target_type("OSS");
    let error = scene.quick(FetchAdvancedDownload::new(&scene.dbs(), request)).run().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Impossible(_)), "{error}");
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[tokio::test]
async fn time_limits() {
    let scene = Scene::new().await;
    // Nobody approves it.
    let export = scene.quick(ExportQuery::new(&scene.dms(), query(), "a test"));
    let error = export.time_limit(Duration::from_millis(100)).run().await.unwrap_err();
    let line = "approval: it did not end in time, its last state is APPLY_AUDIT_SUCCESS; resume from ticket 1001";
    assert!(error.is_time_limit());
    assert_eq!(error.to_string(), line);
}

#[tokio::test]
async fn nothing_to_resume() {
    let scene = Scene::new().await;
    let error = scene.quick(ExportQuery::resume(&scene.dms(), 77)).run().await.unwrap_err();
    assert!(error.call().is_some_and(alicloud::Error::is_business_failure), "{error}");
    let fetch = FetchAdvancedDownload::resume(&scene.dbs(), "cn-hangzhou", "rm-1", "dt-none");
    let error = scene.quick(fetch).run().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Impossible(_)), "{error}");
}

#[tokio::test]
async fn nothing_is_created_where_it_is_refused() {
    let scene = Scene::new().await;
    scene.fault(alicloud_emulator::Fault::new("CreateDataExportOrder").status(403));
    let error = scene.quick(ExportQuery::new(&scene.dms(), query(), "a test")).run().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Call(call) if call.is_access_denied()), "{error}");
    assert_eq!((error.stage(), error.id(), scene.emulator.requests().len()), (Stage::Create, None, 1));
    assert!(error.marker().is_some_and(|marker| error.to_string().ends_with(marker)), "{error}");
}
