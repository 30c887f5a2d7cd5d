//! Tests of [`super`].

use super::*;
use crate::json::Document;

const WAITER: Waiter = Waiter {
    name: "ready",
    path: "Data.State",
    pending: &["RUNNING", "QUEUEING"],
    success: &["DONE", "true"],
    failure: &["FAILED"],
    needs_action: &[("APPROVE", "Approve it.")],
    aliases: &[("QUEUING", "QUEUEING"), ("FINISHED", "DONE")],
    present: &["Data.Url", "Data.Internal"],
    ..Waiter::NONE
};
const GOES_ON: Judgement = Judgement::Pending { known: true };
const UNKNOWN: Judgement = Judgement::Pending { known: false };

fn judged(waiter: &Waiter, body: &str) -> (Option<String>, Judgement) {
    judge(waiter, Document::parse(body.to_owned()).unwrap().root())
}

#[test]
fn judges_states() {
    for (body, fold_case, expected) in [
        (r#"{"Data":{"State":"DONE"}}"#, false, Judgement::Done),
        (r#"{"Data":{"State":true}}"#, false, Judgement::Done),
        (r#"{"Data":{"State":"done"}}"#, false, UNKNOWN),
        (r#"{"Data":{"State":"done"}}"#, true, Judgement::Done),
        (r#"{"Data":{"State":"RUNNING"}}"#, false, GOES_ON),
        (r#"{"Data":{"State":"NEW_ONE"}}"#, false, UNKNOWN),
        (r#"{"Data":{"State":"NEW_ONE","Url":"x"}}"#, false, Judgement::Done),
        (r#"{"Data":{"State":"FAILED","Url":"x"}}"#, false, Judgement::Failed),
        (r#"{"Data":{"State":"APPROVE"}}"#, false, Judgement::NeedsAction("Approve it.")),
        (r#"{"Data":{"State":"QUEUING"}}"#, false, GOES_ON),
        (r#"{"Data":{"State":"queuing"}}"#, true, GOES_ON),
        (r#"{"Data":{"State":"FINISHED"}}"#, false, Judgement::Done),
        (r#"{"Data":{"Url":" ","Internal":"y"}}"#, false, Judgement::Done),
        (r#"{"Data":{"Url":" "}}"#, false, GOES_ON),
        (r#"{"Data":{"Url":"","Internal":"y"}}"#, false, Judgement::Done),
        (r#"{"Data":null}"#, false, GOES_ON),
        ("", false, GOES_ON),
    ] {
        assert_eq!(judged(&Waiter { fold_case, ..WAITER }, body).1, expected, "{body}");
    }
}

#[test]
fn keeps_the_spelling_of_the_service() {
    let state = judged(&Waiter { fold_case: true, ..WAITER }, r#"{"Data":{"State":"Queuing"}}"#).0;
    assert_eq!(state.as_deref(), Some("Queuing"));
}

#[test]
fn judges_lists() {
    const ALL: Waiter = Waiter { path: "Logs.Log[].State", present: &[], ..WAITER };
    const ANY: Waiter = Waiter { any: true, ..ALL };
    for (body, all, any) in [
        (r#"{"Logs":{"Log":[{"State":"DONE"},{"State":"DONE"}]}}"#, Judgement::Done, Judgement::Done),
        (r#"{"Logs":{"Log":[{"State":"RUNNING"},{"State":"DONE"}]}}"#, GOES_ON, Judgement::Done),
        (r#"{"Logs":{"Log":[{"State":"FAILED"},{"State":"RUNNING"}]}}"#, Judgement::Failed, GOES_ON),
        (r#"{"Logs":{"Log":[{"State":"FAILED"}]}}"#, Judgement::Failed, Judgement::Failed),
        (r#"{"Logs":{"Log":[{"State":"NEW"},{"State":"DONE"}]}}"#, UNKNOWN, Judgement::Done),
        // One element without a list, and a list without the object around it.
        (r#"{"Logs":{"Log":{"State":"DONE"}}}"#, Judgement::Done, Judgement::Done),
        (r#"{"Logs":[{"State":"DONE"}]}"#, Judgement::Done, Judgement::Done),
        // Nothing is not success.
        (r#"{"Logs":{"Log":[]}}"#, GOES_ON, GOES_ON),
        (r#"{"Logs":{}}"#, GOES_ON, GOES_ON),
    ] {
        assert_eq!((judged(&ALL, body).1, judged(&ANY, body).1), (all, any), "{body}");
    }
}

#[test]
fn judges_what_another_operation_says() {
    const ALSO: Also = Also {
        operation: &crate::Operation::RPC,
        with: &[],
        path: "Info.Code",
        failure: &["reject", "closed"],
        fold_case: true,
        reason: Some("Info.Why"),
    };
    for (body, expected) in [
        (r#"{"Info":{"Code":"approved"}}"#, (Some("approved"), false)),
        (r#"{"Info":{"Code":"Reject"}}"#, (Some("Reject"), true)),
        (r#"{"Info":{"Code":"whatever"}}"#, (Some("whatever"), false)),
        ("{}", (None, false)),
    ] {
        let document = Document::parse(body.to_owned()).unwrap();
        let (state, failed) = judge_also(&ALSO, document.root());
        assert_eq!((state.as_deref(), failed), expected, "{body}");
    }
}
