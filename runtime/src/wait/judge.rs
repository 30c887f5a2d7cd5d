//! What a reply says about what is waited for: pure functions of its JSON.

use super::waiter::{Also, Waiter};
use crate::json::Json;
use crate::lookup::texts;

/// What to do about a reply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judgement {
    /// Go on. `known` says whether the state is one that is documented, or absent.
    Pending { known: bool },
    /// It is there.
    Done,
    /// It will never be there.
    Failed,
    /// Somebody has to do this.
    NeedsAction(&'static str),
}

/// The state that decides, as the service spelled it, and what it means.
pub(super) fn judge(waiter: &Waiter, root: Json<'_>) -> (Option<String>, Judgement) {
    let states = texts(root, waiter.path);
    let judged = states.into_iter().map(|state| {
        let judgement = judge_state(waiter, &state);
        (state, judgement)
    });
    let deciding = if waiter.any {
        judged.min_by_key(|(_, judgement)| distance(*judgement, true))
    } else {
        judged.max_by_key(|(_, judgement)| distance(*judgement, false))
    };
    let (state, judgement) = match deciding {
        Some((state, judgement)) => (Some(state), judgement),
        None => (None, Judgement::Pending { known: true }),
    };
    let is_present = || waiter.present.iter().any(|path| texts(root, path).iter().any(|text| !text.trim().is_empty()));
    match judgement {
        Judgement::Pending { .. } if is_present() => (state, Judgement::Done),
        judgement => (state, judgement),
    }
}

/// The state that the other operation tells, and whether it means failure.
pub(super) fn judge_also(also: &Also, root: Json<'_>) -> (Option<String>, bool) {
    let states = texts(root, also.path);
    let failed = states.iter().find(|state| also.failure.iter().any(|known| same(known, state, also.fold_case)));
    match failed {
        Some(state) => (Some(state.clone()), true),
        None => (states.into_iter().next(), false),
    }
}

/// Why, if the reply says so.
pub(super) fn reason(path: Option<&str>, root: Json<'_>) -> Option<String> {
    texts(root, path?).into_iter().find(|text| !text.trim().is_empty())
}

fn judge_state(waiter: &Waiter, state: &str) -> Judgement {
    let fold = waiter.fold_case;
    let state = waiter.aliases.iter().find(|(alias, _)| same(alias, state, fold)).map_or(state, |(_, meant)| meant);
    let is_one_of = |known: &[&str]| known.iter().any(|known| same(known, state, fold));
    if is_one_of(waiter.failure) {
        return Judgement::Failed;
    }
    if let Some((_, advice)) = waiter.needs_action.iter().find(|(known, _)| same(known, state, fold)) {
        return Judgement::NeedsAction(advice);
    }
    if is_one_of(waiter.success) {
        return Judgement::Done;
    }
    Judgement::Pending { known: is_one_of(waiter.pending) }
}

/// How far from success. Where one of several is enough, those that may still come are nearer than those that will not.
fn distance(judgement: Judgement, any: bool) -> u8 {
    match judgement {
        Judgement::Done => 0,
        Judgement::Pending { known: true } => 1,
        Judgement::Pending { known: false } => 2,
        Judgement::NeedsAction(_) => 3,
        Judgement::Failed if any => 4,
        Judgement::Failed => 5,
    }
}

fn same(known: &str, state: &str, fold_case: bool) -> bool {
    if fold_case { known.eq_ignore_ascii_case(state.trim()) } else { known == state }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
