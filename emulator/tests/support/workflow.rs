//! Calls of the four workflows, short to write.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use alicloud_emulator::{Builder, Emulator};
use serde_json::Value;

use super::call::{Call, dbs, dms, oceanbase};
use super::wire::{Reply, Wire};
use super::{SPECS, now};

/// An emulator of the real specs that plays the workflows; its clock stands still.
pub fn workflows() -> Builder {
    Emulator::builder().specs(SPECS).workflows(true).clock(now)
}

/// A clock that a test moves on, in seconds.
#[derive(Clone, Default)]
pub struct Hand(Arc<AtomicU64>);

impl Hand {
    pub fn read(&self) -> SystemTime {
        now() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    pub fn forward(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

/// Sends a call; its reply must be of HTTP status 200.
pub async fn ask(call: Call, emulator: &Emulator) -> Value {
    let reply = call.send(emulator).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

/// The text at a JSON pointer.
pub fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} in {value}")).to_owned()
}

/// Fetches the file behind a link.
pub async fn fetch(link: &str) -> Reply {
    let rest = link.trim().strip_prefix("http://").expect("http");
    let (host, path) = rest.split_once('/').expect("a path");
    Wire::get(&format!("/{path}")).send(&format!("http://{host}")).await
}

/// Opens an export and tells the ticket.
pub async fn open_export(emulator: &Emulator, tenant: &str) -> String {
    let plugin = r#"{"InstanceId": 7, "DbId": 18, "Logic": false, "ExeSQL": "select 2", "Classify": "test",
        "AffectRows": 5, "IgnoreAffectRows": true}"#;
    let call = dms("CreateDataExportOrder").query("PluginParam", plugin).query("Comment", "why").query("Tid", tenant);
    ask(call, emulator).await["CreateOrderResult"]["CreateOrderResult"][0].to_string()
}

/// A call about a ticket, by the query.
pub fn about(action: &str, ticket: &str) -> Call {
    dms(action).query("OrderId", ticket)
}

/// The state of an export.
pub async fn export_state(emulator: &Emulator, ticket: &str) -> String {
    let reply = ask(dms("GetDataExportOrderDetail").form("OrderId", ticket), emulator).await;
    text(&reply, "/DataExportOrderDetail/KeyInfo/JobStatus")
}

/// The state of a ticket of any kind.
pub async fn status_code(emulator: &Emulator, ticket: &str) -> String {
    text(&ask(about("GetOrderBaseInfo", ticket), emulator).await, "/OrderBaseInfo/StatusCode")
}

/// Brings an export through its precheck and submits it; tells the id of the approval.
pub async fn submit(emulator: &Emulator, ticket: &str) -> String {
    while export_state(emulator, ticket).await == "PRE_CHECKING" {}
    assert_eq!(ask(about("SubmitOrderApproval", ticket), emulator).await["Success"], true);
    ask(about("GetOrderBaseInfo", ticket), emulator).await["OrderBaseInfo"]["WorkflowInstanceId"].to_string()
}

pub fn approve(workflow: &str, how: &str) -> Call {
    dms("ApproveOrder").query("WorkflowInstanceId", workflow).query("ApprovalType", how)
}

pub fn backup(action: &str, instance: &str) -> Call {
    oceanbase(action).form("InstanceId", instance)
}

pub fn download(action: &str, instance: &str) -> Call {
    dbs(action).query("RegionCode", "cn-hangzhou").query("InstanceName", instance)
}

/// Creates an advanced download and tells the task.
pub async fn create_download(emulator: &Emulator, instance: &str) -> String {
    let call = download("CreateDownload", instance)
        .query("FormatType", "CSV")
        .query("BakSetType", "full")
        .query("BakSetId", "146005")
        .query("TargetType", "URL");
    text(&ask(call, emulator).await, "/Data/TaskId")
}

/// The states of the tasks of an instance, the newest first.
pub async fn download_states(emulator: &Emulator, instance: &str) -> Vec<String> {
    let reply = ask(download("DescribeDownloadTask", instance), emulator).await;
    let list = reply["Data"]["Content"]["List"].as_array().expect("a list");
    list.iter().map(|task| text(task, "/DownloadStatus")).collect()
}
