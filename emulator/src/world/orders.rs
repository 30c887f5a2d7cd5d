//! Tickets of DMS: what all kinds of them have in common.

use std::time::SystemTime;

use serde_json::Value;

use super::call::{Call, pattern, set};
use super::job::Standstill;
use super::pace::Track;
use super::{Failure, Settings, time};

/// The id of the first ticket.
const FIRST_ORDER: i64 = 1001;
/// What is added to the id of a ticket for that of its approval: whoever mixes them up finds nothing.
const TO_WORKFLOW: i64 = 900_000;

/// What a ticket is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Export,
    Track,
}

/// How far a ticket is, whatever it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stage {
    /// Opened; an export is being prechecked.
    New,
    /// Waits for approval.
    Auditing,
    Approved,
    /// Being executed, or done with that.
    Running,
    Rejected,
    Cancelled,
    Closed,
}

/// A file of tracked changes.
#[derive(Debug)]
pub(super) struct TrackFile {
    pub(super) key: String,
    pub(super) forward: bool,
    pub(super) track: Track,
}

/// A ticket.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) id: i64,
    pub(super) tenant: i64,
    pub(super) kind: Kind,
    pub(super) comment: String,
    /// What it is to do, as it was sent.
    pub(super) wanted: Value,
    pub(super) created: SystemTime,
    pub(super) changed: SystemTime,
    pub(super) stage: Stage,
    /// The states that follow one another by themselves: of the precheck, then of the approval, then of the work.
    pub(super) track: Track,
    /// The last `JobStatus` before the ticket was refused, withdrawn or closed: it stays for ever.
    pub(super) frozen: Option<&'static str>,
    /// Whether the job that exports can be stopped.
    pub(super) can_stop: bool,
    /// Set while it stands still.
    pub(super) standstill: Option<Standstill>,
    pub(super) submitted: bool,
    pub(super) comment_of_approval: String,
    pub(super) files: Vec<TrackFile>,
}

impl Order {
    /// The state that stays until somebody does something about it.
    pub(super) fn standing(&self) -> Option<&'static str> {
        self.frozen.or(self.standstill.map(|standstill| standstill.state))
    }

    /// The id of the approval, once there is one.
    pub(super) fn workflow(&self) -> Option<i64> {
        self.submitted.then_some(self.id + TO_WORKFLOW)
    }

    /// The state in the words of `GetOrderBaseInfo`, for a state of the work.
    fn status(&self, job: &str) -> &'static str {
        match self.stage {
            Stage::New if job == "PRE_CHECK_FAIL" => "fail",
            Stage::New => "new",
            Stage::Auditing => "toaudit",
            Stage::Approved => "Approved",
            Stage::Running if job.ends_with("_FAIL") => "fail",
            Stage::Running if self.track.ends_with(job) => "success",
            Stage::Running => "processing",
            Stage::Rejected => "reject",
            Stage::Cancelled => "cancel",
            Stage::Closed => "closed",
        }
    }

    /// Ends the ticket without a trace in its `JobStatus`.
    pub(super) fn end(&mut self, stage: Stage, job: &'static str, now: SystemTime) {
        self.frozen.get_or_insert(job);
        self.stage = stage;
        self.changed = now;
    }

    pub(super) fn plugin(&self) -> &'static str {
        match self.kind {
            Kind::Export => "DATA_EXPORT",
            Kind::Track => "DATA_TRACK",
        }
    }

    /// What the kind of ticket is called in titles.
    pub(super) fn title(&self) -> &'static str {
        match self.kind {
            Kind::Export => "Data export",
            Kind::Track => "Data tracking",
        }
    }
}

/// All tickets, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Orders {
    all: Vec<Order>,
    /// How many files of tracked changes there are.
    pub(super) files: u64,
}

impl Orders {
    /// Opens a ticket.
    pub(super) fn open(
        &mut self,
        call: &Call<'_>,
        settings: &Settings,
        kind: Kind,
        wanted: Value,
        track: Track,
    ) -> &mut Order {
        let id = FIRST_ORDER + i64::try_from(self.all.len()).unwrap_or_default();
        self.all.push(Order {
            id,
            tenant: call.tenant(settings),
            kind,
            comment: call.text("Comment").unwrap_or_default(),
            wanted,
            created: call.now,
            changed: call.now,
            stage: if kind == Kind::Track { Stage::Running } else { Stage::New },
            track,
            frozen: None,
            can_stop: false,
            standstill: None,
            submitted: false,
            comment_of_approval: String::new(),
            files: Vec::new(),
        });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// The ticket that a call names, of its tenant and of this kind, if any is asked for.
    pub(super) fn of(
        &mut self,
        call: &Call<'_>,
        settings: &Settings,
        kind: Option<Kind>,
    ) -> Result<&mut Order, Failure> {
        let (id, tenant) = (call.number("OrderId"), call.tenant(settings));
        let fits = |order: &&mut Order| {
            Some(order.id) == id && order.tenant == tenant && kind.is_none_or(|kind| order.kind == kind)
        };
        self.all.iter_mut().find(fits).ok_or_else(|| Failure::unknown("OrderNotExist", "order"))
    }

    /// The ticket of the approval that a call names.
    pub(super) fn of_workflow(&mut self, call: &Call<'_>, settings: &Settings) -> Result<&mut Order, Failure> {
        let (id, tenant) = (call.number("WorkflowInstanceId"), call.tenant(settings));
        let fits = |order: &&mut Order| order.tenant == tenant && order.workflow().is_some_and(|own| Some(own) == id);
        self.all.iter_mut().find(fits).ok_or_else(|| Failure::unknown("WorkflowInstanceNotExist", "workflow instance"))
    }
}

/// `GetOrderBaseInfo`.
pub(super) fn base_info(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, None)?;
    let job = super::export::step(order, settings, call);
    let status = order.status(job);
    let mut reply = call.reply();
    for (field, value) in [
        ("OrderId", order.id.into()),
        ("PluginType", order.plugin().into()),
        ("StatusCode", status.into()),
        ("StatusDesc", status.to_ascii_lowercase().into()),
        ("Comment", order.comment.clone().into()),
        ("CreateTime", time::text(order.created, ' ').into()),
        ("LastModifyTime", time::text(order.changed, ' ').into()),
        ("WorkflowInstanceId", order.workflow().unwrap_or_default().into()),
        ("WorkflowStatusDesc", super::approval::state(order).to_ascii_lowercase().into()),
    ] {
        set(&mut reply, &format!("OrderBaseInfo.{field}"), Value::clone(&value));
    }
    Ok(reply)
}

/// `ListOrders`: the newest first.
pub(super) fn list(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Value {
    let mut reply = call.reply();
    let each = pattern(&reply, "Orders.Order");
    let tenant = call.tenant(settings);
    let after = |name: &str, time: &str| call.text(name).is_some_and(|bound| time > bound.as_str());
    let before = |name: &str, time: &str| call.text(name).is_some_and(|bound| time < bound.as_str());
    let mut found = Vec::new();
    for order in orders.all.iter_mut().rev().filter(|order| order.tenant == tenant) {
        let job = super::export::step(order, settings, call);
        let status = order.status(job).to_ascii_lowercase();
        let over = matches!(status.as_str(), "success" | "fail" | "reject" | "cancel" | "closed");
        let moment =
            if call.text("SearchDateType").as_deref() == Some("MODIFY_TIME") { order.changed } else { order.created };
        let moment = time::text(moment, ' ');
        let content = call.text("SearchContent");
        let fits = call.text("PluginType").is_none_or(|kind| kind == order.plugin())
            && content.is_none_or(|content| order.comment.contains(&content) || order.id.to_string() == content)
            && !after("EndTime", &moment)
            && !before("StartTime", &moment)
            && match call.text("OrderStatus").as_deref() {
                Some("FINISHED") => over,
                Some("RUNNING") => !over,
                _ => true,
            };
        if fits {
            let mut one = each.clone();
            set(&mut one, "OrderId", order.id);
            set(&mut one, "PluginType", order.plugin());
            set(&mut one, "StatusDesc", status.clone());
            set(&mut one, "StatusCode", status);
            set(&mut one, "Comment", order.comment.clone());
            set(&mut one, "CreateTime", time::text(order.created, ' '));
            set(&mut one, "LastModifyTime", time::text(order.changed, ' '));
            found.push(one);
        }
    }
    set(&mut reply, "TotalCount", found.len());
    set(&mut reply, "Orders.Order", page(found, call.number("PageNumber"), call.number("PageSize")));
    reply
}

/// `CloseOrder`.
pub(super) fn close(orders: &mut Orders, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let order = orders.of(call, settings, None)?;
    if matches!(order.stage, Stage::Closed) {
        return Err(Failure::state("OrderStatusError", "order", "closed"));
    }
    let job = super::export::settled(order, settings, call.now);
    order.end(Stage::Closed, job, call.now);
    Ok(call.reply())
}

/// One page of a list; pages count from 1 and have ten elements unless said otherwise.
pub(super) fn page(all: Vec<Value>, number: Option<i64>, size: Option<i64>) -> Vec<Value> {
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0).unwrap_or(10);
    let number = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).max(1);
    all.into_iter().skip((number - 1).saturating_mul(size)).take(size).collect()
}
