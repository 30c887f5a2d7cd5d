//! The approval of tickets.

use std::time::SystemTime;

use serde_json::Value;

use super::call::{Call, set};
use super::export::{begin, settled, step};
use super::orders::{Kind, Order, Orders, Stage};
use super::{Failure, Outcome, Settings, time};

const AUDITING: &[&str] = &["APPLY_AUDIT_SUCCESS"];
/// Where somebody else acts, that somebody takes as long as a state does.
const AGREED: &[&str] = &["APPLY_AUDIT_SUCCESS", "ENABLE_EXPORT"];
/// The second state is never shown: what refuses the ticket leaves no trace in it.
const REFUSED: &[&str] = &["APPLY_AUDIT_SUCCESS", "REFUSED"];
const APPROVED: &[&str] = &["ENABLE_EXPORT"];

/// `SubmitOrderApproval`.
pub(super) fn submit(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, None)?;
    let state = settled(order, settings, call.now);
    if order.kind != Kind::Export || order.stage != Stage::New || state != "PRE_CHECK_SUCCESS" {
        return Err(Failure::state("OrderStatusError", "order", state));
    }
    let told = |outcome| settings.ends("SubmitOrderApproval", outcome);
    let states = if told(Outcome::Rejected) || settings.ends("CreateDataExportOrder", Outcome::Rejected) {
        REFUSED
    } else if told(Outcome::Succeeds) {
        AGREED
    } else {
        AUDITING
    };
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
            *state = "APPLY_AUDIT_SUCCESS";
            "refused".clone_into(&mut order.comment_of_approval);
            order.end(Stage::Rejected, "APPLY_AUDIT_SUCCESS", now);
        }
        "ENABLE_EXPORT" => begin(order, Stage::Approved, APPROVED, now),
        _ => {}
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
        ("OrderType", "DATA_EXPORT".into()),
        ("AuditId", order.workflow().unwrap_or_default().into()),
        ("Title", Value::from(format!("Data export ticket - {}", order.id))),
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
        "AGREE" => begin(order, Stage::Approved, APPROVED, call.now),
        "REJECT" => order.end(Stage::Rejected, "APPLY_AUDIT_SUCCESS", call.now),
        "CANCEL" => order.end(Stage::Cancelled, "APPLY_AUDIT_SUCCESS", call.now),
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
