//! Every documented state, every other spelling of one, one that nobody documented, and none at all.

use alicloud::ErrorKind;
use alicloud_codegen::spec::{Path, Waiter};
use serde_json::json;

use crate::support::{Laboratory, put, specs};
use crate::table::{Declared, declared};

/// Waits with a reply in this state and a good one after it: it is to end as the spec says.
async fn hold_to(declared: &Declared<'_>, lab: &Laboratory, spelled: &str, meant: &str) {
    let ended = declared.wait(lab, &[declared.reply(Some(spelled)), declared.good()]).await;
    let Waiter { pending, success, failure, needs_action, .. } = declared.waiter;
    let about = format!("{} {}: {spelled}", declared.operation(), declared.name);
    let has = |states: &[String]| states.iter().any(|state| state == meant);
    let is_known = has(pending) || has(success) || has(failure) || needs_action.contains_key(meant);
    assert_eq!(ended.seen[0], (Some(spelled.to_owned()), is_known), "{about}");
    if has(failure) || needs_action.contains_key(meant) {
        let error = ended.outcome.expect_err(&about);
        let advice = needs_action.get(meant).map(String::as_str);
        let kind = if advice.is_some() { ErrorKind::NeedsAction } else { ErrorKind::WaitFailed };
        assert_eq!((error.kind(), error.state(), error.advice()), (kind, Some(spelled), advice), "{about}");
        assert_eq!((error.operation(), ended.asked), (Some(declared.operation()), 1), "{about}");
        assert_eq!(error.reply(), Some(declared.reply(Some(spelled))), "{about}");
        assert!(error.to_string().contains(advice.unwrap_or(spelled)), "{error}");
    } else {
        assert!(ended.outcome.is_ok(), "{about}: {:?}", ended.outcome);
        assert_eq!(ended.asked, if has(success) { 1 } else { 2 }, "{about}");
    }
}

/// The same in the other case: `EXPORT_FAIL` is `export_fail`, `new` is `NEW`.
fn swapped(state: &str) -> String {
    let swap = |letter: char| {
        if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    };
    state.chars().map(swap).collect()
}

#[tokio::test]
async fn every_state_ends_or_goes_on_as_the_spec_says() {
    let lab = Laboratory::open().await;
    for declared in declared(specs()) {
        let Waiter { pending, success, failure, needs_action, aliases, fold_case, .. } = declared.waiter;
        for state in pending.iter().chain(success).chain(failure).chain(needs_action.keys()) {
            hold_to(&declared, &lab, state, state).await;
            // Without `fold_case` another case is another state, which nobody has documented.
            let folded = swapped(state);
            hold_to(&declared, &lab, &folded, if *fold_case { state } else { &folded }).await;
        }
        for (alias, meant) in aliases {
            hold_to(&declared, &lab, alias, meant).await;
        }
        hold_to(&declared, &lab, "SOMETHING_NEW", "SOMETHING_NEW").await;
    }
}

#[tokio::test]
async fn a_reply_without_a_state_keeps_waiting() {
    let lab = Laboratory::open().await;
    for declared in declared(specs()) {
        let ended = declared.wait(&lab, &[declared.reply(None), declared.good()]).await;
        assert!(ended.outcome.is_ok(), "{}: {:?}", declared.operation(), ended.outcome);
        assert_eq!((ended.asked, &ended.seen[0]), (2, &(None, true)), "{}", declared.operation());
    }
}

#[tokio::test]
async fn what_is_there_ends_the_wait_unless_the_state_is_a_failure() {
    let lab = Laboratory::open().await;
    for declared in declared(specs()) {
        for path in &declared.waiter.present {
            let with = |state| {
                let mut reply = declared.reply(state);
                put(&mut reply, path, &json!("there"));
                reply
            };
            for state in [None, Some("SOMETHING_NEW"), declared.waiter.pending.first().map(String::as_str)] {
                let ended = declared.wait(&lab, &[with(state)]).await;
                assert!(ended.outcome.is_ok() && ended.asked == 1, "{path} {state:?}");
            }
            for state in &declared.waiter.failure {
                let ended = declared.wait(&lab, &[with(Some(state)), declared.good()]).await;
                let kind = ended.outcome.map_err(|error| error.kind());
                assert_eq!((kind, ended.asked), (Err(ErrorKind::WaitFailed), 1), "{path} {state}");
            }
        }
    }
}

/// A state in a list of values that the spec shows, and that no waiter of the path knows, would be a gap of the spec.
#[test]
fn every_documented_value_is_a_state_of_the_waiter() {
    for declared in declared(specs()) {
        let Waiter { path, pending, success, failure, needs_action, .. } = declared.waiter;
        let product = &declared.product.product;
        let schema = Path::parse(path).find(&declared.file.operation.response.schema, product).expect("checked");
        for value in &schema.values {
            let known = pending.iter().chain(success).chain(failure).chain(needs_action.keys());
            let about = format!("{} {}: {}", declared.operation(), declared.name, value.value);
            assert!(known.into_iter().any(|state| state.eq_ignore_ascii_case(&value.value)), "{about}");
        }
    }
}
