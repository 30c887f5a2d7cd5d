//! Tickets that export what a query returns.

use std::time::SystemTime;

use serde_json::Value;

use super::approval;
use super::call::{Call, set};
use super::orders::{Kind, Order, Orders, Stage};
use super::pace::Track;
use super::{Failure, Outcome, Settings};

const PRECHECK: &[&str] = &["PRE_CHECKING", "PRE_CHECK_SUCCESS"];
const PRECHECK_FAILS: &[&str] = &["PRE_CHECKING", "PRE_CHECK_FAIL"];
const EXPORT: &[&str] = &["WAITING_EXPORT", "DOING_EXPORT", "EXPORT_SUCCESS"];
const EXPORT_FAILS: &[&str] = &["WAITING_EXPORT", "DOING_EXPORT", "EXPORT_FAIL"];

/// What is added to the id of a ticket for that of its job.
pub(super) const JOB: i64 = 700_000;

/// `CreateDataExportOrder`.
pub(super) fn create(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Value {
    let fails = settings.ends(call.action(), Outcome::Fails);
    let track = Track::new(if fails { PRECHECK_FAILS } else { PRECHECK }, call.now);
    let order = orders.open(call, settings, Kind::Export, call.json("PluginParam"), track);
    let mut reply = call.reply();
    set(&mut reply, "CreateOrderResult.CreateOrderResult", vec![order.id]);
    reply
}

/// The `JobStatus` that a call is shown, after the time that has passed or the polls that there were.
pub(super) fn step(order: &mut Order, settings: &Settings, call: &Call<'_>) -> &'static str {
    if let Some(state) = order.standing() {
        return state;
    }
    let mut state = order.track.show(call.action(), settings.pace, call.now);
    approval::by_itself(order, &mut state, call.now);
    state
}

/// The `JobStatus` that callers know of, without being shown another.
pub(super) fn settled(order: &mut Order, settings: &Settings, now: SystemTime) -> &'static str {
    if let Some(state) = order.standing() {
        return state;
    }
    let mut state = order.track.known(settings.pace, now);
    approval::by_itself(order, &mut state, now);
    state
}

/// `GetDataExportOrderDetail`.
pub(super) fn detail(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Export))?;
    let state = step(order, settings, call);
    let mut reply = call.reply();
    set(&mut reply, "DataExportOrderDetail.KeyInfo.JobStatus", state);
    set(&mut reply, "DataExportOrderDetail.KeyInfo.PreCheckId", order.id + 500_000);
    set(
        &mut reply,
        "DataExportOrderDetail.KeyInfo.JobId",
        if order.stage == Stage::Running { order.id + JOB } else { 0 },
    );
    for field in ["DbId", "Classify", "ExeSQL", "Logic", "IgnoreAffectRows", "IgnoreAffectRowsReason"] {
        if let Some(value) = order.wanted.get(field) {
            set(&mut reply, &format!("DataExportOrderDetail.OrderDetail.{field}"), value.clone());
        }
    }
    if let Some(rows) = order.wanted.get("AffectRows") {
        set(&mut reply, "DataExportOrderDetail.OrderDetail.ActualAffectRows", rows.clone());
    }
    Ok(reply)
}

/// `GetDataExportPreCheckDetail`: nothing before the precheck is over.
pub(super) fn precheck(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    const LIST: &str = "PreCheckResult.PreCheckDetailList.PreCheckDetailList";
    let order = orders.of(call, settings, Some(Kind::Export))?;
    let state = step(order, settings, call);
    let mut reply = call.reply();
    if let Some(ignores) = order.wanted.get("IgnoreAffectRows") {
        set(&mut reply, "PreCheckResult.IgnoreAffectRows", ignores.clone());
    }
    if state == "PRE_CHECKING" {
        set(&mut reply, LIST, Vec::<Value>::new());
    }
    for (field, wanted) in [("SQL", "ExeSQL"), ("AffectRows", "AffectRows")] {
        if let Some(value) = order.wanted.get(wanted) {
            set(&mut reply, &format!("{LIST}[].{field}"), value.clone());
        }
    }
    Ok(reply)
}

/// `ExecuteDataExport`.
pub(super) fn execute(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Export))?;
    let state = settled(order, settings, call.now);
    if order.stage != Stage::Approved {
        return Err(Failure::state("OrderStatusError", "order", state));
    }
    order.can_stop = call.json("ActionDetail")["mode"] == "NORMAL";
    let fails = settings.ends(call.action(), Outcome::Fails);
    begin(order, Stage::Running, if fails { EXPORT_FAILS } else { EXPORT }, call.now);
    Ok(call.reply())
}

/// `GetDataExportDownloadURL`: without a link before the end.
pub(super) fn link(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Export))?;
    let state = step(order, settings, call);
    let ready = state == "EXPORT_SUCCESS" && order.frozen.is_none();
    let mut reply = call.reply();
    set(&mut reply, "DownloadURLResult.HasResult", ready);
    if ready {
        let (link, _) = super::link::link(call, settings, &format!("export_{}.zip", order.id), settings.lifetime(None));
        set(&mut reply, "DownloadURLResult.URL", link);
        set(&mut reply, "DownloadURLResult.TipMessage", "");
    } else {
        set(&mut reply, "DownloadURLResult.URL", Value::Null);
        set(
            &mut reply,
            "DownloadURLResult.TipMessage",
            format!("There is no file yet: the order is in the state {state}."),
        );
    }
    Ok(reply)
}

/// Begins a stage, and the states that belong to it.
pub(super) fn begin(order: &mut Order, stage: Stage, states: &'static [&'static str], now: SystemTime) {
    order.stage = stage;
    order.track = Track::new(states, now);
    order.changed = now;
}
