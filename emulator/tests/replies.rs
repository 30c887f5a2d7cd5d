//! What is answered: samples value for value, states, pages, links, and replies that are set from outside.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read;
use alicloud_emulator::{CannedReply, Emulator, SetReplyError, StartError};
use serde_json::{Value, json};
use support::call::{Call, dbs, dms, oceanbase, rpc};
use support::{SPECS, builder};

fn good(operation: &str) -> Call {
    match operation {
        "GetDataExportOrderDetail" => dms(operation).form("OrderId", "546"),
        "GetDataExportDownloadURL" => dms(operation).query("OrderId", "546"),
        "QueryDataTrackResultDownloadStatus" => dms(operation).query("OrderId", "11").query("DownloadKeyId", "e23d"),
        "DescribeBackupSetDownloadLink" => oceanbase(operation).form("InstanceId", "ob").form("DownloadTaskId", "1"),
        "DescribeDownloadTask" => dbs(operation).query("RegionCode", "cn-hangzhou").query("InstanceName", "rm"),
        other => rpc(other, "2020-01-01"),
    }
}

const DOCUMENTED: [&str; 5] = [
    "DescribeBackupSetDownloadLink",
    "DescribeDownloadTask",
    "GetDataExportDownloadURL",
    "GetDataExportOrderDetail",
    "QueryDataTrackResultDownloadStatus",
];

#[tokio::test]
async fn samples_are_answered_value_for_value() {
    let mut report = Report::default();
    let specs = read::folder(Path::new(SPECS), &mut report);
    let files = specs.products.iter().flat_map(|product| &product.operations);
    let samples: BTreeMap<_, _> =
        files.filter_map(|file| Some((file.name.as_str(), file.operation.samples.first()?.json.clone()?))).collect();
    let emulator = builder().start().await.unwrap();
    for operation in DOCUMENTED {
        let sample: Value = serde_json::from_str(&samples[operation]).unwrap();
        let reply = good(operation).send(&emulator).await;
        // As text: the order of the fields and the digits of the numbers count too.
        assert_eq!(String::from_utf8(reply.body.clone()).unwrap(), sample.to_string(), "{operation}");
        assert_eq!(reply.header("x-acs-request-id"), sample["RequestId"].as_str(), "{operation}");
    }
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let emulator = builder().start().await.unwrap();
    let reply = good("Numbers").send(&emulator).await;
    assert_eq!(reply.body, br#"{"Big":123456789012345678901234567890,"Exact":1.10}"#);
}

#[tokio::test]
async fn without_a_sample_one_is_made() {
    let emulator = builder().start().await.unwrap();
    let reply = good("Styles").send(&emulator).await.json();
    assert_eq!(reply["Lists"], json!([7]));
    assert_eq!(reply["Tree"]["Inside"]["Name"], "");
    assert_eq!(reply["RequestId"], "00000000-0000-4000-8000-000000000000");
    let text = good("Text").send(&emulator).await;
    assert_eq!((text.body.as_slice(), text.header("content-type")), (&b"hello"[..], Some("text/plain;charset=utf-8")));
}

async fn values(emulator: &Emulator, operation: &str, pointer: &str, calls: usize) -> Vec<Value> {
    let mut values = Vec::new();
    for _ in 0..calls {
        let reply = good(operation).send(emulator).await.json();
        values.push(reply.pointer(pointer).cloned().unwrap_or_default());
    }
    values
}

#[tokio::test]
async fn states_are_played_one_a_call() {
    let emulator = builder()
        .states("GetDataExportOrderDetail", "finished", ["PRE_CHECKING", "DOING_EXPORT", "EXPORT_SUCCESS"])
        .states("GetDataExportDownloadURL", "ready", ["false", "true"])
        .states("DescribeBackupSetDownloadLink", "ready", ["RUNNING", "running", "SUCCESS"])
        .start()
        .await
        .unwrap();
    // A refused request is no call.
    assert_eq!(dms("GetDataExportOrderDetail").send(&emulator).await.status, 400);
    let states = values(&emulator, "GetDataExportOrderDetail", "/DataExportOrderDetail/KeyInfo/JobStatus", 4).await;
    assert_eq!(states, ["PRE_CHECKING", "DOING_EXPORT", "EXPORT_SUCCESS", "EXPORT_SUCCESS"]);

    // There is no link before it is ready.
    let mut links = Vec::new();
    for _ in 0..2 {
        let result = good("GetDataExportDownloadURL").send(&emulator).await.json()["DownloadURLResult"].clone();
        links.push((result["HasResult"].clone(), result.get("URL").is_some()));
    }
    assert_eq!(links, [(json!(false), false), (json!(true), true)]);
    let links = values(&emulator, "DescribeBackupSetDownloadLink", "/Data/InternalUrl", 3).await;
    assert_eq!(links, [Value::Null, Value::Null, json!("http://bucket.oss-region-internal.aliyuncs.com/xxxxx")]);
}

#[tokio::test]
async fn a_failure_has_no_link() {
    let emulator =
        builder().states("DescribeBackupSetDownloadLink", "ready", ["RUNNING", "failed"]).start().await.unwrap();
    let links = values(&emulator, "DescribeBackupSetDownloadLink", "/Data/InternalUrl", 3).await;
    assert_eq!(links, [Value::Null, Value::Null, Value::Null]);
}

#[tokio::test]
async fn states_of_what_is_not_there_are_refused() {
    let error = |operation: &'static str, waiter: &'static str| async move {
        builder().states(operation, waiter, ["x"]).start().await.unwrap_err()
    };
    assert!(matches!(error("GetNothing", "ready").await, StartError::NoSuchOperation(name) if name == "GetNothing"));
    let refused = error("GetDataExportOrderDetail", "done").await;
    assert_eq!(refused.to_string(), "GetDataExportOrderDetail has no waiter `done` whose path leads to a state");
}

#[tokio::test]
async fn there_is_nothing_behind_the_first_page() {
    let emulator = builder().start().await.unwrap();
    for (page, number, count) in
        [(None, 1, 1), (Some("1"), 1, 1), (Some("0"), 1, 1), (Some("2"), 2, 0), (Some("x"), 1, 1)]
    {
        let call = page.into_iter().fold(good("DescribeDownloadTask"), |call, page| call.query("CurrentPage", page));
        let data = call.send(&emulator).await.json()["Data"].clone();
        assert_eq!(data["PageNumber"], number, "{page:?}");
        assert_eq!(data["Content"]["List"].as_array().unwrap().len(), count, "{page:?}");
        assert_eq!(data["TotalElements"], 1, "{page:?}");
    }
    assert_eq!(good("ListByToken").send(&emulator).await.json(), json!({"NextToken": "second", "Items": ["a", "b"]}));
    let second = good("ListByToken").form("NextToken", "second").send(&emulator).await.json();
    assert_eq!(second, json!({"Items": []}));
}

#[tokio::test]
async fn links_lead_to_the_emulator_if_it_serves_files() {
    let emulator = builder().files(true).start().await.unwrap();
    let url = emulator.url();
    for (operation, pointer, expected) in [
        ("GetDataExportDownloadURL", "/DownloadURLResult/URL", "GetDataExportDownloadURL/xxx.zip"),
        (
            "QueryDataTrackResultDownloadStatus",
            "/StatusResult/DownloadUrl",
            "QueryDataTrackResultDownloadStatus/****_REDO_31201_207.zip\n",
        ),
        ("DescribeBackupSetDownloadLink", "/Data/InternalUrl", "DescribeBackupSetDownloadLink/xxxxx"),
    ] {
        let reply = good(operation).send(&emulator).await.json();
        let link = reply.pointer(pointer).unwrap().as_str().unwrap();
        assert_eq!(link, format!("{url}/files/{expected}"), "{operation}");
        let target = link.trim().strip_prefix(url).unwrap();
        assert_eq!(support::wire::Wire::get(target).send(url).await.status, 200, "{operation}");
    }
}

#[tokio::test]
async fn replies_can_be_set() {
    let emulator = builder().start().await.unwrap();
    let operation = "GetDataExportDownloadURL";
    let html = CannedReply::new(502).header("content-type", "text/html").body("<html>");
    emulator.set_reply(operation, html).unwrap();
    emulator.set_reply(operation, CannedReply::new(503).until_cleared()).unwrap();
    // A refused request uses no reply up, another operation neither.
    assert_eq!(dms(operation).send(&emulator).await.status, 400);
    assert_eq!(good("GetDataExportOrderDetail").send(&emulator).await.status, 200);
    let reply = good(operation).send(&emulator).await;
    assert_eq!(
        (reply.status, reply.body.as_slice(), reply.header("content-type")),
        (502, &b"<html>"[..], Some("text/html"))
    );
    assert_eq!(reply.header("x-acs-request-id"), None);
    for _ in 0..2 {
        assert_eq!(good(operation).send(&emulator).await.status, 503);
    }
    emulator.clear_replies(operation);
    assert_eq!(good(operation).send(&emulator).await.status, 200);
}

#[tokio::test]
async fn replies_can_be_cut_and_late() {
    let emulator = builder().start().await.unwrap();
    let operation = "GetDataExportDownloadURL";
    for (after, expected) in [(4, &b"{\"Re"[..]), (0, b"")] {
        emulator.set_reply(operation, CannedReply::new(200).body(r#"{"RequestId":"1"}"#).cut_after(after)).unwrap();
        let reply = good(operation).send(&emulator).await;
        assert_eq!((reply.header("content-length"), reply.body.as_slice()), (Some("17"), expected));
    }
    let delay = Duration::from_millis(60);
    emulator.set_reply(operation, CannedReply::new(200).delay(delay)).unwrap();
    let start = Instant::now();
    good(operation).send(&emulator).await;
    assert!(start.elapsed() >= delay);
}

#[tokio::test]
async fn replies_that_cannot_be_sent_are_refused() {
    let emulator = builder().start().await.unwrap();
    let operation = "GetDataExportDownloadURL";
    let set = |reply| emulator.set_reply(operation, reply).unwrap_err();
    assert_eq!(set(CannedReply::new(99)), SetReplyError::Status(99));
    assert_eq!(set(CannedReply::new(100)), SetReplyError::Status(100));
    assert_eq!(set(CannedReply::new(200).header("a b", "c")), SetReplyError::Header("a b".to_owned()));
    assert_eq!(set(CannedReply::new(200).header("a", "b\nc")), SetReplyError::Header("a".to_owned()));
    assert_eq!(
        set(CannedReply::new(200).header("Content-Length", "9")),
        SetReplyError::Header("Content-Length".to_owned())
    );
    let error = emulator.set_reply("GetNothing", CannedReply::new(200)).unwrap_err();
    assert_eq!(error.to_string(), "no spec describes an operation called `GetNothing`");
}

#[tokio::test]
async fn specs_with_errors_are_not_served() {
    assert!(matches!(Emulator::builder().start().await.unwrap_err(), StartError::NothingToServe));
    let missing = Emulator::builder().specs("no/such/folder").start().await.unwrap_err();
    assert!(matches!(&missing, StartError::Specs(problems) if problems.len() == 1), "{missing}");
    let broken = format!("{}/dbs/2021-01-01/product.yaml", SPECS);
    let text = fs::read_to_string(broken).unwrap().replace("style: rpc", "style: soap");
    let path = "specs/dbs/2021-01-01/product.yaml".to_owned();
    let error = Emulator::builder().spec_texts([(path, text)]).start().await.unwrap_err().to_string();
    assert!(error.starts_with("the specs have errors:\nspecs/dbs/2021-01-01/product.yaml:"), "{error}");
}
