//! What tickets tell beside their state, and jobs that are stopped and started again.

mod support;

use std::time::Duration;

use alicloud_emulator::{Emulator, Pace};
use serde_json::Value;
use support::call::dms;
use support::workflow::*;

#[tokio::test]
async fn a_precheck_tells_of_the_statement_of_its_ticket() {
    let emulator = workflows().start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    let details = async || ask(about("GetDataExportPreCheckDetail", &ticket), &emulator).await["PreCheckResult"].take();
    let list = "/PreCheckDetailList/PreCheckDetailList";
    assert_eq!(details().await.pointer(list), Some(&Vec::<Value>::new().into()), "it is being prechecked");
    let told = details().await;
    assert_eq!(told["IgnoreAffectRows"], true);
    let statement = told.pointer(&format!("{list}/0")).unwrap();
    assert_eq!((&statement["SQL"], &statement["AffectRows"]), (&"select 2".into(), &5.into()));
    // What it has told is known to all other operations.
    assert_eq!(export_state(&emulator, &ticket).await, "PRE_CHECK_SUCCESS");
    let unknown = ask(about("GetDataExportPreCheckDetail", "7"), &emulator).await;
    assert_eq!((&unknown["Success"], &unknown["ErrorCode"]), (&false.into(), &"OrderNotExist".into()));
}

#[tokio::test]
async fn tables_and_changes_are_those_of_the_ticket() {
    let emulator = workflows().start().await.unwrap();
    let ticket = open_track(&emulator, &["a", "b"]).await;
    let tables = || ask(about("GetDataTrackJobTableMeta", &ticket), &emulator);
    let search = |filters: &[(&str, &str)]| {
        let call =
            filters.iter().fold(about("SearchDataTrackResult", &ticket), |call, (name, value)| call.query(name, value));
        ask(call, &emulator)
    };
    for _ in ["INIT", "LISTING"] {
        assert_eq!(tables().await["TableMetaList"], Value::Array(Vec::new()));
        let early = search(&[]).await;
        assert_eq!((&early["Success"], &early["ErrorCode"]), (&false.into(), &"OrderStatusError".into()));
    }
    for _ in 0..5 {
        assert_eq!(names(&tables().await["TableMetaList"]), ["a", "b"]);
    }
    for (filters, found, changes) in [
        (&[][..], &["a", "b"][..], 2),
        (&[("FilterTableList", r#"["b", "c"]"#)], &["b"], 1),
        (&[("FilterTableList", "[]"), ("FilterTypeList", r#"["UPDATE", "DELETE"]"#)], &["a", "b"], 2),
        (&[("FilterTypeList", r#"["DELETE"]"#)], &["a", "b"], 0),
    ] {
        let result = search(filters).await["TrackResult"].take();
        assert_eq!(names(&result["TableInfoList"]), found, "{filters:?}");
        let events = result["EventList"].as_array().unwrap();
        assert_eq!((events.len(), result["TotalCount"].as_u64()), (changes, Some(changes as u64)), "{filters:?}");
    }
    let export = open_export(&emulator, "-1").await;
    for operation in ["GetDataTrackJobTableMeta", "SearchDataTrackResult"] {
        assert_eq!(ask(about(operation, &export), &emulator).await["ErrorCode"], "OrderNotExist", "{operation}");
    }
}

/// Brings an export so far that it runs in this mode; tells the ticket and the job.
async fn run(emulator: &Emulator, mode: &str) -> (String, String) {
    let ticket = open_export(emulator, "-1").await;
    let workflow = submit(emulator, &ticket).await;
    ask(approve(&workflow, "AGREE"), emulator).await;
    let detail = format!(r#"{{"mode": "{mode}"}}"#);
    assert_eq!(
        ask(about("ExecuteDataExport", &ticket).query("ActionDetail", &detail), emulator).await["Success"],
        true
    );
    let detail = ask(dms("GetDataExportOrderDetail").form("OrderId", &ticket), emulator).await;
    (ticket, detail["DataExportOrderDetail"]["KeyInfo"]["JobId"].to_string())
}

#[tokio::test]
async fn a_job_stands_still_until_it_is_started_again() {
    for stop in ["PauseDataExportJob", "SuspendDataExportJob"] {
        let emulator = workflows().start().await.unwrap();
        let (ticket, job) = run(&emulator, "NORMAL").await;
        let act =
            async |action: &str| ask(about(action, &ticket).query("JobId", &job), &emulator).await["Success"].take();
        assert_eq!(act("RestartDataExportJob").await, false, "it does not stand still");
        assert_eq!(act(stop).await, true);
        assert_eq!(act(stop).await, false, "it stands still already");
        for _ in 0..3 {
            assert_eq!(export_state(&emulator, &ticket).await, "WAITING_EXPORT");
        }
        assert_eq!(status_code(&emulator, &ticket).await, "processing");
        assert_eq!(act("RestartDataExportJob").await, true);
        while export_state(&emulator, &ticket).await != "EXPORT_SUCCESS" {}
        assert_eq!(act(stop).await, false, "it is over");
        let unknown = about(stop, &ticket).query("JobId", "1");
        assert_eq!(ask(unknown, &emulator).await["ErrorCode"], "JobNotExist");
    }
    let emulator = workflows().start().await.unwrap();
    let (ticket, job) = run(&emulator, "FAST").await;
    let stop = about("PauseDataExportJob", &ticket).query("JobId", &job);
    assert_eq!(ask(stop, &emulator).await["ErrorCode"], "JobModeError");
}

#[tokio::test]
async fn the_time_of_a_standstill_does_not_count() {
    let hand = Hand::default();
    let clock = hand.clone();
    let pace = Pace::Time(Duration::from_secs(60));
    let emulator = workflows().clock(move || clock.read()).pace(pace).start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    hand.forward(60);
    let workflow = submit(&emulator, &ticket).await;
    ask(approve(&workflow, "AGREE"), &emulator).await;
    let execute = about("ExecuteDataExport", &ticket).query("ActionDetail", r#"{"mode": "NORMAL"}"#);
    assert_eq!(ask(execute, &emulator).await["Success"], true);
    let job = (ticket.parse::<i64>().unwrap() + 700_000).to_string();
    for (seconds, action, state) in [
        (59, None, "WAITING_EXPORT"),
        (0, Some("PauseDataExportJob"), "WAITING_EXPORT"),
        (600, None, "WAITING_EXPORT"),
        (0, Some("RestartDataExportJob"), "WAITING_EXPORT"),
        (1, None, "DOING_EXPORT"),
        (60, None, "EXPORT_SUCCESS"),
    ] {
        hand.forward(seconds);
        if let Some(action) = action {
            assert_eq!(ask(about(action, &ticket).query("JobId", &job), &emulator).await["Success"], true);
        }
        assert_eq!(export_state(&emulator, &ticket).await, state, "{action:?} after {seconds} more");
    }
}

async fn open_track(emulator: &Emulator, tables: &[&str]) -> String {
    let param = serde_json::json!({"DbId": "123", "TableNames": tables, "TrackTypes": ["INSERT"],
        "JobStartTime": "2025-05-31 00:00:00", "JobEndTime": "2025-06-01 00:00:00"});
    let call = dms("CreateDataTrackOrder").query("Param", &param.to_string()).query("Comment", "why");
    ask(call, emulator).await["CreateOrderResult"][0].to_string()
}

fn names(tables: &Value) -> Vec<&str> {
    tables.as_array().unwrap().iter().map(|table| table["TableName"].as_str().unwrap()).collect()
}
