//! Tracked changes, backup sets and advanced downloads, from the first call to the file.

mod support;

use std::time::Duration;

use alicloud_emulator::{Emulator, Outcome, Pace};
use support::call::{Call, dbs, dms, oceanbase};
use support::workflow::*;

async fn open_track(emulator: &Emulator) -> String {
    let param = r#"{"DbId": "123", "TableNames": ["t"], "TrackTypes": ["INSERT"],
        "JobStartTime": "2025-05-31 00:00:00", "JobEndTime": "2025-06-01 00:00:00"}"#;
    let call = dms("CreateDataTrackOrder").query("Param", param).query("Comment", "why");
    ask(call, emulator).await["CreateOrderResult"][0].to_string()
}

async fn track_state(emulator: &Emulator, ticket: &str) -> String {
    text(&ask(about("GetDataTrackOrderDetail", ticket), emulator).await, "/DataTrackOrderDetail/JobStatus")
}

fn start_file(ticket: &str, way: &str) -> Call {
    about("DownloadDataTrackResult", ticket).query("RollbackSQLType", way)
}

#[tokio::test]
async fn changes_go_from_their_ticket_to_their_file() {
    let emulator = workflows().start().await.unwrap();
    let ticket = open_track(&emulator).await;
    assert_eq!(ask(start_file(&ticket, "REVERSE"), &emulator).await["Success"], false);
    let mut states = Vec::new();
    for _ in 0..7 {
        states.push(track_state(&emulator, &ticket).await);
    }
    let expected =
        ["INIT", "LISTING", "LIST_SUCCESS", "DOWNLOADING", "DOWNLOAD_SUCCESS", "FILTERING", "FILTER_SUCCESS"];
    assert_eq!(states, expected);
    let detail = ask(about("GetDataTrackOrderDetail", &ticket), &emulator).await;
    assert_eq!(
        (&detail["DataTrackOrderDetail"]["DbId"], &detail["DataTrackOrderDetail"]["TableNames"][0]),
        (&123.into(), &"t".into())
    );

    let key = text(&ask(start_file(&ticket, "FORWARD"), &emulator).await, "/DownloadKeyId");
    let status = || about("QueryDataTrackResultDownloadStatus", &ticket).query("DownloadKeyId", &key);
    for state in ["INIT", "LISTING", "DOWNLOADING"] {
        let reply = ask(status(), &emulator).await;
        assert_eq!(text(&reply, "/StatusResult/DownloadStatus"), state);
        assert!(reply["StatusResult"]["DownloadUrl"].is_null(), "{state}");
    }
    let reply = ask(status(), &emulator).await;
    assert_eq!(text(&reply, "/StatusResult/DownloadStatus"), "DOWNLOAD_SUCCESS");
    let link = text(&reply, "/StatusResult/DownloadUrl");
    assert!(link.ends_with('\n') && link.contains("_REDO_"), "{link:?}");
    assert_eq!(fetch(&link).await.body.len(), 65_536);
    let another = text(&ask(start_file(&ticket, "FORWARD"), &emulator).await, "/DownloadKeyId");
    assert_ne!(another, key);
    assert_eq!(emulator.created("DownloadDataTrackResult"), 2);
    let unknown = about("QueryDataTrackResultDownloadStatus", &ticket).query("DownloadKeyId", "no");
    assert_eq!(ask(unknown, &emulator).await["Success"], false);
}

#[tokio::test]
async fn degrees_grow_with_the_states() {
    let emulator = workflows().start().await.unwrap();
    let ticket = open_track(&emulator).await;
    for expected in
        [[0.0, 0.0, 0.0], [0.5, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.5, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 0.5], [1.0; 3]]
    {
        let reply = ask(about("GetDataTrackJobDegree", &ticket), &emulator).await;
        let degree = |name: &str| reply["JobDegree"][format!("{name}CompletionDegree")].as_f64().unwrap();
        assert_eq!([degree("List"), degree("Download"), degree("Filter")], expected, "{reply}");
    }
}

#[tokio::test]
async fn a_search_or_its_file_may_fail_or_be_refused() {
    let emulator = workflows().outcome("CreateDataTrackOrder", Outcome::Fails).start().await.unwrap();
    let ticket = open_track(&emulator).await;
    for _ in 0..6 {
        assert_ne!(track_state(&emulator, &ticket).await, "FILTER_FAIL");
    }
    assert_eq!(track_state(&emulator, &ticket).await, "FILTER_FAIL");
    assert_eq!(status_code(&emulator, &ticket).await, "fail");

    let emulator = workflows().outcome("CreateDataTrackOrder", Outcome::Rejected).start().await.unwrap();
    let ticket = open_track(&emulator).await;
    for _ in 0..3 {
        assert_eq!(track_state(&emulator, &ticket).await, "INIT");
    }
    assert_eq!(status_code(&emulator, &ticket).await, "reject");

    let fails = workflows().outcome("DownloadDataTrackResult", Outcome::Fails).pace(Pace::Time(Duration::ZERO));
    let emulator = fails.start().await.unwrap();
    let ticket = open_track(&emulator).await;
    let key = text(&ask(start_file(&ticket, "REVERSE"), &emulator).await, "/DownloadKeyId");
    let status = about("QueryDataTrackResultDownloadStatus", &ticket).query("DownloadKeyId", &key);
    assert_eq!(text(&ask(status, &emulator).await, "/StatusResult/DownloadStatus"), "DOWNLOAD_FAIL");
}

#[tokio::test]
async fn a_search_may_have_to_be_approved() {
    let needing = || workflows().outcome("CreateDataTrackOrder", Outcome::NeedsApproval);
    let emulator = needing().start().await.unwrap();
    let ticket = open_track(&emulator).await;
    for _ in 0..3 {
        assert_eq!(track_state(&emulator, &ticket).await, "INIT");
    }
    assert_eq!(status_code(&emulator, &ticket).await, "new");
    assert_eq!(ask(about("SubmitOrderApproval", &ticket), &emulator).await["Success"], true);
    assert_eq!(ask(about("SubmitOrderApproval", &ticket), &emulator).await["Success"], false);
    let base = ask(about("GetOrderBaseInfo", &ticket), &emulator).await;
    assert_eq!(text(&base, "/OrderBaseInfo/StatusCode"), "toaudit");
    assert_eq!(track_state(&emulator, &ticket).await, "INIT");
    let workflow = base["OrderBaseInfo"]["WorkflowInstanceId"].to_string();
    assert_eq!(ask(approve(&workflow, "AGREE"), &emulator).await["Success"], true);
    assert_eq!(track_state(&emulator, &ticket).await, "INIT");
    assert_eq!(track_state(&emulator, &ticket).await, "LISTING");
    assert_eq!(status_code(&emulator, &ticket).await, "processing");

    for (outcome, status) in [(Outcome::Rejected, "reject"), (Outcome::Succeeds, "processing")] {
        let emulator = needing().outcome("SubmitOrderApproval", outcome).start().await.unwrap();
        let ticket = open_track(&emulator).await;
        ask(about("SubmitOrderApproval", &ticket), &emulator).await;
        for _ in 0..2 {
            assert_eq!(track_state(&emulator, &ticket).await, "INIT");
        }
        assert_eq!(status_code(&emulator, &ticket).await, status);
    }

    // Without such rules there is nothing to submit.
    let emulator = workflows().start().await.unwrap();
    let ticket = open_track(&emulator).await;
    assert_eq!(ask(about("SubmitOrderApproval", &ticket), &emulator).await["Success"], false);
}

#[tokio::test]
async fn a_backup_set_goes_from_its_task_to_its_file() {
    let lifetime = Duration::from_secs(600);
    let emulator = workflows().link_lifetime(lifetime).start().await.unwrap();
    let first = |reply: &serde_json::Value| {
        (reply["Data"][0]["DownloadTaskId"].to_string(), text(reply, "/Data/0/DownloadTaskStatus"))
    };
    let sets = ask(backup("DescribeDataBackupSet", "ob1"), &emulator).await;
    assert_eq!(
        (sets["TotalCount"].to_string(), first(&sets)),
        ("2".to_owned(), ("0".to_owned(), "not_exist".to_owned()))
    );
    let set = text(&sets, "/Data/0/SetId");
    let made = ask(backup("CreateBackupSetDownloadLink", "ob1").form("BackupSetId", &set), &emulator).await;
    let task = made["DownloadTaskId"].to_string();
    assert_eq!(made["Data"]["DownloadTaskId"].to_string(), task);

    let link = || backup("DescribeBackupSetDownloadLink", "ob1").form("DownloadTaskId", &task);
    let running = ask(link(), &emulator).await;
    assert_eq!(text(&running, "/Data/DownloadTaskStatus"), "RUNNING");
    assert!(running["Data"].get("InternalUrl").is_none());
    let done = ask(link(), &emulator).await;
    assert_eq!(
        (text(&done, "/Data/BackupSetId"), text(&done, "/Data/UrlExpiredTime")),
        (set, "2025-06-01 02:13:04".to_owned())
    );
    assert_eq!(done["Data"]["UrlAliveTime"], 600);
    assert_eq!(fetch(&text(&done, "/Data/InternalUrl")).await.status, 200);
    let sets = ask(backup("DescribeDataBackupSet", "ob1"), &emulator).await;
    assert_eq!(first(&sets), (task.clone(), "FINISHED".to_owned()));

    let others = ask(backup("DescribeDataBackupSet", "ob2"), &emulator).await;
    assert_eq!(first(&others).1, "not_exist");
    let theirs = backup("DescribeBackupSetDownloadLink", "ob2").form("DownloadTaskId", &task).send(&emulator).await;
    assert_eq!((theirs.status, theirs.code().unwrap()), (404, "DownloadTask.NotExist".to_owned()));
}

#[tokio::test]
async fn the_task_of_a_backup_set_may_fail() {
    let emulator = workflows().outcome("CreateBackupSetDownloadLink", Outcome::Fails).start().await.unwrap();
    let made = ask(backup("CreateBackupSetDownloadLink", "ob1").form("BackupSetId", "bak-9"), &emulator).await;
    let task = made["DownloadTaskId"].to_string();
    let mut states = Vec::new();
    for _ in 0..3 {
        let call = oceanbase("DescribeBackupSetDownloadLink").form("InstanceId", "ob1").form("DownloadTaskId", &task);
        states.push(text(&ask(call, &emulator).await, "/Data/DownloadTaskStatus"));
    }
    assert_eq!(states, ["RUNNING", "FAILED", "FAILED"]);
    let sets = ask(backup("DescribeDataBackupSet", "ob1"), &emulator).await;
    assert_eq!((text(&sets, "/Data/2/SetId"), sets["TotalCount"].to_string()), ("bak-9".to_owned(), "3".to_owned()));
}

#[tokio::test]
async fn a_download_goes_from_its_task_to_its_file() {
    let emulator = workflows().start().await.unwrap();
    let support = ask(download("DescribeDownloadSupport", "rm-1"), &emulator).await;
    assert_eq!(text(&support, "/Data"), "true");
    let task = create_download(&emulator, "rm-1").await;
    let links = || {
        let call = dbs("DescribeDownloadBackupSetStorageInfo").query("RegionCode", "cn-hangzhou");
        ask(call.query("TaskId", &task).query("Duration", "300"), &emulator)
    };
    assert_eq!(text(&links().await, "/Success"), "false");
    let mut states = Vec::new();
    for _ in 0..4 {
        states.extend(download_states(&emulator, "rm-1").await);
    }
    assert_eq!(states, ["Initializing", "queueing", "running", "finished"]);
    let ready = links().await;
    assert_eq!(ready["Data"]["ExpirationTime"], 1_748_743_384 + 300);
    for url in ["PublicUrl", "PrivateUrl"] {
        assert_eq!(fetch(&text(&ready, &format!("/Data/{url}"))).await.status, 200);
    }
    assert!(download_states(&emulator, "rm-2").await.is_empty());
    let other = dbs("DescribeDownloadTask").query("RegionCode", "cn-beijing").query("InstanceName", "rm-1");
    assert_eq!(ask(other, &emulator).await["Data"]["TotalElements"], 0);
    let by_source =
        dbs("DescribeDownloadTask").query("RegionCode", "cn-hangzhou").query("DatasourceId", "ds-rm-1_cn-hangzhou");
    assert_eq!(ask(by_source, &emulator).await["Data"]["TotalElements"], 1);
}

#[tokio::test]
async fn what_failed_can_be_tried_again_and_what_did_not_cannot() {
    let emulator = workflows().outcome("CreateDownload", Outcome::Fails).start().await.unwrap();
    let task = create_download(&emulator, "rm-1").await;
    let retry = || download("RetryDownloadTask", "rm-1").query("TaskId", &task);
    assert_eq!(text(&ask(retry(), &emulator).await, "/Success"), "false");
    let mut states = Vec::new();
    for _ in 0..4 {
        states.extend(download_states(&emulator, "rm-1").await);
    }
    assert_eq!(states.last().unwrap(), "failed");
    assert_ne!(text(&ask(retry(), &emulator).await, "/Success"), "false");
    states.clear();
    for _ in 0..3 {
        states.extend(download_states(&emulator, "rm-1").await);
    }
    assert_eq!(states, ["queueing", "running", "finished"]);
}

#[tokio::test]
async fn the_file_of_a_task_is_kept_for_three_days() {
    let hand = Hand::default();
    let clock = hand.clone();
    let at_once = workflows().clock(move || clock.read()).pace(Pace::Time(Duration::ZERO));
    let emulator = at_once.start().await.unwrap();
    let task = create_download(&emulator, "rm-1").await;
    assert_eq!(download_states(&emulator, "rm-1").await, ["finished"]);
    hand.forward(3 * 24 * 60 * 60 + 1);
    let later = |action: &str| download(action, "rm-1").header("x-acs-date", "2025-06-04T02:03:05Z");
    let tasks = ask(later("DescribeDownloadTask"), &emulator).await;
    assert_eq!(text(&tasks, "/Data/Content/List/0/DownloadStatus"), "expired");
    for action in ["RetryDownloadTask", "DescribeDownloadBackupSetStorageInfo"] {
        let call = later(action).query("TaskId", &task).query("Duration", "300");
        assert_eq!(text(&ask(call, &emulator).await, "/Success"), "false", "{action}");
    }
}

#[tokio::test]
async fn tasks_come_in_pages_and_by_state() {
    let emulator = workflows().pace(Pace::Time(Duration::ZERO)).start().await.unwrap();
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(create_download(&emulator, "rm-1").await);
    }
    for (filters, expected, pages) in [
        (vec![("PageSize", "2")], vec![4, 3], 3),
        (vec![("PageSize", "2"), ("CurrentPage", "3")], vec![0], 3),
        (vec![("PageSize", "2"), ("CurrentPage", "4")], vec![], 3),
        (vec![("OrderDirect", "asc")], vec![0, 1, 2, 3, 4], 1),
        (vec![("State", "Finished")], vec![4, 3, 2, 1, 0], 1),
        (vec![("State", "running")], vec![], 0),
        (vec![("TaskType", "pitr")], vec![], 0),
    ] {
        let call = filters
            .iter()
            .fold(download("DescribeDownloadTask", "rm-1"), |call, (name, value)| call.query(name, value));
        let reply = ask(call, &emulator).await;
        let list = reply["Data"]["Content"]["List"].as_array().unwrap();
        let ids: Vec<_> = list.iter().map(|task| text(task, "/TaskId")).collect();
        let expected: Vec<_> = expected.into_iter().map(|index: usize| made[index].clone()).collect();
        assert_eq!((ids, &reply["Data"]["TotalPages"]), (expected, &pages.into()), "{filters:?}");
        assert!(list.iter().all(|task| text(task, "/Format") == "csv"), "the spelling of this operation");
    }
}
