//! Tickets that export, from the first call to the file.

mod support;

use std::time::Duration;

use alicloud_emulator::{Outcome, Pace};
use support::call::dms;
use support::workflow::*;

#[tokio::test]
async fn an_export_goes_from_its_ticket_to_its_file() {
    let emulator = workflows().file_of("GetDataExportDownloadURL", "rows").start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    assert_eq!(export_state(&emulator, &ticket).await, "PRE_CHECKING");
    assert_eq!(status_code(&emulator, &ticket).await, "new");
    assert_eq!(export_state(&emulator, &ticket).await, "PRE_CHECK_SUCCESS");
    let early = ask(about("ExecuteDataExport", &ticket), &emulator).await;
    assert_eq!((&early["Success"], &early["ErrorCode"]), (&false.into(), &"OrderStatusError".into()));

    let workflow = submit(&emulator, &ticket).await;
    assert_ne!(workflow, ticket);
    assert_eq!(export_state(&emulator, &ticket).await, "APPLY_AUDIT_SUCCESS");
    assert_eq!(status_code(&emulator, &ticket).await, "toaudit");
    let approval = || ask(dms("GetApprovalDetail").query("WorkflowInstanceId", &workflow), &emulator);
    assert_eq!(text(&approval().await, "/ApprovalDetail/WorkflowInsCode"), "AUDITING");
    let handed_over = approve(&workflow, "TRANSFER").query("NewApprover", "5");
    assert_eq!(ask(handed_over, &emulator).await["Success"], true);
    assert_eq!(ask(approve(&workflow, "AGREE"), &emulator).await["Success"], true);
    assert_eq!(text(&approval().await, "/ApprovalDetail/WorkflowInsCode"), "APPROVED");
    assert_eq!(status_code(&emulator, &ticket).await, "Approved");
    assert_eq!(export_state(&emulator, &ticket).await, "ENABLE_EXPORT");

    assert_eq!(ask(about("ExecuteDataExport", &ticket), &emulator).await["Success"], true);
    let none = ask(about("GetDataExportDownloadURL", &ticket), &emulator).await;
    assert_eq!(none.pointer("/DownloadURLResult/HasResult"), Some(&false.into()));
    assert!(text(&none, "/DownloadURLResult/TipMessage").contains("WAITING_EXPORT"));
    let mut states = Vec::new();
    for _ in 0..3 {
        states.push(export_state(&emulator, &ticket).await);
    }
    assert_eq!(states, ["WAITING_EXPORT", "DOING_EXPORT", "EXPORT_SUCCESS"]);
    assert_eq!(status_code(&emulator, &ticket).await, "success");
    let link = text(&ask(about("GetDataExportDownloadURL", &ticket), &emulator).await, "/DownloadURLResult/URL");
    assert_eq!(fetch(&link).await.body, b"rows");
    assert_eq!(emulator.created("CreateDataExportOrder"), 1);
}

#[tokio::test]
async fn a_reply_has_what_was_sent_and_all_that_is_documented() {
    let emulator = workflows().start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    let reply = ask(dms("GetDataExportOrderDetail").form("OrderId", &ticket), &emulator).await;
    for (pointer, value) in [
        ("/DataExportOrderDetail/OrderDetail/ExeSQL", "\"select 2\""),
        ("/DataExportOrderDetail/OrderDetail/DbId", "18"),
        ("/DataExportOrderDetail/OrderDetail/ActualAffectRows", "5"),
        ("/DataExportOrderDetail/OrderDetail/EnvType", "\"test\""),
        ("/DataExportOrderDetail/KeyInfo/JobId", "0"),
        ("/RequestId", "\"00000000-0000-4000-8000-000000000002\""),
    ] {
        assert_eq!(reply.pointer(pointer).unwrap().to_string(), value, "{pointer}");
    }
}

/// Whatever ends a ticket for good is seen in its base information and nowhere else.
#[tokio::test]
async fn a_refusal_shows_only_where_the_service_shows_it() {
    for (how, code, approval) in [("REJECT", "reject", "REJECT"), ("cancel", "cancel", "CANCEL")] {
        let emulator = workflows().start().await.unwrap();
        let ticket = open_export(&emulator, "-1").await;
        let workflow = submit(&emulator, &ticket).await;
        assert_eq!(ask(approve(&workflow, how), &emulator).await["Success"], true);
        assert_eq!(export_state(&emulator, &ticket).await, "APPLY_AUDIT_SUCCESS", "{how}");
        assert_eq!(status_code(&emulator, &ticket).await, code);
        let listed = ask(dms("ListOrders"), &emulator).await;
        assert_eq!(text(&listed, "/Orders/Order/0/StatusCode"), code);
        let detail = ask(dms("GetApprovalDetail").query("WorkflowInstanceId", &workflow), &emulator).await;
        assert_eq!(text(&detail, "/ApprovalDetail/WorkflowInsCode"), approval);
        assert_eq!(ask(approve(&workflow, "AGREE"), &emulator).await["Success"], false, "it is over");
        assert_eq!(ask(about("ExecuteDataExport", &ticket), &emulator).await["Success"], false);
    }
}

#[tokio::test]
async fn somebody_else_may_refuse_or_approve() {
    for (operation, outcome, code, job) in [
        ("SubmitOrderApproval", Outcome::Rejected, "reject", "APPLY_AUDIT_SUCCESS"),
        ("CreateDataExportOrder", Outcome::Rejected, "reject", "APPLY_AUDIT_SUCCESS"),
        ("SubmitOrderApproval", Outcome::Succeeds, "Approved", "ENABLE_EXPORT"),
    ] {
        let emulator = workflows().outcome(operation, outcome).start().await.unwrap();
        let ticket = open_export(&emulator, "-1").await;
        submit(&emulator, &ticket).await;
        assert_eq!(status_code(&emulator, &ticket).await, code);
        assert_eq!(export_state(&emulator, &ticket).await, job);
    }
}

#[tokio::test]
async fn a_precheck_and_an_export_may_fail() {
    let emulator = workflows().outcome("CreateDataExportOrder", Outcome::Fails).start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    assert_eq!(export_state(&emulator, &ticket).await, "PRE_CHECKING");
    assert_eq!(export_state(&emulator, &ticket).await, "PRE_CHECK_FAIL");
    assert_eq!(status_code(&emulator, &ticket).await, "fail");
    assert_eq!(ask(about("SubmitOrderApproval", &ticket), &emulator).await["Success"], false);

    let emulator = workflows().outcome("ExecuteDataExport", Outcome::Fails).start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    let workflow = submit(&emulator, &ticket).await;
    ask(approve(&workflow, "AGREE"), &emulator).await;
    ask(about("ExecuteDataExport", &ticket), &emulator).await;
    let mut states = Vec::new();
    for _ in 0..4 {
        states.push(export_state(&emulator, &ticket).await);
    }
    assert_eq!(states, ["WAITING_EXPORT", "DOING_EXPORT", "EXPORT_FAIL", "EXPORT_FAIL"]);
    let none = ask(about("GetDataExportDownloadURL", &ticket), &emulator).await;
    assert_eq!(none.pointer("/DownloadURLResult/HasResult"), Some(&false.into()));
}

#[tokio::test]
async fn tenants_do_not_see_the_tickets_of_others() {
    let emulator = workflows().start().await.unwrap();
    let (mine, theirs) = (open_export(&emulator, "11").await, open_export(&emulator, "22").await);
    assert_ne!(mine, theirs);
    for (tenant, own, other) in [("11", &mine, &theirs), ("22", &theirs, &mine)] {
        let listed = ask(dms("ListOrders").query("Tid", tenant), &emulator).await;
        assert_eq!(
            (listed["TotalCount"].to_string(), listed["Orders"]["Order"][0]["OrderId"].to_string()),
            ("1".to_owned(), own.clone())
        );
        let found = ask(about("GetOrderBaseInfo", own).query("Tid", tenant), &emulator).await;
        assert_eq!(found["Success"], true);
        let missing = ask(about("GetOrderBaseInfo", other).query("Tid", tenant), &emulator).await;
        assert_eq!((&missing["Success"], &missing["ErrorCode"]), (&false.into(), &"OrderNotExist".into()));
    }
    assert_eq!(ask(dms("ListOrders"), &emulator).await["TotalCount"], 0);
}

#[tokio::test]
async fn tickets_are_found_and_closed() {
    let emulator = workflows().start().await.unwrap();
    for _ in 0..3 {
        open_export(&emulator, "-1").await;
    }
    let closed = about("CloseOrder", "1002").query("CloseReason", "done");
    assert_eq!(ask(closed, &emulator).await["Success"], true);
    assert_eq!(status_code(&emulator, "1002").await, "closed");
    for (filters, expected) in [
        (vec![], vec!["1003", "1002", "1001"]),
        (vec![("OrderStatus", "FINISHED")], vec!["1002"]),
        (vec![("OrderStatus", "RUNNING")], vec!["1003", "1001"]),
        (vec![("SearchContent", "why"), ("PluginType", "DATA_EXPORT")], vec!["1003", "1002", "1001"]),
        (vec![("SearchContent", "why not")], vec![]),
        (vec![("PluginType", "DATA_TRACK")], vec![]),
        (vec![("StartTime", "2025-06-01 02:03:04"), ("EndTime", "2025-06-01 02:03:04")], vec!["1003", "1002", "1001"]),
        (vec![("StartTime", "2025-06-01 02:03:05")], vec![]),
        (vec![("PageSize", "2"), ("PageNumber", "2")], vec!["1001"]),
    ] {
        let call = filters.iter().fold(dms("ListOrders"), |call, (name, value)| call.query(name, value));
        let reply = ask(call, &emulator).await;
        let ids: Vec<_> =
            reply["Orders"]["Order"].as_array().unwrap().iter().map(|order| order["OrderId"].to_string()).collect();
        assert_eq!(ids, expected, "{filters:?}");
    }
}

#[tokio::test]
async fn time_moves_tickets_on_where_it_is_told_to() {
    let hand = Hand::default();
    let clock = hand.clone();
    let pace = Pace::Time(Duration::from_secs(60));
    let emulator = workflows().clock(move || clock.read()).pace(pace).start().await.unwrap();
    let ticket = open_export(&emulator, "-1").await;
    for (seconds, state) in [(0, "PRE_CHECKING"), (59, "PRE_CHECKING"), (1, "PRE_CHECK_SUCCESS")] {
        hand.forward(seconds);
        assert_eq!(export_state(&emulator, &ticket).await, state, "after {seconds} more");
        assert_eq!(export_state(&emulator, &ticket).await, state, "asking changes nothing");
    }
}
