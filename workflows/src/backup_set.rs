//! A backup set of OceanBase: from its id to the file.

use alicloud::Error;
use alicloud::oceanbasepro::Client;

use crate::create::{Found, Pending, create_once, once};
use crate::done::Done;
use crate::error::{Cause, WorkflowError};
use crate::fetch::fetch;
use crate::id::Id;
use crate::next::next;
use crate::run::Run;
use crate::step::Stage;
use crate::workflow::Workflow;

/// Fetches a backup set of OceanBase. A download task that the set has already is taken up, unless it failed; otherwise
/// one is created. The link works only from inside Alibaba Cloud, in the region of the cluster.
pub type FetchBackupSet = Workflow<BackupSet>;

/// What to fetch; made by [`FetchBackupSet::new`](Workflow::<BackupSet>::new).
#[derive(Clone, Debug)]
pub struct BackupSet {
    client: Client,
    instance: String,
    start: Start,
}

#[derive(Clone, Debug)]
enum Start {
    Set(String),
    Task(String),
}

impl Workflow<BackupSet> {
    /// Fetches the backup set `set` of the cluster `instance`. `DescribeDataBackupSet` tells sets.
    pub fn new(client: &Client, instance: impl Into<String>, set: impl Into<String>) -> Self {
        Self::of(BackupSet { client: client.clone(), instance: instance.into(), start: Start::Set(set.into()) })
    }

    /// Goes on with a download task of the cluster `instance`.
    pub fn resume(client: &Client, instance: impl Into<String>, task: impl ToString) -> Self {
        Self::of(BackupSet { client: client.clone(), instance: instance.into(), start: Start::Task(task.to_string()) })
    }

    /// Runs it to the end.
    ///
    /// # Errors
    ///
    /// If a call fails for good, the task fails, the time is over, or the file cannot be downloaded. The error says
    /// what to resume from.
    pub async fn run(self) -> Result<Done, WorkflowError> {
        let Self { kind, manner } = self;
        let mut run = Run::begin(manner);
        let task = match &kind.start {
            Start::Task(task) => task.clone(),
            Start::Set(set) => kind.task(&mut run, set).await?.to_string(),
        };
        let id = Id::Task(task.clone());
        run.id = Some(id.clone());
        kind.until_ready(&mut run, &task).await?;
        let link = kind.client.describe_backup_set_download_link(&kind.instance, task);
        let download = link.download(&run.manner.path);
        Box::pin(fetch(&mut run, id, download)).await
    }
}

impl BackupSet {
    /// The task of the set, created unless it is there.
    async fn task(&self, run: &mut Run, set: &str) -> Result<i64, WorkflowError> {
        run.at(Stage::Look, None);
        let known = loop {
            match run.heard(self.known(set).await)? {
                Some(known) => break known,
                None => run.pause().await?,
            }
        };
        let before = match known {
            Known::Task { id, is_live: true } => return Ok(id),
            Known::Task { id, is_live: false } => Some(id),
            Known::NoTask | Known::NoSet => None,
        };
        let create = move || -> Pending<'_, Option<i64>> {
            Box::pin(async move {
                let request = self.client.create_backup_set_download_link(&self.instance, set).with(once);
                let reply = request.await?;
                // It was moved in August 2025.
                Ok(reply.data.and_then(|data| data.download_task_id).or(reply.download_task_id))
            })
        };
        let look = move || -> Pending<'_, Found<i64>> {
            Box::pin(async move {
                Ok(match self.known(set).await? {
                    Known::Task { id, is_live } if is_live || before != Some(id) => Found::Yes(id),
                    Known::Task { .. } | Known::NoTask => Found::No,
                    Known::NoSet => Found::Unclear,
                })
            })
        };
        Box::pin(create_once(run, &create, &look)).await
    }

    async fn known(&self, set: &str) -> Result<Known, Error> {
        let mut sets = self.client.describe_data_backup_set(&self.instance).items();
        while let Some(listed) = next(&mut sets).await {
            let listed = listed?;
            if listed.set_id == set {
                let has_task = !listed.download_task_status.eq_ignore_ascii_case("not_exist");
                let is_live = !has_failed(&listed.download_task_status);
                let id = listed.download_task_id.filter(|id| has_task && *id > 0);
                return Ok(id.map_or(Known::NoTask, |id| Known::Task { id, is_live }));
            }
        }
        Ok(Known::NoSet)
    }

    async fn until_ready(&self, run: &mut Run, task: &str) -> Result<(), WorkflowError> {
        loop {
            let request = self.client.describe_backup_set_download_link(&self.instance, task);
            if let Some(reply) = run.heard(request.await)? {
                let data = reply.data.unwrap_or_default();
                let state = data.download_task_status;
                run.at(Stage::Make, Some(state.as_str()).filter(|state| !state.is_empty()));
                if has_failed(&state) {
                    return Err(run.fail(Cause::Failed { state, reason: String::new() }));
                }
                // No document lists the states: it is ready when there is a link.
                if !data.internal_url.trim().is_empty() {
                    return Ok(());
                }
            }
            run.pause().await?;
        }
    }
}

/// What the list of backup sets knows of one.
enum Known {
    /// It has a task, which may have failed.
    Task { id: i64, is_live: bool },
    /// It has no task.
    NoTask,
    /// It is not in the list.
    NoSet,
}

/// No document lists the states; these words are taken for failure.
fn has_failed(state: &str) -> bool {
    let state = state.to_ascii_uppercase();
    ["FAIL", "ERROR", "CANCEL", "EXPIRE"].iter().any(|word| state.contains(word))
}

#[cfg(test)]
mod tests {
    use super::has_failed;

    #[test]
    fn words_of_failure() {
        for (state, expected) in [
            ("RUNNING", false),
            ("not_exist", false),
            ("", false),
            ("DOWNLOAD_FAILED", true),
            ("Canceled", true),
            ("expired", true),
            ("error", true),
        ] {
            assert_eq!(has_failed(state), expected, "{state:?}");
        }
    }
}
