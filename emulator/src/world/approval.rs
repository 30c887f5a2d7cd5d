//! The approval of tickets.

use std::time::SystemTime;

use serde_json::Value;

use super::call::{Call, set};
use super::export::{begin, settled, step};
use super::orders::{Kind, Order, Orders, Stage};
use super::{Failure, Outcome, Settings, time, track};

const APPROVED: &[&str] = &["ENABLE_EXPORT"];

/// The `JobStatus` of a ticket that waits.
fn waiting_state(kind: Kind) -> &'static str {
    match kind {
        Kind::Export => "APPLY_AUDIT_SUCCESS",
        Kind::Track => "INIT",
    }
}

/// The states of a ticket that waits. Where somebody else acts, that somebody takes as long as a state does. The second
/// state is never shown: it tells what that somebody does, and what refuses a ticket leaves no trace in it.
fn waiting(kind: Kind, does: Option<Outcome>) -> &'static [&'static str] {
    match (kind, does) {
        (Kind::Export, Some(Outcome::Rejected)) => &["APPLY_AUDIT_SUCCESS", "REFUSED"],
        (Kind::Export, Some(Outcome::Succeeds)) => &["APPLY_AUDIT_SUCCESS", "AGREED"],
        (Kind::Export, _) => &["APPLY_AUDIT_SUCCESS"],
        (Kind::Track, Some(Outcome::Rejected)) => &["INIT", "REFUSED"],
        (Kind::Track, Some(Outcome::Succeeds)) => &["INIT", "AGREED"],
        (Kind::Track, _) => &["INIT"],
    }
}

/// `SubmitOrderApproval`.
pub(super) fn submit(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, None)?;
    let state = settled(order, settings, call.now);
    let is_checked = order.kind == Kind::Track || state == "PRE_CHECK_SUCCESS";
    if order.stage != Stage::New || !is_checked {
        return Err(Failure::state("OrderStatusError", "order", state));
    }
    let is_refused = order.kind == Kind::Export && settings.ends("CreateDataExportOrder", Outcome::Rejected);
    let does = if is_refused { Some(&Outcome::Rejected) } else { settings.outcomes.get(call.action()) };
    let states = waiting(order.kind, does.copied());
    order.submitted = true;
    begin(order, Stage::Auditing, states, call.now);
    Ok(call.reply())
}

/// What somebody else does about a ticket that waits for approval, once its state is this one.
pub(super) fn by_itself(order: &mut Order, state: &mut &'static str, now: SystemTime) {
    if order.stage != Stage::Auditing {
        return;
    }
    match *state {
        "REFUSED" => {
            *state = waiting_state(order.kind);
            "refused".clone_into(&mut order.comment_of_approval);
            order.end(Stage::Rejected, state, now);
        }
        "AGREED" => *state = agree(order, now),
        _ => {}
    }
}

/// Approves a ticket; tells its new `JobStatus`. An export waits to be executed, a search begins.
fn agree(order: &mut Order, now: SystemTime) -> &'static str {
    match order.kind {
        Kind::Export => {
            begin(order, Stage::Approved, APPROVED, now);
            "ENABLE_EXPORT"
        }
        Kind::Track => {
            track::work(order, now);
            "INIT"
        }
    }
}

/// The state of an approval.
pub(super) fn state(order: &Order) -> &'static str {
    match order.stage {
        Stage::New | Stage::Auditing => "AUDITING",
        Stage::Approved | Stage::Running => "APPROVED",
        Stage::Rejected => "REJECT",
        Stage::Cancelled | Stage::Closed => "CANCEL",
    }
}

/// `GetApprovalDetail`.
pub(super) fn detail(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of_workflow(call, settings)?;
    step(order, settings, call);
    let state = state(order);
    let mut reply = call.reply();
    for (field, value) in [
        ("OrderId", order.id.into()),
        ("OrderType", order.plugin().into()),
        ("AuditId", order.workflow().unwrap_or_default().into()),
        ("Title", Value::from(format!("{} ticket - {}", order.title(), order.id))),
        ("Description", order.comment.clone().into()),
        ("CreateTime", time::text(order.created, ' ').into()),
        ("WorkflowInsCode", state.into()),
    ] {
        set(&mut reply, &format!("ApprovalDetail.{field}"), value);
    }
    let node = "ApprovalDetail.WorkflowNodes.WorkflowNode[]";
    set(&mut reply, &format!("{node}.WorkflowInsCode"), state);
    set(&mut reply, &format!("{node}.OperateTime"), time::text(order.changed, ' '));
    set(&mut reply, &format!("{node}.OperateComment"), order.comment_of_approval.clone());
    if state != "AUDITING" {
        set(&mut reply, "ApprovalDetail.CurrentHandlers.CurrentHandler", Vec::<Value>::new());
    }
    Ok(reply)
}

/// `ApproveOrder`.
pub(super) fn act(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of_workflow(call, settings)?;
    settled(order, settings, call.now);
    if order.stage != Stage::Auditing {
        return Err(Failure::state("WorkflowInstanceStatusError", "approval", state(order)));
    }
    let missing =
        |what: &str| Failure { code: "InvalidParameterValid", message: format!("{what} is mandatory for this.") };
    // The documents list the values in upper case and show one in lower case.
    match call.text("ApprovalType").unwrap_or_default().to_ascii_uppercase().as_str() {
        "AGREE" => {
            agree(order, call.now);
        }
        "REJECT" => order.end(Stage::Rejected, waiting_state(order.kind), call.now),
        "CANCEL" => order.end(Stage::Cancelled, waiting_state(order.kind), call.now),
        "TRANSFER" if call.text("NewApprover").or_else(|| call.text("NewApproverList")).is_none() => {
            return Err(missing("NewApprover"));
        }
        "ADD_APPROVAL_NODE" if call.text("ApprovalNodeId").is_none() => return Err(missing("ApprovalNodeId")),
        // Somebody else has to act now, and the approval goes on.
        "TRANSFER" | "ADD_APPROVAL_NODE" => order.changed = call.now,
        _ => return Err(Failure { code: "InvalidParameterValid", message: "ApprovalType is not valid.".to_owned() }),
    }
    order.comment_of_approval = call.text("Comment").unwrap_or_default();
    Ok(call.reply())
}
