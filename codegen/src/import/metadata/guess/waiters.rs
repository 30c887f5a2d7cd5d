//! States that can be waited for.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::import::naming::words;
use crate::import::notes::Notes;
use crate::spec::{Operation, Product, Type, Waiter};

use super::leaves;

/// Words of operations that are about work that ends.
const WORK: &[&str] = &["job", "process", "progress", "result", "task"];
/// Names of fields that tell a state.
const STATE: &[&str] = &["status", "state"];
/// Words of states in which work goes on.
const PENDING: &[&str] = &[
    "created",
    "creating",
    "doing",
    "executing",
    "init",
    "initial",
    "initializing",
    "ing",
    "pending",
    "prepare",
    "preparing",
    "process",
    "processing",
    "progress",
    "queue",
    "queueing",
    "queuing",
    "queued",
    "ready",
    "running",
    "start",
    "started",
    "starting",
    "submitted",
    "todo",
    "wait",
    "waiting",
];
/// Words of states in which work has ended well.
const SUCCESS: &[&str] = &[
    "complete",
    "completed",
    "done",
    "finish",
    "finished",
    "ok",
    "succ",
    "succeed",
    "succeeded",
    "success",
    "successful",
];
/// Words of states in which work has ended badly.
const FAILURE: &[&str] = &[
    "abort",
    "aborted",
    "cancel",
    "canceled",
    "cancelled",
    "closed",
    "error",
    "exception",
    "expired",
    "fail",
    "failed",
    "failure",
    "killed",
    "rejected",
    "stop",
    "stopped",
    "terminated",
    "timeout",
];

/// Guesses a waiter, if the operation reads the state of some work and each documented state says what it means.
pub(super) fn guess(name: &str, operation: &mut Operation, product: &Product, notes: &mut Notes) {
    let said = words::of(name);
    let is_about_work =
        said.iter().any(|word| WORK.contains(&word.trim_end_matches('s')) || WORK.contains(&word.as_str()));
    if !is_about_work || !operation.idempotent {
        return;
    }
    let found = leaves::of(&operation.response.schema, product, 3);
    let is_state = |leaf: &&leaves::Leaf<'_>| {
        leaf.schema.kind() == Some(Type::String)
            && leaf.schema.values.len() > 1
            && words::of(leaf.name).last().is_some_and(|word| STATE.contains(&word.as_str()))
    };
    let states: Vec<&leaves::Leaf<'_>> = found.iter().filter(is_state).collect();
    let [state] = states.as_slice() else { return };
    let mut waiter = Waiter {
        summary: "the work has ended".to_owned(),
        path: state.path(),
        pending: Vec::new(),
        success: Vec::new(),
        present: Vec::new(),
        failure: Vec::new(),
        needs_action: BTreeMap::new(),
        fold_case: false,
        aliases: BTreeMap::new(),
        of: None,
        every: None,
        times: None,
        reason: None,
        also: None,
    };
    for value in &state.schema.values {
        // `NOT_STARTED` has not ended, and neither has `PARTLY_FINISHED`.
        let said = words::of(&value.value);
        let has = |list: &[&str]| said.last().is_some_and(|word| list.contains(&word.as_str()));
        let into = if has(FAILURE) {
            &mut waiter.failure
        } else if has(SUCCESS) && said.len() == 1 {
            &mut waiter.success
        } else if has(PENDING) {
            &mut waiter.pending
        } else {
            return;
        };
        into.push(value.value.clone());
    }
    if waiter.pending.is_empty() || waiter.success.is_empty() {
        return;
    }
    notes.say(Code::WaiterGuessed, "waiters", format!("`{}` tells when the work has ended", waiter.path));
    operation.waiters.insert("finished".to_owned(), waiter);
}
