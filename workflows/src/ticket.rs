//! A ticket of DMS on its way to approval.

use alicloud::dms_enterprise::approve_order::ApprovalType;
use alicloud::dms_enterprise::get_order_base_info::StatusCode;
use alicloud::dms_enterprise::{ApproveOrderRequest, Client, SubmitOrderApprovalRequest};

use crate::action::Action;
use crate::create::once;
use crate::error::{Cause, WorkflowError};
use crate::run::Run;

/// A ticket, and what has been done about its approval.
pub(crate) struct Ticket {
    pub(crate) client: Client,
    pub(crate) number: i64,
    pub(crate) tid: Option<i64>,
    /// Whether the caller approves it.
    pub(crate) approves: bool,
    submission: Action,
    approval: Action,
    /// Whether the last reply said that it failed: the details may tell more in the next round.
    has_failed: bool,
}

/// What the approval process of a ticket says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Base {
    /// The state, with the spelling that is documented.
    pub(crate) status: Option<StatusCode>,
    /// The approval process.
    pub(crate) process: Option<i64>,
}

impl Ticket {
    pub(crate) fn new(client: &Client, number: i64, tid: Option<i64>, approves: bool) -> Self {
        let (submission, approval) = Default::default();
        Self { client: client.clone(), number, tid, approves, submission, approval, has_failed: false }
    }

    /// What the approval process says: the only place that tells of a ticket that was rejected, withdrawn or closed.
    /// Nothing if this round is to be skipped.
    pub(crate) async fn base(&mut self, run: &mut Run) -> Result<Option<Base>, WorkflowError> {
        let mut request = self.client.get_order_base_info(self.number);
        request.tid = self.tid;
        let Some(reply) = run.heard(request.await)? else { return Ok(None) };
        let info = reply.order_base_info.unwrap_or_default();
        // The spelling varies.
        let status = info.status_code.as_ref().map(|status| normal(status.as_str()));
        match status {
            Some(StatusCode::Reject | StatusCode::Closed | StatusCode::Cancel) => {
                let state = info.status_code.map(|status| status.to_string()).unwrap_or_default();
                Err(run.fail(Cause::Rejected { state, reason: info.status_desc }))
            }
            Some(StatusCode::Fail) if !self.has_failed => {
                self.has_failed = true;
                Ok(None)
            }
            Some(StatusCode::Fail) => {
                let state = info.status_code.map(|status| status.to_string()).unwrap_or_default();
                Err(run.fail(Cause::Failed { state, reason: info.status_desc }))
            }
            status => {
                self.has_failed = false;
                // 0 stands for none.
                let process = info.workflow_instance_id.filter(|process| *process > 0);
                Ok(Some(Base { status, process }))
            }
        }
    }

    /// Submits the ticket for approval.
    pub(crate) async fn submit(&mut self, run: &mut Run) -> Result<(), WorkflowError> {
        let mut request: SubmitOrderApprovalRequest = self.client.submit_order_approval(self.number).with(once);
        request.tid = self.tid;
        self.submission.perform(run, request).await
    }

    /// Approves the ticket if the caller wants to and it has not been approved; otherwise somebody else has to.
    pub(crate) async fn approve(&mut self, run: &mut Run, base: &Base) -> Result<(), WorkflowError> {
        let is_open = matches!(base.status, Some(StatusCode::Toaudit | StatusCode::New | StatusCode::Other(_)) | None);
        let Some(process) = base.process.filter(|_| self.approves && is_open) else { return Ok(()) };
        let request = self.client.approve_order(process, ApprovalType::Agree).with(once);
        let mut request: ApproveOrderRequest = request;
        request.tid = self.tid;
        self.approval.perform(run, request).await
    }
}

fn normal(status: &str) -> StatusCode {
    match status.trim().to_ascii_lowercase().as_str() {
        "approved" => StatusCode::Approved,
        "canceled" | "cancelled" => StatusCode::Cancel,
        "rejected" => StatusCode::Reject,
        other => StatusCode::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_one() {
        for (text, expected) in [
            ("Approved", StatusCode::Approved),
            ("approved", StatusCode::Approved),
            ("REJECT", StatusCode::Reject),
            (" Closed ", StatusCode::Closed),
            ("toAudit", StatusCode::Toaudit),
            ("another", StatusCode::Other("another".to_owned())),
        ] {
            assert_eq!(normal(text), expected, "{text:?}");
        }
    }
}
