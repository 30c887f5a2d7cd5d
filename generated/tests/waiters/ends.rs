//! What ends a wait from outside: another operation, the time limit, and who waits.

use std::time::Duration;

use alicloud::ErrorKind;
use serde_json::json;

use crate::support::{HandClock, Laboratory, put, specs};
use crate::table::{Seen, declared};

#[tokio::test]
async fn a_failure_that_only_the_other_operation_tells_ends_the_wait() {
    let lab = Laboratory::open().await;
    let mut tested = 0;
    for declared in declared(specs()) {
        let Some(also) = &declared.waiter.also else { continue };
        let other = |state: &str| {
            let mut reply = json!({"RequestId": "R", "Success": true});
            put(&mut reply, &also.path, &json!(state));
            if let Some(reason) = &also.reason {
                put(&mut reply, reason, &json!("not today"));
            }
            reply
        };
        let waiter = declared.waiter;
        let unfinished = waiter.pending.iter().chain(waiter.needs_action.keys()).map(String::as_str);
        for state in unfinished.chain(["SOMETHING_NEW"]) {
            for failure in &also.failure {
                let folded = failure.to_ascii_uppercase();
                for told in [failure, &folded].into_iter().take(if also.fold_case { 2 } else { 1 }) {
                    lab.script(&also.operation, &[other(told)]);
                    let ended = declared.wait(&lab, &[declared.reply(Some(state)), declared.good()]).await;
                    let error = ended.outcome.expect_err(told);
                    assert_eq!((error.kind(), error.state()), (ErrorKind::WaitFailed, Some(&**told)), "{error}");
                    assert_eq!((error.operation(), ended.asked), (Some(&*also.operation), 1), "{error}");
                    assert_eq!(error.message().contains("not today"), also.reason.is_some(), "{error}");
                    tested += 1;
                }
            }
        }
        // It is asked with what the request was made of, and has nothing to say about success and failure.
        for (name, from) in &also.with {
            let (asked, passed) = (&lab.asked(&also.operation)[0], &lab.asked(declared.operation())[0]);
            let value = |text: &str, name: &str| {
                text.split(['?', '&', ' ']).find_map(|pair| pair.strip_prefix(&format!("{name}=")).map(str::to_owned))
            };
            assert!(value(asked, name).is_some() && value(asked, name) == value(passed, from), "{asked} {passed}");
        }
        for state in waiter.success.iter().chain(&waiter.failure) {
            lab.script(&also.operation, &[other(&also.failure[0])]);
            let ended = declared.wait(&lab, &[declared.reply(Some(state))]).await;
            assert!(lab.asked(&also.operation).is_empty(), "{state}");
            assert_eq!(ended.outcome.is_ok(), waiter.success.contains(state), "{state}");
        }
        // Any other state of it says nothing.
        lab.script(&also.operation, &[other("SOMETHING_NEW")]);
        let ended = declared.wait(&lab, &[declared.reply(Some(&waiter.pending[0])), declared.good()]).await;
        assert!(ended.outcome.is_ok(), "{:?}", ended.outcome);
    }
    assert!(tested > 0, "no waiter asks another operation");
}

#[tokio::test]
async fn the_time_limit_ends_every_wait_after_one_last_look() {
    let lab = Laboratory::open().await;
    for declared in declared(specs()) {
        let replies = vec![declared.reply(Some("SOMETHING_NEW")); 4];
        let before = lab.clock.read();
        let ended = declared.wait(&lab, &[replies, vec![declared.good()]].concat()).await;
        let error = ended.outcome.expect_err(declared.operation());
        assert_eq!((error.kind(), error.state()), (ErrorKind::TimeLimit, Some("SOMETHING_NEW")), "{error}");
        assert_eq!(error.reply(), Some(declared.reply(Some("SOMETHING_NEW"))));
        // At 0, 4, 8 and 10 seconds.
        assert_eq!(ended.asked, 4, "{}", declared.operation());
        assert_eq!(lab.clock.read(), before + Duration::from_secs(10));
    }
}

#[tokio::test]
async fn who_drops_a_wait_ends_it() {
    let lab = Laboratory::with(HandClock::stopped()).await;
    for declared in declared(specs()) {
        lab.script(declared.operation(), &[declared.reply(Some("SOMETHING_NEW")), declared.good()]);
        let mut waiting = (declared.method)(&lab, &Seen::default());
        tokio::select! {
            () = lab.clock.somebody_sleeps() => {}
            outcome = &mut waiting => panic!("{} does not pause: {outcome:?}", declared.operation()),
        }
        assert_eq!(lab.clock.sleepers(), 1);
        drop(waiting);
        assert_eq!(lab.clock.sleepers(), 0, "{}: somebody still waits to ask again", declared.operation());
        assert_eq!(lab.asked(declared.operation()).len(), 1, "{}", declared.operation());
    }
}
