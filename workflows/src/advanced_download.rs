//! An advanced download of DBS: from a backup set to a file of CSV, SQL or Parquet.

use alicloud::Error;
use alicloud::dbs::create_download::TargetType;
use alicloud::dbs::describe_download_task::{DownloadStatus, DownloadTask};
use alicloud::dbs::{Client, CreateDownloadRequest, DescribeDownloadTaskRequest};
use alicloud::runtime::Items;

use crate::create::{Found, Pending, create_once, once};
use crate::done::Done;
use crate::error::{Cause, WorkflowError};
use crate::fetch::fetch;
use crate::id::Id;
use crate::next::next;
use crate::run::Run;
use crate::step::Stage;
use crate::workflow::Workflow;

/// How often in a row a task may be missing from the list.
const MISSES: u32 = 10;

/// Fetches an advanced download of RDS for MySQL or PostgreSQL, PolarDB for MySQL, or MongoDB. The service bills what
/// it converts, and traffic from the internet.
pub type FetchAdvancedDownload = Workflow<AdvancedDownload>;

/// What to fetch; made by [`FetchAdvancedDownload::new`](Workflow::<AdvancedDownload>::new).
#[derive(Clone, Debug)]
pub struct AdvancedDownload {
    client: Client,
    region: String,
    instance: String,
    cluster: Option<String>,
    link_lifetime: u32,
    start: Start,
}

#[derive(Clone, Debug)]
enum Start {
    New(Box<CreateDownloadRequest>),
    Task(String),
}

impl Workflow<AdvancedDownload> {
    /// Fetches what `request` asks for, such as
    /// `client.create_download("cn-hangzhou", "rm-…").bak_set_type("full").bak_set_id("…").format_type("CSV")`. The
    /// file goes to a place that a link leads to, `TargetType::Url`, which is set if unset.
    pub fn new(client: &Client, request: CreateDownloadRequest) -> Self {
        let (region, instance) = (request.region_code.clone(), request.instance_name.clone());
        let mut download = AdvancedDownload::of(client, region, instance, Start::Task(String::new()));
        download.cluster = request.cluster_name.clone();
        download.start = Start::New(Box::new(request));
        Self::of(download)
    }

    /// Goes on with a task of an instance in a region.
    pub fn resume(
        client: &Client,
        region: impl Into<String>,
        instance: impl Into<String>,
        task: impl Into<String>,
    ) -> Self {
        Self::of(AdvancedDownload::of(client, region.into(), instance.into(), Start::Task(task.into())))
    }

    /// The cluster, for sharded clusters of MongoDB; that of the request by default.
    pub fn cluster(mut self, cluster: impl Into<String>) -> Self {
        self.kind.cluster = Some(cluster.into());
        self
    }

    /// For how many seconds a link shall be valid, from 300 to 86400; 7200 by default. A fresh one is asked for when it
    /// is not.
    pub fn link_lifetime(mut self, seconds: u32) -> Self {
        self.kind.link_lifetime = seconds;
        self
    }

    /// Runs it to the end.
    ///
    /// # Errors
    ///
    /// If a call fails for good, the instance supports no advanced downloads, the task fails or its file is gone, the
    /// time is over, or the file cannot be downloaded. The error says what to resume from.
    pub async fn run(self) -> Result<Done, WorkflowError> {
        let Self { kind, manner } = self;
        let mut run = Run::begin(manner);
        let task = match &kind.start {
            Start::Task(task) => task.clone(),
            Start::New(request) => {
                kind.check(&mut run, request).await?;
                kind.create(&mut run, request).await?
            }
        };
        let id = Id::Task(task.clone());
        run.id = Some(id.clone());
        kind.until_finished(&mut run, &task).await?;
        let link = kind.client.describe_download_backup_set_storage_info(&kind.region, kind.link_lifetime);
        let mut link = link.task_id(task);
        link.cluster_name = kind.cluster.clone();
        let download = link.download(&run.manner.path);
        Box::pin(fetch(&mut run, id, download)).await
    }
}

impl AdvancedDownload {
    fn of(client: &Client, region: String, instance: String, start: Start) -> Self {
        Self { client: client.clone(), region, instance, cluster: None, link_lifetime: 7200, start }
    }

    /// What would be created in vain is not.
    async fn check(&self, run: &mut Run, request: &CreateDownloadRequest) -> Result<(), WorkflowError> {
        run.at(Stage::Look, None);
        if request.target_type.as_ref().is_some_and(|target| target.as_str() != TargetType::Url.as_str()) {
            let why = "only what goes to a link (TargetType URL) can be fetched; the rest is in a bucket of yours";
            return Err(run.fail(Cause::Impossible(why.to_owned())));
        }
        loop {
            let mut support = self.client.describe_download_support(&self.region, &self.instance);
            support.cluster_name = self.cluster.clone();
            if let Some(reply) = run.heard(support.await)? {
                if !reply.data.trim().eq_ignore_ascii_case("false") {
                    return Ok(());
                }
                let why = format!("{} supports no advanced downloads", self.instance);
                return Err(run.fail(Cause::Impossible(why)));
            }
            run.pause().await?;
        }
    }

    async fn create(&self, run: &mut Run, request: &CreateDownloadRequest) -> Result<String, WorkflowError> {
        let before: Vec<String> = loop {
            match run.heard(self.tasks().await)? {
                Some(tasks) => break tasks.into_iter().map(|task| task.task_id).collect(),
                None => run.pause().await?,
            }
        };
        let before = &before;
        let create = move || -> Pending<'_, Option<String>> {
            Box::pin(async move {
                let mut request = request.clone().with(once);
                request.target_type.get_or_insert(TargetType::Url);
                request.cluster_name = self.cluster.clone();
                Ok(request.await?.data.map(|data| data.task_id).filter(|id| !id.is_empty()))
            })
        };
        let look = move || -> Pending<'_, Found<String>> {
            Box::pin(async move {
                let mut tasks = self.tasks().await?;
                tasks.retain(|task| !before.contains(&task.task_id) && may_be(task, request));
                Ok(match tasks.len() {
                    0 => Found::No,
                    1 => tasks.pop().map_or(Found::No, |task| Found::Yes(task.task_id)),
                    // Somebody else creates the same.
                    _ => Found::Unclear,
                })
            })
        };
        Box::pin(create_once(run, &create, &look)).await
    }

    fn listed(&self) -> Items<DescribeDownloadTaskRequest> {
        let mut request = self.client.describe_download_task(&self.region).instance_name(&self.instance);
        request.cluster_name = self.cluster.clone();
        request.items()
    }

    async fn tasks(&self) -> Result<Vec<DownloadTask>, Error> {
        let (mut listed, mut tasks) = (self.listed(), Vec::new());
        while let Some(task) = next(&mut listed).await {
            tasks.push(task?);
        }
        Ok(tasks)
    }

    /// The task, from the first page that has it: the newest come first.
    async fn task(&self, id: &str) -> Result<Option<DownloadTask>, Error> {
        let mut listed = self.listed();
        while let Some(task) = next(&mut listed).await.transpose()? {
            if task.task_id == id {
                return Ok(Some(task));
            }
        }
        Ok(None)
    }

    async fn until_finished(&self, run: &mut Run, task: &str) -> Result<(), WorkflowError> {
        let mut misses = 0;
        loop {
            if let Some(found) = run.heard(self.task(task).await)? {
                misses = if found.is_some() { 0 } else { misses + 1 };
                if misses >= MISSES {
                    let why = format!("{} has no task {task}", self.instance);
                    return Err(run.fail(Cause::Impossible(why)));
                }
                let status = found.and_then(|task| task.download_status);
                let shown = status.as_ref().map(DownloadStatus::as_str);
                run.at(Stage::Make, shown);
                let state = shown.unwrap_or_default();
                // The spelling varies.
                match state.trim().to_ascii_lowercase().as_str() {
                    "finished" => return Ok(()),
                    "failed" => {
                        let reason = "RetryDownloadTask queues it again".to_owned();
                        return Err(run.fail(Cause::Failed { state: state.to_owned(), reason }));
                    }
                    "expired" => {
                        let reason = "it was done, but its file is gone: create another".to_owned();
                        return Err(run.fail(Cause::Failed { state: state.to_owned(), reason }));
                    }
                    _ => {}
                }
            }
            run.pause().await?;
        }
    }
}

/// Whether the task may be the one that `request` created. What the service does not tell speaks for it.
fn may_be(task: &DownloadTask, request: &CreateDownloadRequest) -> bool {
    let same = |told: &str, wanted: Option<&str>| {
        told.is_empty() || wanted.is_none_or(|wanted| told.eq_ignore_ascii_case(wanted))
    };
    let format = task.format.as_ref().map_or("", |format| format.as_str());
    same(&task.bak_set_id, request.bak_set_id.as_deref())
        && same(format, request.format_type.as_ref().map(|format| format.as_str()))
}
