//! A failure that a workflow goes on after is a step, with the stage it happened in.

mod support;

use alicloud_emulator::Fault;
use alicloud_workflows::{ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges};
use support::{Scene, changes, query};

/// The only step of `scene` that tells a failure, as where it happened and what happened.
fn failure(scene: &Scene) -> (String, String) {
    let steps = scene.steps();
    let failed: Vec<_> = steps.iter().filter_map(|step| step.split_once(" failed: ")).collect();
    let [(place, line)] = failed[..] else { panic!("{steps:?}") };
    assert!(!line.contains('\n'), "{line}");
    (place.to_owned(), line.to_owned())
}

#[tokio::test]
async fn what_may_have_arrived() {
    let scene = Scene::new().await;
    for (operation, place) in [
        ("CreateDataExportOrder", "create"),
        ("SubmitOrderApproval", "submit PRE_CHECK_SUCCESS"),
        ("ApproveOrder", "approval APPLY_AUDIT_SUCCESS"),
        ("ExecuteDataExport", "execute ENABLE_EXPORT"),
    ] {
        scene.reset();
        scene.fault(Fault::new(operation).reset_after());
        scene.quick(ExportQuery::new(&scene.dms(), query(), "a test").approve(true)).run().await.unwrap();
        let (failed, line) = failure(&scene);
        assert_eq!(failed, place, "{line}");
        assert!(line.contains(operation), "{line}");
    }
    for (operation, place) in [("CreateDataTrackOrder", "create"), ("GetDataTrackOrderDetail", "create")] {
        scene.reset();
        // A look is repeated by the call itself, and is a step once that has given up.
        let times = if operation.starts_with("Get") { 3 } else { 1 };
        scene.fault(Fault::new(operation).reset_after().times(times));
        scene.quick(FetchTrackedChanges::new(&scene.dms(), changes(), "a test")).run().await.unwrap();
        let (failed, line) = failure(&scene);
        assert_eq!(failed, place, "{line}");
        assert!(line.contains(operation), "{line}");
    }
    scene.reset();
    scene.fault(Fault::new("CreateBackupSetDownloadLink").reset_after());
    scene.quick(FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-1")).run().await.unwrap();
    assert_eq!(failure(&scene).0, "create");
    scene.reset();
    scene.fault(Fault::new("CreateDownload").reset_after());
    let client = scene.dbs();
    let request = client.create_download("cn-hangzhou", "rm-1").bak_set_type("full").bak_set_id("1");
    scene.quick(FetchAdvancedDownload::new(&client, request.format_type("CSV"))).run().await.unwrap();
    assert_eq!(failure(&scene).0, "create");
}

#[tokio::test]
async fn what_a_call_has_repeated_by_itself_is_none() {
    let scene = Scene::new().await;
    scene.fault(Fault::new("GetDataExportOrderDetail").status(503).times(2));
    scene.quick(ExportQuery::new(&scene.dms(), query(), "a test").approve(true)).run().await.unwrap();
    assert!(scene.steps().iter().all(|step| !step.contains("failed")), "{:?}", scene.steps());
}
