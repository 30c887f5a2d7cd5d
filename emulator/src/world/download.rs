//! Advanced download tasks of DBS.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::call::{Call, pattern, set};
use super::orders::page;
use super::pace::Track;
use super::{Failure, Outcome, Settings, time};

const TASK: &[&str] = &["Initializing", "queueing", "running", "finished"];
const TASK_FAILS: &[&str] = &["Initializing", "queueing", "running", "failed"];
const AGAIN: &[&str] = &["queueing", "running", "finished"];
/// The number of the first backup set that a point in time makes.
const FIRST_SET: usize = 300_000_001;
/// How long a file is kept once it is finished.
const KEPT: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// A task.
#[derive(Debug)]
struct Download {
    id: String,
    region: String,
    instance: String,
    format: String,
    kind: String,
    set: String,
    target: String,
    path: String,
    created: SystemTime,
    finished: Option<SystemTime>,
    track: Track,
}

/// All tasks, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Downloads(Vec<Download>);

impl Download {
    fn show(&mut self, settings: &Settings, call: &Call<'_>) -> &'static str {
        let state = self.track.show(call.action(), settings.pace, call.now);
        self.aged(state, call.now)
    }

    fn known(&mut self, settings: &Settings, now: SystemTime) -> &'static str {
        let state = self.track.known(settings.pace, now);
        self.aged(state, now)
    }

    fn aged(&mut self, state: &'static str, now: SystemTime) -> &'static str {
        if state != "finished" {
            return state;
        }
        let since = *self.finished.get_or_insert(now);
        if now.duration_since(since).is_ok_and(|age| age > KEPT) { "expired" } else { state }
    }

    fn is_of(&self, region: Option<&str>, instance: Option<&str>, source: Option<&str>) -> bool {
        let by_name = || instance.is_some_and(|instance| self.instance == instance);
        let by_source = || source.is_some_and(|source| source == format!("ds-{}_{}", self.instance, self.region));
        region.is_some_and(|region| self.region == region) && (by_name() || by_source())
    }
}

impl Downloads {
    fn find(&mut self, call: &Call<'_>) -> Result<&mut Download, Failure> {
        let (region, id) = (call.text("RegionCode"), call.text("TaskId"));
        let (instance, backup) = (call.text("InstanceName"), call.text("BackupSetId"));
        let fits = |task: &&mut Download| {
            Some(&task.region) == region.as_ref()
                && instance.as_ref().is_none_or(|instance| task.instance == *instance)
                && match &id {
                    Some(id) => task.id == *id,
                    None => instance.is_some() && Some(&task.set) == backup.as_ref(),
                }
        };
        self.0.iter_mut().rev().find(fits).ok_or_else(|| Failure::unknown("DBS.ParamIsInValid", "download task"))
    }
}

/// `DescribeDownloadSupport`.
pub(super) fn support(settings: &Settings, call: &Call<'_>) -> Value {
    let mut reply = call.reply();
    let supported = !settings.ends(call.action(), Outcome::Fails);
    set(&mut reply, "Data", supported.to_string());
    reply
}

/// `CreateDownload`.
pub(super) fn create(tasks: &mut Downloads, settings: &Settings, call: &Call<'_>) -> Value {
    let text = |name: &str| call.text(name).unwrap_or_default();
    let fails = settings.ends(call.action(), Outcome::Fails);
    let task = Download {
        id: format!("dt-{:012}", tasks.0.len() + 1),
        region: text("RegionCode"),
        instance: text("InstanceName"),
        format: text("FormatType"),
        kind: text("BakSetType"),
        // A point in time makes a backup set of its own.
        set: call.text("BakSetId").unwrap_or_else(|| (FIRST_SET + tasks.0.len()).to_string()),
        target: call.text("TargetType").unwrap_or_else(|| "URL".to_owned()),
        path: text("TargetPath"),
        created: call.now,
        finished: None,
        track: Track::new(if fails { TASK_FAILS } else { TASK }, call.now),
    };
    let mut reply = call.reply();
    for (field, value) in texts(&task) {
        set(&mut reply, &format!("Data.{field}"), value);
    }
    set(&mut reply, "Data.DownloadStatus", "initializing");
    set(&mut reply, "Data.GmtCreate", time::milliseconds(task.created));
    tasks.0.push(task);
    reply
}

/// `DescribeDownloadTask`.
pub(super) fn tasks(tasks: &mut Downloads, settings: &Settings, call: &Call<'_>) -> Value {
    let (region, instance, source) = (call.text("RegionCode"), call.text("InstanceName"), call.text("DatasourceId"));
    let (state, kind, set_id) = (call.text("State"), call.text("TaskType"), call.text("BackupSetId"));
    let (start, end) = (call.number("StartTime"), call.number("EndTime"));
    let mut reply = call.reply();
    let each = pattern(&reply, "Data.Content.List");
    let mut found = Vec::new();
    for task in &mut tasks.0 {
        let created = i64::try_from(time::milliseconds(task.created)).unwrap_or(i64::MAX);
        let fits = task.is_of(region.as_deref(), instance.as_deref(), source.as_deref())
            && kind.as_ref().is_none_or(|kind| *kind == task.kind)
            && set_id.as_ref().is_none_or(|set| *set == task.set)
            && start.is_none_or(|start| created >= start)
            && end.is_none_or(|end| created <= end);
        if !fits {
            continue;
        }
        let current = task.show(settings, call);
        if state.as_ref().is_some_and(|state| !state.eq_ignore_ascii_case(current)) {
            continue;
        }
        let mut one = each.clone();
        for (field, value) in texts(task) {
            set(&mut one, field, value);
        }
        // The one format that this operation spells in another way than the one that made the task.
        if task.format == "CSV" {
            set(&mut one, "Format", "csv");
        }
        set(&mut one, "DownloadStatus", current);
        set(&mut one, "Progress", if matches!(current, "finished" | "expired") { "2/2" } else { "0/2" });
        set(&mut one, "GmtCreate", created.to_string());
        found.push(one);
    }
    if call.text("OrderDirect").as_deref() != Some("asc") {
        found.reverse();
    }
    let size = call.number("PageSize").filter(|size| *size > 0).unwrap_or(10);
    let number = call.number("CurrentPage").filter(|number| *number > 0).unwrap_or(1);
    let total = found.len();
    set(&mut reply, "Data.PageNumber", number);
    set(&mut reply, "Data.PageSize", size);
    set(&mut reply, "Data.TotalElements", total);
    set(&mut reply, "Data.TotalPages", total.div_ceil(usize::try_from(size).unwrap_or(usize::MAX)));
    set(&mut reply, "Data.Content.List", page(found, Some(number), Some(size)));
    reply
}

/// `DescribeDownloadBackupSetStorageInfo`.
pub(super) fn links(tasks: &mut Downloads, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let task = tasks.find(call)?;
    let state = task.known(settings, call.now);
    if state != "finished" || task.target != "URL" {
        return Err(Failure::state("DBS.ParamIsInValid", "download task", state));
    }
    // The caller says how long the links are to be good. The bounds of the documents are not checked.
    let asked = call.number("Duration").and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    let name = format!("{}.tar.gz", task.id);
    let (link, ends) = super::link::link(call, settings, &name, settings.lifetime(asked));
    let mut reply = call.reply();
    set(&mut reply, "Data.PublicUrl", link.clone());
    set(&mut reply, "Data.PrivateUrl", link);
    set(&mut reply, "Data.ExpirationTime", time::seconds(ends));
    Ok(reply)
}

/// `RetryDownloadTask`: what failed begins once more, and ends well then.
pub(super) fn retry(tasks: &mut Downloads, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let task = tasks.find(call)?;
    let state = task.known(settings, call.now);
    if state != "failed" {
        return Err(Failure::state("DBS.ParamIsInValid", "download task", state));
    }
    task.track = Track::new(AGAIN, call.now);
    let mut reply = call.reply();
    set(&mut reply, "Data", task.id.clone());
    Ok(reply)
}

/// What both operations that show a task have as text.
fn texts(task: &Download) -> [(&'static str, String); 6] {
    [
        ("TaskId", task.id.clone()),
        ("RegionCode", task.region.clone()),
        ("Format", task.format.clone()),
        ("BakSetId", task.set.clone()),
        ("TargetType", task.target.clone()),
        ("TargetPath", task.path.clone()),
    ]
}
