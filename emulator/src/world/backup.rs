//! Download tasks of backup sets of OceanBase.

use std::time::SystemTime;

use serde_json::Value;

use super::call::{Call, pattern, set, unset};
use super::orders::page;
use super::pace::Track;
use super::{Failure, Outcome, Settings, time};

/// The id of the first task.
const FIRST_TASK: i64 = 1_000_001;
/// The sets that every cluster has.
const SETS: [&str; 2] = ["bak-1", "bak-2"];
const TASK: &[&str] = &["RUNNING", "FINISHED"];
const TASK_FAILS: &[&str] = &["RUNNING", "FAILED"];

/// A task.
#[derive(Debug)]
struct BackupTask {
    id: i64,
    instance: String,
    set: String,
    created: SystemTime,
    track: Track,
}

/// All tasks, the oldest first.
#[derive(Debug, Default)]
pub(super) struct BackupTasks(Vec<BackupTask>);

/// `CreateBackupSetDownloadLink`. It takes the id of any set: a cluster has more of them than anybody lists.
pub(super) fn create(tasks: &mut BackupTasks, settings: &Settings, call: &Call<'_>) -> Value {
    let id = FIRST_TASK + i64::try_from(tasks.0.len()).unwrap_or_default();
    let fails = settings.ends(call.action(), Outcome::Fails);
    tasks.0.push(BackupTask {
        id,
        instance: call.text("InstanceId").unwrap_or_default(),
        set: call.text("BackupSetId").unwrap_or_default(),
        created: call.now,
        track: Track::new(if fails { TASK_FAILS } else { TASK }, call.now),
    });
    let mut reply = call.reply();
    set(&mut reply, "DownloadTaskId", id);
    set(&mut reply, "Data.DownloadTaskId", id);
    reply
}

/// `DescribeBackupSetDownloadLink`.
pub(super) fn link(tasks: &mut BackupTasks, settings: &Settings, call: &Call<'_>) -> Result<Value, Failure> {
    let (instance, id) = (call.text("InstanceId"), call.number("DownloadTaskId"));
    let fits = |task: &&mut BackupTask| Some(&task.instance) == instance.as_ref() && Some(task.id) == id;
    let Some(task) = tasks.0.iter_mut().find(fits) else {
        return Err(Failure::unknown("DownloadTask.NotExist", "download task"));
    };
    let state = task.track.show(call.action(), settings.pace, call.now);
    let mut reply = call.reply();
    set(&mut reply, "Data.DownloadTaskId", task.id);
    set(&mut reply, "Data.DownloadTaskStatus", state);
    set(&mut reply, "Data.DownloadTaskCreateTime", time::text(task.created, 'T'));
    set(&mut reply, "Data.BackupRestorableTime", time::text(task.created, ' '));
    set(&mut reply, "Data.BackupSetId", task.set.clone());
    if state == "FINISHED" {
        let name = format!("backup_{}.tar.gz", task.id);
        let (link, ends) = super::link::link(call, settings, &name, settings.lifetime(None));
        set(&mut reply, "Data.InternalUrl", link);
        set(&mut reply, "Data.UrlExpiredTime", time::text(ends, ' '));
        set(&mut reply, "Data.UrlAliveTime", ends.duration_since(call.now).unwrap_or_default().as_secs());
    } else {
        ["InternalUrl", "UrlExpiredTime", "UrlAliveTime"]
            .iter()
            .for_each(|field| unset(&mut reply, &format!("Data.{field}")));
    }
    Ok(reply)
}

/// `DescribeDataBackupSet`: the sets that every cluster has, and those that have tasks.
pub(super) fn sets(tasks: &mut BackupTasks, settings: &Settings, call: &Call<'_>) -> Value {
    let instance = call.text("InstanceId").unwrap_or_default();
    let mut names: Vec<String> = SETS.map(str::to_owned).into();
    for task in tasks.0.iter().filter(|task| task.instance == instance) {
        if !names.contains(&task.set) {
            names.push(task.set.clone());
        }
    }
    let mut reply = call.reply();
    let each = pattern(&reply, "Data");
    // All sets are made and are of clusters.
    let none = call.text("Status").is_some_and(|status| status != "DONE")
        || call.text("BackupObjectType").is_some_and(|kind| kind != "cluster");
    let mut found = Vec::new();
    for name in names.into_iter().filter(|_| !none) {
        let mut one = each.clone();
        set(&mut one, "SetId", name.clone());
        set(&mut one, "Status", "DONE");
        set(&mut one, "Progress", "100");
        // A set shows the newest of its tasks.
        let newest = tasks.0.iter_mut().rev().find(|task| task.instance == instance && task.set == name);
        let (id, state) = match newest {
            Some(task) => (task.id, task.track.show(call.action(), settings.pace, call.now)),
            None => (0, "not_exist"),
        };
        set(&mut one, "DownloadTaskId", id);
        set(&mut one, "DownloadTaskStatus", state);
        found.push(one);
    }
    set(&mut reply, "TotalCount", found.len());
    set(&mut reply, "Data", page(found, call.number("PageNumber"), call.number("PageSize")));
    reply
}
