//! DMS data tracking: from the binary log of a database to a file of SQL that undoes or repeats changes.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use alicloud::dms_enterprise::create_data_track_order::Param;
use alicloud::dms_enterprise::download_data_track_result::RollbackSqlType;
use alicloud::dms_enterprise::get_data_track_order_detail::JobStatus;
use alicloud::dms_enterprise::get_order_base_info::StatusCode;
use alicloud::dms_enterprise::query_data_track_result_download_status::DownloadStatus;
use alicloud::dms_enterprise::{Client, DownloadDataTrackResultRequest};

use crate::create::{Found, Pending, create_once, is_unclear, once};
use crate::done::Done;
use crate::error::{Cause, WorkflowError};
use crate::fetch::fetch;
use crate::id::Id;
use crate::run::Run;
use crate::step::Stage;
use crate::ticket::Ticket;
use crate::tickets::{find, marked, marker};
use crate::workflow::Workflow;

/// How often the service may refuse to begin a file of changes that it has found.
const REFUSALS: u32 = 2;

/// Fetches the SQL that undoes or repeats tracked changes: ticket, approval where the rules ask for it, search, file.
pub type FetchTrackedChanges = Workflow<Tracking>;

/// What to track; made by [`FetchTrackedChanges::new`](Workflow::<Tracking>::new).
#[derive(Clone)]
pub struct Tracking {
    client: Client,
    start: Start,
    tid: Option<i64>,
    approves: bool,
    sql: RollbackSqlType,
    filter: Arc<dyn Fn(DownloadDataTrackResultRequest) -> DownloadDataTrackResultRequest + Send + Sync>,
    key: Option<String>,
}

#[derive(Clone, Debug)]
enum Start {
    New { changes: Box<Param>, comment: String, marker: Option<String> },
    Ticket(i64),
}

impl Workflow<Tracking> {
    /// Fetches the SQL that undoes `changes`. Those who approve read `comment`, which gets a marker at its end, in
    /// brackets.
    pub fn new(client: &Client, changes: Param, comment: impl Into<String>) -> Self {
        let start = Start::New { changes: Box::new(changes), comment: comment.into(), marker: None };
        Self::of(Tracking::starting(client, start))
    }

    /// Goes on with a ticket, whatever its state. Another file is ordered from it, unless [`key`](Self::key) is given.
    pub fn resume(client: &Client, ticket: i64) -> Self {
        Self::of(Tracking::starting(client, Start::Ticket(ticket)))
    }

    /// Which SQL the file has: that which undoes the changes by default.
    pub fn sql(mut self, sql: impl Into<RollbackSqlType>) -> Self {
        self.kind.sql = sql.into();
        self
    }

    /// Only some of the changes: `filter` gets the request that orders the file, and adds what it wants to it.
    pub fn filter(
        mut self,
        filter: impl Fn(DownloadDataTrackResultRequest) -> DownloadDataTrackResultRequest + Send + Sync + 'static,
    ) -> Self {
        self.kind.filter = Arc::new(filter);
        self
    }

    /// The key of a file that was ordered before from the ticket that is resumed: it is fetched, and no other is
    /// ordered.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.kind.key = Some(key.into());
        self
    }

    /// Whether the caller approves the ticket, if it has to be; otherwise somebody else has to, which is waited for.
    pub fn approve(mut self, approve: bool) -> Self {
        self.kind.approves = approve;
        self
    }

    /// The tenant; the caller's active tenant if unset.
    pub fn tid(mut self, tid: i64) -> Self {
        self.kind.tid = Some(tid);
        self
    }

    /// What the ticket is known by: a text of your own that no other ticket has, such as the id of a job. If there is
    /// such a ticket, the workflow goes on with it. A random one by default; an empty one counts as none.
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
    /// If a call fails for good, the search fails, the ticket is rejected, withdrawn or closed, the time is over, or
    /// the file cannot be made or downloaded. The error says what to resume from.
    pub async fn run(self) -> Result<Done, WorkflowError> {
        let Self { kind, manner } = self;
        let mut run = Run::begin(manner);
        let number = kind.open(&mut run).await?;
        run.id = Some(Id::Ticket(number));
        let key = match &kind.key {
            Some(key) => key.clone(),
            None => {
                kind.until_found(&mut run, number).await?;
                kind.order(&mut run, number).await?
            }
        };
        run.key = Some(key.clone());
        kind.until_made(&mut run, number, &key).await?;
        let mut link = kind.client.query_data_track_result_download_status(number, key);
        link.tid = kind.tid;
        let download = link.download(&run.manner.path);
        Box::pin(fetch(&mut run, Id::Ticket(number), download)).await
    }
}

impl Tracking {
    fn starting(client: &Client, start: Start) -> Self {
        Self {
            client: client.clone(),
            start,
            tid: None,
            approves: false,
            sql: RollbackSqlType::Reverse,
            filter: Arc::new(|request| request),
            key: None,
        }
    }

    async fn open(&self, run: &mut Run) -> Result<i64, WorkflowError> {
        let (changes, comment, known) = match &self.start {
            Start::Ticket(number) => return Ok(*number),
            Start::New { changes, comment, marker } => (changes, comment, marker),
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
                let mut request = self.client.create_data_track_order((**changes).clone(), comment).with(once);
                request.tid = self.tid;
                Ok(request.await?.create_order_result.first().copied())
            })
        };
        Box::pin(create_once(run, &create, &look)).await
    }

    /// Waits until the changes are found.
    async fn until_found(&self, run: &mut Run, number: i64) -> Result<(), WorkflowError> {
        let mut ticket = Ticket::new(&self.client, number, self.tid, self.approves);
        let mut was_new = false;
        loop {
            let mut detail = self.client.get_data_track_order_detail(number);
            detail.tid = self.tid;
            if let Some(reply) = run.heard(detail.await)? {
                let detail = reply.data_track_order_detail.unwrap_or_default();
                let state = detail.job_status;
                let shown = state.as_ref().map_or("in no state", JobStatus::as_str);
                match state {
                    Some(JobStatus::FilterSuccess) => return Ok(()),
                    Some(JobStatus::DownloadFail | JobStatus::FilterFail) => {
                        run.at(Stage::Work, Some(shown));
                        let state = shown.to_owned();
                        return Err(run.fail(Cause::Failed { state, reason: detail.status_desc }));
                    }
                    _ => {}
                }
                let is_idle = matches!(state, Some(JobStatus::Init) | None);
                if let Some(base) = ticket.base(run).await? {
                    let (stage, is_new) = match base.status {
                        Some(StatusCode::New) if is_idle => (Stage::Submit, true),
                        Some(StatusCode::Toaudit) if is_idle => (Stage::Approval, false),
                        _ => (Stage::Work, false),
                    };
                    run.at(stage, Some(shown));
                    match stage {
                        // Where no rule asks for approval, it is new only for a moment.
                        Stage::Submit if was_new => ticket.submit(run).await?,
                        Stage::Approval => ticket.approve(run, &base).await?,
                        _ => {}
                    }
                    was_new = is_new;
                }
            }
            run.pause().await?;
        }
    }

    /// Orders the file. Nothing lists files that were ordered, so an unclear failure ends the run; resuming from the
    /// ticket orders another, and opens no other ticket.
    async fn order(&self, run: &mut Run, number: i64) -> Result<String, WorkflowError> {
        run.at(Stage::Order, None);
        let mut refusals = 0;
        loop {
            let request = self.client.download_data_track_result(number, self.sql.clone());
            let mut request = (self.filter)(request).with(once);
            request.tid = self.tid;
            match request.await {
                Ok(reply) if reply.download_key_id.is_empty() => return Err(run.fail(Cause::Unclear(None))),
                Ok(reply) => return Ok(reply.download_key_id),
                Err(error) if is_unclear(&error) => return Err(run.fail(Cause::Unclear(Some(error)))),
                // The service may lag behind the state that it has told.
                Err(error) if error.is_business_failure() && refusals < REFUSALS => {
                    refusals += 1;
                    run.note(error);
                }
                Err(error) => {
                    run.heard(Err::<(), _>(error))?;
                }
            }
            run.pause().await?;
        }
    }

    async fn until_made(&self, run: &mut Run, number: i64, key: &str) -> Result<(), WorkflowError> {
        loop {
            let mut status = self.client.query_data_track_result_download_status(number, key);
            status.tid = self.tid;
            if let Some(reply) = run.heard(status.await)? {
                let result = reply.status_result.unwrap_or_default();
                let shown = result.download_status.as_ref().map(DownloadStatus::as_str);
                run.at(Stage::Make, shown);
                match result.download_status {
                    Some(DownloadStatus::DownloadSuccess) => return Ok(()),
                    Some(DownloadStatus::DownloadFail) => {
                        let state = shown.unwrap_or_default().to_owned();
                        return Err(run.fail(Cause::Failed { state, reason: result.status_desc }));
                    }
                    _ => {}
                }
            }
            run.pause().await?;
        }
    }
}

impl Debug for Tracking {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracking")
            .field("start", &self.start)
            .field("tid", &self.tid)
            .field("approves", &self.approves)
            .field("sql", &self.sql)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
