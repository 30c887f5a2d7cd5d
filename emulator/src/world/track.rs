//! Tickets that find changes of rows, and their files.

use std::time::SystemTime;

use serde_json::Value;

use super::call::{Call, set};
use super::export::{begin, settled, step};
use super::orders::{Kind, Order, Orders, Stage, TrackFile};
use super::pace::Track;
use super::{Failure, Outcome, Settings};

const TRACK: &[&str] =
    &["INIT", "LISTING", "LIST_SUCCESS", "DOWNLOADING", "DOWNLOAD_SUCCESS", "FILTERING", "FILTER_SUCCESS"];
const TRACK_FAILS: &[&str] =
    &["INIT", "LISTING", "LIST_SUCCESS", "DOWNLOADING", "DOWNLOAD_SUCCESS", "FILTERING", "FILTER_FAIL"];
/// Where the rules ask for an approval, until there is one.
const WAITS: &[&str] = &["INIT"];
const FILE: &[&str] = &["INIT", "LISTING", "DOWNLOADING", "DOWNLOAD_SUCCESS"];
const FILE_FAILS: &[&str] = &["INIT", "LISTING", "DOWNLOADING", "DOWNLOAD_FAIL"];

/// `CreateDataTrackOrder`.
pub(super) fn create(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Value {
    let ends = |outcome| settings.ends(call.action(), outcome);
    let states = if ends(Outcome::Fails) {
        TRACK_FAILS
    } else if ends(Outcome::NeedsApproval) {
        WAITS
    } else {
        TRACK
    };
    let order = orders.open(call, settings, Kind::Track, call.json("Param"), Track::new(states, call.now));
    if ends(Outcome::NeedsApproval) {
        order.stage = Stage::New;
    }
    if ends(Outcome::Rejected) {
        order.end(Stage::Rejected, "INIT", call.now);
    }
    let mut reply = call.reply();
    set(&mut reply, "CreateOrderResult", vec![order.id]);
    reply
}

/// Begins what was approved.
pub(super) fn work(order: &mut Order, now: SystemTime) {
    begin(order, Stage::Running, TRACK, now);
}

/// `GetDataTrackOrderDetail`.
pub(super) fn detail(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let state = step(order, settings, call);
    let mut reply = call.reply();
    set(&mut reply, "DataTrackOrderDetail.JobStatus", state);
    set(&mut reply, "DataTrackOrderDetail.StatusDesc", state.to_ascii_lowercase());
    for field in ["TableNames", "TrackTypes", "JobStartTime", "JobEndTime"] {
        if let Some(value) = order.wanted.get(field) {
            set(&mut reply, &format!("DataTrackOrderDetail.{field}"), value.clone());
        }
    }
    // Text in the request and a number in the reply.
    let database = order.wanted.get("DbId").and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok()));
    if let Some(database) = database {
        set(&mut reply, "DataTrackOrderDetail.DbId", database);
    }
    Ok(reply)
}

/// `GetDataTrackJobDegree`.
pub(super) fn degree(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let state = step(order, settings, call);
    let place = order.track.place(state);
    let mut reply = call.reply();
    set(&mut reply, "JobDegree.JobStatus", state);
    set(&mut reply, "JobDegree.StatusDesc", state.to_ascii_lowercase());
    // Two states for each of the three: one in which it is done by half, one in which it is done.
    for (field, first) in [("List", 1), ("Download", 3), ("Filter", 5)] {
        let degree = if place < first || state == "FILTER_FAIL" && first == 5 {
            0.0
        } else if place == first {
            0.5
        } else {
            1.0
        };
        set(&mut reply, &format!("JobDegree.{field}CompletionDegree"), degree);
    }
    Ok(reply)
}

/// `DownloadDataTrackResult`.
pub(super) fn start_file(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let number = orders.files + 1;
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let state = settled(order, settings, call.now);
    if state != "FILTER_SUCCESS" {
        return Err(Failure::state("OrderStatusError", "order", state));
    }
    let fails = settings.ends(call.action(), Outcome::Fails);
    let key = format!("00000000-0000-4000-9000-{number:012x}");
    order.files.push(TrackFile {
        key: key.clone(),
        forward: call.text("RollbackSQLType").is_some_and(|kind| kind.eq_ignore_ascii_case("FORWARD")),
        track: Track::new(if fails { FILE_FAILS } else { FILE }, call.now),
    });
    orders.files = number;
    let mut reply = call.reply();
    set(&mut reply, "DownloadKeyId", key);
    Ok(reply)
}

/// `QueryDataTrackResultDownloadStatus`: the link comes with the line break that the documents show.
pub(super) fn file(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let key = call.text("DownloadKeyId");
    let Order { id, files, .. } = order;
    let Some(file) = files.iter_mut().find(|file| Some(&file.key) == key.as_ref()) else {
        return Err(Failure::unknown("DownloadKeyNotExist", "download key"));
    };
    let state = file.track.show(call.action(), settings.pace, call.now);
    let mut reply = call.reply();
    set(&mut reply, "StatusResult.DownloadStatus", state);
    set(&mut reply, "StatusResult.StatusDesc", state);
    if state == "DOWNLOAD_SUCCESS" {
        let way = if file.forward { "REDO" } else { "UNDO" };
        let name = format!("track_{way}_{id}.zip");
        let (link, _) = super::link::link(call, settings, &name, settings.lifetime(None));
        set(&mut reply, "StatusResult.DownloadUrl", format!("{link}\n"));
    } else {
        set(&mut reply, "StatusResult.DownloadUrl", Value::Null);
        set(&mut reply, "StatusResult.TotalCount", 0);
    }
    Ok(reply)
}
