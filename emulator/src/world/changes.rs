//! What a ticket that finds changes of rows has found: tables and changes.

use serde_json::Value;

use super::call::{Call, pattern, set};
use super::export::step;
use super::orders::{Kind, Order, Orders};
use super::{Failure, Settings};

/// `GetDataTrackJobTableMeta`: the tables of the ticket, once the logs are listed.
pub(super) fn tables(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let state = step(order, settings, call);
    let mut reply = call.reply();
    let is_listed = order.track.place(state) >= order.track.place("LIST_SUCCESS");
    let tables = if is_listed { of_tables(order, &pattern(&reply, "TableMetaList")) } else { Vec::new() };
    set(&mut reply, "TableMetaList", tables);
    Ok(reply)
}

/// `SearchDataTrackResult`: changes of the tables of the ticket, once they are found; of those that the call asks for,
/// if it names tables or kinds.
pub(super) fn search(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, Some(Kind::Track))?;
    let state = step(order, settings, call);
    if state != "FILTER_SUCCESS" {
        return Err(Failure::state("OrderStatusError", "order", state));
    }
    let mut reply = call.reply();
    let among = |list: &str, value: &Value| match call.json(list) {
        Value::Array(wanted) if !wanted.is_empty() => wanted.contains(value),
        _ => true,
    };
    let mut tables = of_tables(order, &pattern(&reply, "TrackResult.TableInfoList"));
    tables.retain(|table| among("FilterTableList", &table["TableName"]));
    let event = pattern(&reply, "TrackResult.EventList");
    // `UPDATE` asks for what is called `UPDATE_ROWS` or `EXT_UPDATE_ROWS`.
    let kind = event["EventType"].as_str().unwrap_or_default().trim_start_matches("EXT_");
    let kind = match kind.trim_end_matches("_ROWS") {
        "WRITE" => "INSERT",
        kind => kind,
    };
    let is_wanted = among("FilterTypeList", &kind.into()) || among("FilterTypeList", &event["EventType"]);
    let events: Vec<Value> = (1..=tables.len()).filter(|_| is_wanted).map(|id| numbered(&event, id)).collect();
    set(&mut reply, "TrackResult.TotalCount", events.len());
    set(&mut reply, "TrackResult.EventList", events);
    set(&mut reply, "TrackResult.TableInfoList", tables);
    Ok(reply)
}

/// One like the pattern for each table of the ticket; the pattern itself if the ticket names none.
fn of_tables(order: &Order, pattern: &Value) -> Vec<Value> {
    let named = order.wanted.get("TableNames").and_then(Value::as_array).filter(|names| !names.is_empty());
    let Some(names) = named else { return vec![pattern.clone()] };
    let one = |name: &Value| {
        let mut table = pattern.clone();
        set(&mut table, "TableName", name.clone());
        table
    };
    names.iter().map(one).collect()
}

fn numbered(event: &Value, id: usize) -> Value {
    let mut event = event.clone();
    set(&mut event, "EventId", id);
    event
}
