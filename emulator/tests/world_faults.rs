//! What goes wrong: links that end, faults by the library and by the control endpoint.

mod support;

use std::time::Duration;

use alicloud_emulator::{Emulator, Fault, Pace, SetReplyError};
use serde_json::Value;
use support::builder;
use support::call::dms;
use support::wire::{Reply, Wire, exchange};
use support::workflow::*;

/// An emulator in which everything is done at once, and the link of a finished download.
async fn finished(hand: &Hand) -> (Emulator, String) {
    let clock = hand.clone();
    let at_once = workflows().clock(move || clock.read()).pace(Pace::Time(Duration::ZERO));
    let emulator = at_once.start().await.unwrap();
    let task = create_download(&emulator, "rm-1").await;
    let link = link(&emulator, &task).await;
    (emulator, link)
}

async fn link(emulator: &Emulator, task: &str) -> String {
    let call = download("DescribeDownloadBackupSetStorageInfo", "rm-1").query("TaskId", task).query("Duration", "300");
    text(&ask(call, emulator).await, "/Data/PublicUrl")
}

fn refused_as(reply: &Reply, code: &str) -> bool {
    let body = String::from_utf8_lossy(&reply.body);
    reply.status == 403 && body.contains(&format!("<Code>{code}</Code>"))
}

#[tokio::test]
async fn a_link_is_good_until_it_ends() {
    let hand = Hand::default();
    let (_emulator, link) = finished(&hand).await;
    hand.forward(300);
    assert_eq!(fetch(&link).await.status, 200);
    hand.forward(1);
    assert!(refused_as(&fetch(&link).await, "AccessDenied"));
}

#[tokio::test]
async fn a_link_is_taken_byte_for_byte() {
    let (_emulator, link) = finished(&Hand::default()).await;
    assert!(link.contains("%2B"), "{link}");
    for changed in [link.replace("%2B", "+"), link.replace("%2B", "%252B"), link.replace("Expires=1", "Expires=2")] {
        assert!(refused_as(&fetch(&changed).await, "SignatureDoesNotMatch"), "{changed}");
    }
}

#[tokio::test]
async fn a_fault_may_end_a_link_early() {
    let (emulator, good) = finished(&Hand::default()).await;
    emulator.fault(Fault::new("DescribeDownloadBackupSetStorageInfo").expire_link()).unwrap();
    let ended = link(&emulator, "dt-000000000001").await;
    assert!(refused_as(&fetch(&ended).await, "AccessDenied"));
    assert_eq!(fetch(&link(&emulator, "dt-000000000001").await).await.status, 200);
    emulator.fault(Fault::file("DescribeDownloadBackupSetStorageInfo").expire_link()).unwrap();
    assert!(refused_as(&fetch(&good).await, "AccessDenied"));
    assert_eq!(fetch(&good).await.status, 200);
}

#[tokio::test]
async fn faults_without_effect() {
    let emulator = workflows().start().await.unwrap();
    for (fault, status, code) in [
        (Fault::new("ListOrders").throttle(20), 429, Some("Throttling.User")),
        (Fault::new("ListOrders").status(503), 503, Some("ServiceUnavailable")),
        (Fault::new("ListOrders").status(500), 500, Some("InternalError")),
        (Fault::new("ListOrders").status(502).html(), 502, None),
    ] {
        emulator.fault(fault.clone()).unwrap();
        let reply = dms("ListOrders").send(&emulator).await;
        assert_eq!(reply.status, status, "{fault:?}");
        match code {
            Some(code) => assert_eq!(reply.code().as_deref(), Some(code)),
            None => assert_eq!(reply.header("content-type"), Some("text/html")),
        }
        assert_eq!(reply.header("x-acs-retry-after"), (status == 429).then_some("20"));
        assert_eq!(dms("ListOrders").send(&emulator).await.status, 200, "once only");
    }
}

fn create() -> support::call::Call {
    let plugin = r#"{"InstanceId": 1, "DbId": 1, "Logic": false, "ExeSQL": "select 1", "Classify": "test",
        "AffectRows": 1, "IgnoreAffectRows": false}"#;
    dms("CreateDataExportOrder").query("PluginParam", plugin).query("Comment", "why")
}

#[tokio::test]
async fn a_connection_may_close_before_or_after_the_effect() {
    for (fault, made) in [
        (Fault::new("CreateDataExportOrder").reset_before(), 0),
        (Fault::new("CreateDataExportOrder").reset_after(), 1),
    ] {
        let emulator = workflows().start().await.unwrap();
        emulator.fault(fault).unwrap();
        assert_eq!(exchange(emulator.url(), &create().wire().bytes()).await, b"");
        assert_eq!(emulator.requests().last().unwrap().status, 0);
        assert_eq!(ask(dms("ListOrders"), &emulator).await["TotalCount"], made);
        assert_eq!(emulator.created("CreateDataExportOrder"), made);
    }
}

#[tokio::test]
async fn a_reply_or_a_file_may_be_cut() {
    let (emulator, link) = finished(&Hand::default()).await;
    emulator.fault(Fault::new("ListOrders").cut(5)).unwrap();
    let reply = dms("ListOrders").send(&emulator).await;
    assert_eq!((reply.status, reply.body.len()), (200, 5));
    assert_ne!(reply.header("content-length"), Some("5"));
    emulator.fault(Fault::file("DescribeDownloadBackupSetStorageInfo").cut(1000).times(2)).unwrap();
    for expected in [1000, 1000, 65_536] {
        let file = fetch(&link).await;
        assert_eq!((file.body.len(), file.header("content-length")), (expected, Some("65536")));
    }
}

/// What is refused before uses no fault up.
#[tokio::test]
async fn a_bad_request_meets_no_fault() {
    let emulator = builder().start().await.unwrap();
    emulator.fault(Fault::new("ListOrders").status(503)).unwrap();
    assert_eq!(dms("ListOrders").unsigned().send(&emulator).await.status, 400);
    assert_eq!(dms("ListOrders").send(&emulator).await.status, 503);
    assert_eq!(emulator.fault(Fault::new("NoSuch")).unwrap_err(), SetReplyError::NoSuchOperation("NoSuch".to_owned()));
    assert!(emulator.fault(Fault::file("ListOrders")).is_err(), "it has no file");
    assert_eq!(emulator.fault(Fault::new("ListOrders").status(100)), Err(SetReplyError::Status(100)));
}

async fn control(emulator: &Emulator, method: &str, path: &str, body: &str) -> (u16, Value) {
    let wire = Wire { body: body.as_bytes().to_vec(), ..Wire::get(&format!("/_emulator/{path}")).method(method) };
    let reply = wire.send(emulator.url()).await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn the_control_endpoint_does_what_the_library_does() {
    let emulator = workflows().start().await.unwrap();
    let faults = r#"[{"operation": "ListOrders", "kind": "throttle", "milliseconds": 7},
        {"operation": "ListOrders", "kind": "status", "status": 502, "html": true, "times": 2},
        {"operation": "ListOrders", "kind": "cut", "bytes": 3}]"#;
    assert_eq!(control(&emulator, "POST", "faults", faults).await.1["faults"], 3);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(dms("ListOrders").send(&emulator).await.status);
    }
    assert_eq!(statuses, [429, 502, 502, 200, 200]);
    let (status, requests) = control(&emulator, "GET", "requests", "").await;
    assert_eq!((status, requests.as_array().unwrap().len()), (200, 5));
    assert_eq!((&requests[0]["code"], &requests[0]["operation"]), (&"Throttling.User".into(), &"ListOrders".into()));

    open_export(&emulator, "-1").await;
    control(&emulator, "POST", "faults", r#"{"operation": "ListOrders", "kind": "reset_after"}"#).await;
    assert_eq!(control(&emulator, "POST", "reset", "").await.0, 200);
    assert_eq!(control(&emulator, "GET", "requests", "").await.1, Value::Array(Vec::new()));
    assert_eq!(ask(dms("ListOrders"), &emulator).await["TotalCount"], 0);
}

#[tokio::test]
async fn the_control_endpoint_takes_no_nonsense() {
    let emulator = workflows().start().await.unwrap();
    for (method, path, body, status) in [
        ("POST", "faults", "", 400),
        ("POST", "faults", "7", 400),
        ("POST", "faults", r#"{"operation": "ListOrders"}"#, 400),
        ("POST", "faults", r#"{"operation": "NoSuch", "kind": "reset_after"}"#, 400),
        ("POST", "faults", r#"{"operation": "ListOrders", "kind": "status", "status": 99999}"#, 400),
        ("POST", "faults", r#"[{"operation": "ListOrders", "kind": "reset_before"}, {}]"#, 400),
        ("GET", "faults", "", 405),
        ("GET", "else", "", 404),
    ] {
        let (got, answer) = control(&emulator, method, path, body).await;
        assert_eq!(got, status, "{method} {path} {body}");
        assert!(answer["error"].is_string());
    }
    assert_eq!(dms("ListOrders").send(&emulator).await.status, 200, "none of them was taken");
    let without = builder().start().await.unwrap();
    assert_eq!(Wire::get("/_emulator/requests").send(without.url()).await.status, 404);
}
