//! A DMS export: from an SQL query to the file with its result.

use alicloud::dms_enterprise::create_data_export_order::PluginParam;
use alicloud::dms_enterprise::execute_data_export::ActionDetail;
use alicloud::dms_enterprise::get_data_export_order_detail::JobStatus;
use alicloud::dms_enterprise::{Client, GetDataExportOrderDetailResponse};

use crate::action::Action;
use crate::create::{Found, Pending, create_once, once};
use crate::done::Done;
use crate::error::{Cause, WorkflowError};
use crate::fetch::fetch;
use crate::id::Id;
use crate::run::Run;
use crate::step::Stage;
use crate::ticket::Ticket;
use crate::tickets::{find, marked, marker};
use crate::workflow::Workflow;

/// Exports what an SQL query returns: ticket, precheck, submission, approval, execution, file.
///
/// It goes on from whatever state the ticket is in, so that a ticket that somebody else submits, approves or starts is
/// as good. The instance must be in the mode of security collaboration.
pub type ExportQuery = Workflow<Export>;

/// What to export; made by [`ExportQuery::new`](Workflow::<Export>::new).
#[derive(Clone, Debug)]
pub struct Export {
    client: Client,
    start: Start,
    tid: Option<i64>,
    approves: bool,
    how: Option<ActionDetail>,
}

#[derive(Clone, Debug)]
enum Start {
    New { query: Box<PluginParam>, comment: String, marker: Option<String> },
    Ticket(i64),
}

impl Workflow<Export> {
    /// Exports what `query` returns. Those who approve read `comment`, which gets a marker at its end, in brackets.
    pub fn new(client: &Client, query: PluginParam, comment: impl Into<String>) -> Self {
        let start = Start::New { query: Box::new(query), comment: comment.into(), marker: None };
        Self::of(Export { client: client.clone(), start, tid: None, approves: false, how: None })
    }

    /// Goes on with a ticket, whatever its state.
    pub fn resume(client: &Client, ticket: i64) -> Self {
        let start = Start::Ticket(ticket);
        Self::of(Export { client: client.clone(), start, tid: None, approves: false, how: None })
    }

    /// Whether the caller approves the ticket, who must be allowed to; otherwise somebody else has to, which is waited
    /// for. Of an approval process with several nodes, one is approved.
    pub fn approve(mut self, approve: bool) -> Self {
        self.kind.approves = approve;
        self
    }

    /// The tenant; the caller's active tenant if unset.
    pub fn tid(mut self, tid: i64) -> Self {
        self.kind.tid = Some(tid);
        self
    }

    /// How to export: the format of the file and its encoding. The defaults of the service if unset.
    pub fn how(mut self, how: ActionDetail) -> Self {
        self.kind.how = Some(how);
        self
    }

    /// What the ticket is known by: a text of your own that no other ticket has, such as the id of a job. If there is
    /// such a ticket, the workflow goes on with it, after a crash of this program for example. A random one by default;
    /// an empty one counts as none.
    pub fn marker(mut self, text: impl Into<String>) -> Self {
        if let Start::New { marker, .. } = &mut self.kind.start {
            *marker = Some(text.into()).filter(|text| !text.is_empty());
        }
        self
    }

    /// Runs it to the end.
    ///
    /// # Errors
    ///
    /// If a call fails for good, the precheck or the export fails, the ticket is rejected, withdrawn or closed, the
    /// time is over, or the file cannot be downloaded. The error says what to resume from.
    pub async fn run(self) -> Result<Done, WorkflowError> {
        let Self { kind, manner } = self;
        let mut run = Run::begin(manner);
        let number = kind.open(&mut run).await?;
        run.id = Some(Id::Ticket(number));
        kind.until_exported(&mut run, number).await?;
        let mut link = kind.client.get_data_export_download_url(number);
        link.tid = kind.tid;
        let download = link.download(&run.manner.path);
        Box::pin(fetch(&mut run, Id::Ticket(number), download)).await
    }
}

impl Export {
    async fn open(&self, run: &mut Run) -> Result<i64, WorkflowError> {
        let (query, comment, known) = match &self.start {
            Start::Ticket(number) => return Ok(*number),
            Start::New { query, comment, marker } => (query, comment, marker),
        };
        let marker = known.clone().unwrap_or_else(|| marker(run.manner.random.as_ref()));
        run.marker = Some(marker.clone());
        let marker = marker.as_str();
        let look = move || -> Pending<'_, Found<i64>> { Box::pin(find(&self.client, marker, self.tid)) };
        if known.is_some() {
            run.at(Stage::Look, None);
            if let Found::Yes(number) = look().await.map_err(|error| run.fail(Cause::Call(error)))? {
                return Ok(number);
            }
        }
        let comment = &marked(comment, marker);
        let create = move || -> Pending<'_, Option<i64>> {
            Box::pin(async move {
                let mut request = self.client.create_data_export_order((**query).clone(), comment).with(once);
                request.tid = self.tid;
                Ok(request.await?.create_order_result.first().copied())
            })
        };
        Box::pin(create_once(run, &create, &look)).await
    }

    async fn until_exported(&self, run: &mut Run, number: i64) -> Result<(), WorkflowError> {
        let mut ticket = Ticket::new(&self.client, number, self.tid, self.approves);
        let mut execution = Action::default();
        loop {
            let mut detail = self.client.get_data_export_order_detail(number);
            detail.tid = self.tid;
            if let Some(state) = run.heard(detail.await)?.map(job_status)
                && self.act(run, &mut ticket, &mut execution, state).await?
            {
                return Ok(());
            }
            run.pause().await?;
        }
    }

    /// Does what the state asks for. Whether it is exported.
    async fn act(
        &self,
        run: &mut Run,
        ticket: &mut Ticket,
        execution: &mut Action,
        state: Option<JobStatus>,
    ) -> Result<bool, WorkflowError> {
        let shown = state.as_ref().map(JobStatus::as_str);
        match state {
            Some(JobStatus::ExportSuccess) => return Ok(true),
            Some(JobStatus::PreCheckFail) => return Err(self.precheck_failed(run, ticket.number).await),
            Some(JobStatus::ExportFail) => {
                run.at(Stage::Work, shown);
                let state = shown.unwrap_or_default().to_owned();
                return Err(run.fail(Cause::Failed { state, reason: String::new() }));
            }
            _ => {}
        }
        let shown = shown.unwrap_or("in no state");
        run.at(stage(state.as_ref()), Some(shown));
        let Some(base) = ticket.base(run).await? else { return Ok(false) };
        match state {
            Some(JobStatus::PreCheckSuccess | JobStatus::WaitingApplyAudit) => ticket.submit(run).await?,
            Some(JobStatus::ApplyAuditSuccess) => ticket.approve(run, &base).await?,
            Some(JobStatus::EnableExport) => {
                let mut request = self.client.execute_data_export(ticket.number).with(once);
                (request.tid, request.action_detail) = (self.tid, self.how.clone());
                execution.perform(run, request).await?;
            }
            // It goes on by itself, or the state is not documented.
            _ => {}
        }
        Ok(false)
    }

    /// A ticket whose precheck failed cannot be prechecked again.
    async fn precheck_failed(&self, run: &mut Run, number: i64) -> WorkflowError {
        let state = JobStatus::PreCheckFail.to_string();
        run.at(Stage::Precheck, Some(&state));
        let reason = format!("GetDataExportPreCheckDetail tells why ticket {number} cannot be exported; open another");
        run.fail(Cause::Failed { state, reason })
    }
}

fn job_status(reply: GetDataExportOrderDetailResponse) -> Option<JobStatus> {
    reply.data_export_order_detail?.key_info?.job_status
}

/// What a state is about.
fn stage(state: Option<&JobStatus>) -> Stage {
    match state {
        Some(JobStatus::PreChecking | JobStatus::PreCheckFail) | None => Stage::Precheck,
        Some(JobStatus::PreCheckSuccess | JobStatus::WaitingApplyAudit) => Stage::Submit,
        Some(JobStatus::ApplyAuditSuccess) => Stage::Approval,
        Some(JobStatus::EnableExport) => Stage::Execute,
        // Being exported, or a state that is not documented.
        Some(_) => Stage::Work,
    }
}
