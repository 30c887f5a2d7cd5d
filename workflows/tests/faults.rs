//! Every call of every workflow goes wrong once, in every way: there is the right file, or an error that the right file
//! can be had from, and one ticket or task.

mod support;

use std::time::Duration;

use alicloud::{Config, Credentials, RetryPolicy};
use alicloud_emulator::Fault;
use alicloud_workflows::{Cause, ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges};
use support::{Scene, changes, faults, query};

#[tokio::test]
async fn exports() {
    let scene = Scene::new().await;
    for operation in [
        "CreateDataExportOrder",
        "GetDataExportOrderDetail",
        "GetOrderBaseInfo",
        "SubmitOrderApproval",
        "ApproveOrder",
        "ExecuteDataExport",
        "GetDataExportDownloadURL",
    ] {
        for (name, fault) in faults(operation) {
            scene.reset();
            scene.fault(fault);
            let export = ExportQuery::new(&scene.dms(), query(), "a test").approve(true);
            let outcome = scene.quick(export).run().await;
            assert!(outcome.is_ok(), "{operation}, {name}: {}", outcome.unwrap_err());
            scene.assert_file();
            assert_eq!(scene.emulator.created("CreateDataExportOrder"), 1, "{operation}, {name}");
        }
    }
}

#[tokio::test]
async fn tracked_changes() {
    let scene = Scene::new().await;
    for operation in [
        "CreateDataTrackOrder",
        "GetDataTrackOrderDetail",
        "GetOrderBaseInfo",
        "DownloadDataTrackResult",
        "QueryDataTrackResultDownloadStatus",
    ] {
        for (name, fault) in faults(operation) {
            scene.reset();
            scene.fault(fault);
            let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test");
            if let Err(error) = scene.quick(fetch).run().await {
                // Nothing lists the files that were ordered.
                assert_eq!(operation, "DownloadDataTrackResult", "{name}: {error}");
                assert!(matches!(error.cause(), Cause::Unclear(_)), "{name}: {error}");
                let fetch = FetchTrackedChanges::resume(&scene.dms(), error.ticket().unwrap());
                scene.quick(fetch).run().await.unwrap();
            }
            scene.assert_file();
            assert_eq!(scene.emulator.created("CreateDataTrackOrder"), 1, "{operation}, {name}");
        }
    }
}

#[tokio::test]
async fn backup_sets() {
    let scene = Scene::new().await;
    for operation in ["DescribeDataBackupSet", "CreateBackupSetDownloadLink", "DescribeBackupSetDownloadLink"] {
        for (name, fault) in faults(operation) {
            scene.reset();
            scene.fault(fault);
            let outcome = scene.quick(FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-1")).run().await;
            assert!(outcome.is_ok(), "{operation}, {name}: {}", outcome.unwrap_err());
            scene.assert_file();
            assert_eq!(scene.emulator.created("CreateBackupSetDownloadLink"), 1, "{operation}, {name}");
        }
    }
}

#[tokio::test]
async fn advanced_downloads() {
    let scene = Scene::new().await;
    for operation in
        ["DescribeDownloadSupport", "DescribeDownloadTask", "CreateDownload", "DescribeDownloadBackupSetStorageInfo"]
    {
        for (name, fault) in faults(operation) {
            scene.reset();
            scene.fault(fault);
            let client = scene.dbs();
            let request = client.create_download("cn-hangzhou", "rm-1").bak_set_type("full").bak_set_id("1");
            let fetch = FetchAdvancedDownload::new(&client, request.format_type("CSV"));
            let outcome = scene.quick(fetch).run().await;
            assert!(outcome.is_ok(), "{operation}, {name}: {}", outcome.unwrap_err());
            scene.assert_file();
            assert_eq!(scene.emulator.created("CreateDownload"), 1, "{operation}, {name}");
        }
    }
}

#[tokio::test]
async fn outages_that_are_longer_than_the_retries_of_a_call() {
    let scene = Scene::new().await;
    scene.fault(Fault::new("CreateDataExportOrder").throttle(1).times(7));
    scene.fault(Fault::new("GetDataExportOrderDetail").status(503).times(7));
    let export = ExportQuery::new(&scene.dms(), query(), "a test").approve(true);
    scene.quick(export).run().await.unwrap();
    scene.assert_file();
    assert_eq!(scene.emulator.created("CreateDataExportOrder"), 1);
}

#[tokio::test]
async fn links_that_expire_and_files_that_are_cut() {
    let scene = Scene::new().await;
    scene.fault(Fault::new("GetDataExportDownloadURL").expire_link());
    scene.fault(Fault::file("GetDataExportDownloadURL").cut(5));
    let export = ExportQuery::new(&scene.dms(), query(), "a test").approve(true);
    scene.quick(export).run().await.unwrap();
    scene.assert_file();
}

#[tokio::test]
async fn a_set_that_no_list_has_is_not_created_twice() {
    let scene = Scene::new().await;
    let fetch = || FetchBackupSet::new(&scene.oceanbase(), "ob1", "bak-unlisted");
    scene.fault(Fault::new("CreateBackupSetDownloadLink").reset_before());
    let error = scene.quick(fetch()).run().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Unclear(Some(_))), "{error}");
    assert_eq!(scene.emulator.created("CreateBackupSetDownloadLink"), 0);
}

#[tokio::test]
async fn a_policy_that_repeats_everything_does_not_repeat_what_creates() {
    let scene = Scene::new().await;
    let policy = RetryPolicy::custom(|attempt| (attempt.number() < 5).then_some(Duration::ZERO));
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(scene.emulator.url())
        .retry(policy)
        .build()
        .unwrap();
    scene.fault(Fault::new("CreateDataExportOrder").reset_after());
    let client = alicloud::dms_enterprise::Client::new(&config).unwrap();
    scene.quick(ExportQuery::new(&client, query(), "a test").approve(true)).run().await.unwrap();
    scene.assert_file();
    assert_eq!(scene.emulator.created("CreateDataExportOrder"), 1);
    assert!(scene.steps().contains(&"recover".to_owned()));
}
