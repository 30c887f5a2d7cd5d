//! Jobs that export: stopped for a while, and started again.

use std::time::SystemTime;

use serde_json::Value;

use super::call::Call;
use super::export::{JOB, settled};
use super::orders::{Kind, Order, Orders, Stage};
use super::{Failure, Settings};

/// A job that stands still: in which state, and since when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standstill {
    pub(super) state: &'static str,
    since: SystemTime,
}

/// `PauseDataExportJob` and `SuspendDataExportJob`: no source tells how they differ, nor a state for it, so the job stays
/// in the state that it has.
pub(super) fn stop(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = find(orders, settings, call)?;
    let state = settled(order, settings, call.now);
    if !order.can_stop {
        let message = "Only a job in the mode NORMAL can be stopped.".to_owned();
        return Err(Failure { code: "JobModeError", message });
    }
    if order.standstill.is_some() || order.track.ends_with(state) {
        return Err(Failure::state("JobStatusError", "job", state));
    }
    order.standstill = Some(Standstill { state, since: call.now });
    Ok(call.reply())
}

/// `RestartDataExportJob`: the job goes on where it stood still.
pub(super) fn restart(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = find(orders, settings, call)?;
    let Some(Standstill { since, .. }) = order.standstill.take() else {
        return Err(Failure::state("JobStatusError", "job", settled(order, settings, call.now)));
    };
    order.track.lose(call.now.duration_since(since).unwrap_or_default());
    Ok(call.reply())
}

/// The ticket, if the job is its own and is being executed.
fn find<'a>(orders: &'a mut Orders, settings: &Settings, call: &Call<'_>) -> Result<&'a mut Order, Failure> {
    let order = orders.of(call, settings, Some(Kind::Export))?;
    let is_running = order.stage == Stage::Running && call.number("JobId") == Some(order.id + JOB);
    if is_running { Ok(order) } else { Err(Failure::unknown("JobNotExist", "job")) }
}
