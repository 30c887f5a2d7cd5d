//! What states mean, and where replies tell them.

use std::time::Duration;

use crate::operation::Operation;

/// What the states of something mean, and where the reply tells them: plain data, written by the generator.
///
/// Paths are dotted JSON paths; `[]` behind a name goes into a list.
#[derive(Clone, Copy, Debug)]
pub struct Waiter {
    /// What is waited for, such as `ready`.
    pub name: &'static str,
    /// Where the state stands. A boolean is the state `true` or `false`. Of a list, the element that is furthest from
    /// success decides, or the one that is nearest to it if [`any`](Self::any) says so; an empty list has no state.
    pub path: &'static str,
    /// States on the way. States that nobody knows count as such.
    pub pending: &'static [&'static str],
    /// States that end the waiting well.
    pub success: &'static [&'static str],
    /// States that will never get better.
    pub failure: &'static [&'static str],
    /// States that somebody has to do something about, and what.
    pub needs_action: &'static [(&'static str, &'static str)],
    /// Whether states are compared without regard to case.
    pub fold_case: bool,
    /// Other spellings of states: what services send, and which of the states it means.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Text at one of these paths ends the waiting well, unless the state says otherwise.
    pub present: &'static [&'static str],
    /// Where the reply gives a reason.
    pub reason: Option<&'static str>,
    /// Whether one element of a list is enough; all of them have to be there otherwise.
    pub any: bool,
    /// Another operation that may know that it has failed.
    pub also: Option<&'static Also>,
    /// How long to wait after the first reply, unless the caller says otherwise.
    pub every: Duration,
}

impl Waiter {
    /// What most waiters have in common.
    pub const NONE: Self = Self {
        name: "",
        path: "",
        pending: &[],
        success: &[],
        failure: &[],
        needs_action: &[],
        fold_case: false,
        aliases: &[],
        present: &[],
        reason: None,
        any: false,
        also: None,
        every: Duration::from_secs(2),
    };
}

/// An operation that is asked as well while something is waited for, because only its reply tells some failures: plain
/// data, written by the generator.
#[derive(Clone, Copy, Debug)]
pub struct Also {
    /// The operation.
    pub operation: &'static Operation,
    /// Its parameters, each with the parameter of the request that has the value. What that request leaves unset is
    /// left unset here.
    pub with: &'static [Passed],
    /// Where its reply tells the state.
    pub path: &'static str,
    /// States that will never get better. All others say nothing.
    pub failure: &'static [&'static str],
    /// Whether states are compared without regard to case.
    pub fold_case: bool,
    /// Where its reply gives a reason.
    pub reason: Option<&'static str>,
}

/// A parameter whose value comes from another request.
#[derive(Clone, Copy, Debug)]
pub struct Passed {
    /// Its name.
    pub name: &'static str,
    /// The name of the parameter that has the value, in the query or the form.
    pub from: &'static str,
    /// Whether it is sent in the form; in the query otherwise.
    pub in_form: bool,
}
