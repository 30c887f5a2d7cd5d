//! Waiting: every state, several operations, pace, time limit, cancellation.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud_runtime::{Also, Call, Error, ErrorKind, Operation, Passed, Request, Value, Wait, Waiter, Wire};

mod support;

use support::{OPERATION, Script, block_on, builder, core};

static OTHER: Operation = Operation { action: "GetOrderBaseInfo", ..OPERATION };

static WAITER: Waiter = Waiter {
    name: "finished",
    path: "Job.Status",
    pending: &["RUNNING", "QUEUEING"],
    success: &["SUCCESS"],
    failure: &["FAIL"],
    needs_action: &[("APPROVE", "Have the ticket approved.")],
    fold_case: true,
    aliases: &[("queuing", "queueing")],
    present: &["Job.Url"],
    reason: Some("Job.Why"),
    ..Waiter::NONE
};

static WITH_ORDER: Waiter = Waiter {
    also: Some(&Also {
        operation: &OTHER,
        with: &[
            Passed { name: "OrderId", from: "OrderId", in_form: false },
            Passed { name: "Tenant", from: "Tid", in_form: true },
            Passed { name: "Unset", from: "Unset", in_form: false },
        ],
        path: "OrderBaseInfo.StatusCode",
        failure: &["reject", "closed", "cancel", "fail"],
        fold_case: true,
        reason: Some("OrderBaseInfo.Comment"),
    }),
    ..WAITER
};

#[derive(Clone, Debug)]
struct Ask {
    call: Call,
}

impl Request for Ask {
    type Response = Value;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        wire.query("OrderId", &"a b+ü&");
        wire.query("Tid", &3_i64);
    }
}

fn wait(script: &Arc<Script>, waiter: &'static Waiter) -> Wait<Ask> {
    let config = builder(script).build().unwrap();
    Wait::new(Ask { call: core(&config).call(&OPERATION) }, waiter)
}

fn job(state: &str) -> String {
    format!(r#"{{"RequestId":"R","Job":{{"Status":"{state}","Why":"because"}}}}"#)
}

fn order(state: &str) -> String {
    format!(r#"{{"OrderBaseInfo":{{"StatusCode":"{state}","Comment":"not today"}}}}"#)
}

/// What became of a wait: the replies it took, and how it ended.
fn outcome(waiter: &'static Waiter, replies: &[String]) -> (usize, Result<Value, Error>) {
    let script = Script::of_bodies(replies);
    let outcome = block_on(wait(&script, waiter).time_limit(Duration::from_secs(60)).into_future());
    (script.requests().len(), outcome)
}

#[test]
fn every_state_has_its_end() {
    for (states, replies, kind) in [
        (&["SUCCESS"][..], 1, None),
        (&["success"], 1, None),
        (&["RUNNING", "QUEUEING", "SUCCESS"], 3, None),
        // Misspelt, and spelled in a way that nobody has documented.
        (&["Queuing", "ROLLING_OVER", "", "SUCCESS"], 4, None),
        (&["RUNNING", "FAIL", "SUCCESS"], 2, Some(ErrorKind::WaitFailed)),
        (&["RUNNING", "approve", "SUCCESS"], 2, Some(ErrorKind::NeedsAction)),
    ] {
        let bodies: Vec<String> = states.iter().map(|state| job(state)).collect();
        let (asked, outcome) = outcome(&WAITER, &bodies);
        assert_eq!((asked, outcome.as_ref().err().map(Error::kind)), (replies, kind), "{states:?}");
    }
    // By presence, whatever the state.
    let (asked, outcome) = outcome(&WAITER, &[job("NEW"), r#"{"Job":{"Status":"NEW","Url":"x"}}"#.to_owned()]);
    assert_eq!((asked, outcome.unwrap()["Job"]["Url"].as_str()), (2, Some("x")));
}

#[test]
fn errors_say_what_to_do_next() {
    let error = outcome(&WAITER, &[job("APPROVE")]).1.unwrap_err();
    assert_eq!((error.state(), error.advice()), (Some("APPROVE"), Some("Have the ticket approved.")));
    assert_eq!(error.reply().unwrap()["Job"]["Why"], "because");
    assert_eq!(
        error.to_string(),
        "Test failed: it does not become finished by itself from the state APPROVE: Have the ticket approved.: because \
         (HTTP 200, request R, 1 attempt)"
    );
    let error = outcome(&WAITER, &[job("FAIL")]).1.unwrap_err();
    assert_eq!((error.state(), error.advice(), error.request_id()), (Some("FAIL"), None, Some("R")));
    assert_eq!(error.message(), "it will not become finished, its state is FAIL: because");
}

#[test]
fn another_operation_tells_what_this_one_hides() {
    let replies = [job("RUNNING"), order("approved"), job("APPROVE"), order("Reject"), job("SUCCESS")];
    let script = Script::of_bodies(&replies);
    let error = block_on(wait(&script, &WITH_ORDER).into_future()).unwrap_err();
    assert_eq!((error.kind(), error.state()), (ErrorKind::WaitFailed, Some("Reject")));
    assert_eq!(error.message(), "it will not become finished, its state is Reject: not today");
    assert_eq!(error.operation(), Some("GetOrderBaseInfo"));
    let requests = script.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[1].headers["x-acs-action"], "GetOrderBaseInfo");
    // The values of the request, as they were before they were encoded.
    assert_eq!(requests[1].url.query(), Some("OrderId=a%20b%2B%C3%BC%26"));
    assert_eq!(requests[1].body.as_bytes(), Some(&b"Tenant=3"[..]));
    for state in ["closed", "cancel", "FAIL"] {
        let error = outcome(&WITH_ORDER, &[job("NEW"), order(state)]).1.unwrap_err();
        assert_eq!(error.state(), Some(state));
    }
    // Success needs no second opinion; and where the other operation fails, that is the error.
    assert_eq!(outcome(&WITH_ORDER, &[job("SUCCESS")]).0, 1);
    let script = Script::new([Ok((200, job("RUNNING"))), Ok((403, r#"{"Code":"NoPermission"}"#.to_owned()))]);
    let error = block_on(wait(&script, &WITH_ORDER).into_future()).unwrap_err();
    assert!(error.is_access_denied() && error.operation() == Some("GetOrderBaseInfo"), "{error}");
}

#[test]
fn reports_what_it_sees() {
    let script = Script::of_bodies(&[job("RUNNING"), job("RUNNING"), job("ODD"), job("SUCCESS")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let waiting = wait(&script, &WAITER).jitter(0.0).backoff(2.0, Duration::from_secs(3)).on_state(move |observed| {
        let state = observed.state.unwrap_or_default().to_owned();
        kept.lock().unwrap().push((
            state,
            observed.is_known,
            observed.has_changed,
            observed.replies,
            observed.elapsed.as_secs(),
        ));
    });
    block_on(waiting.into_future()).unwrap();
    let expected = [
        ("RUNNING", true, true, 1, 0),
        ("RUNNING", true, false, 2, 2),
        ("ODD", false, true, 3, 5),
        ("SUCCESS", true, true, 4, 8),
    ];
    let seen = seen.lock().unwrap();
    let seen: Vec<_> = seen.iter().map(|(state, a, b, c, d)| (state.as_str(), *a, *b, *c, *d)).collect();
    assert_eq!(seen, expected);
}

#[test]
fn the_time_limit_ends_it_after_one_last_look() {
    let script = Script::of_bodies(&vec![job("ODD"); 100]);
    let waiting = wait(&script, &WAITER).interval(Duration::from_secs(4)).backoff(1.0, Duration::ZERO).jitter(0.0);
    let error = block_on(waiting.time_limit(Duration::from_secs(10)).into_future()).unwrap_err();
    assert_eq!((error.kind(), error.state()), (ErrorKind::TimeLimit, Some("ODD")));
    assert_eq!(error.message(), "it did not become finished within 10s, its last state is ODD: because");
    // At 0, 4, 8 and 10 seconds.
    assert_eq!(script.requests().len(), 4);
    assert!(error.reply().is_some());
}

#[test]
fn dropping_it_ends_it() {
    let script = Script::of_bodies(&[job("RUNNING")]);
    let config = alicloud_runtime::Config::builder()
        .credentials(alicloud_runtime::Credentials::access_key("id", "hush"))
        .transport(Arc::clone(&script) as Arc<dyn alicloud_runtime::Transport>)
        .build()
        .unwrap();
    let waiting = Wait::new(Ask { call: core(&config).call(&OPERATION) }, &WAITER).interval(Duration::from_millis(20));
    block_on(async {
        let ended = tokio::time::timeout(Duration::from_millis(5), waiting.into_future()).await;
        assert!(ended.is_err());
        tokio::time::sleep(Duration::from_millis(60)).await;
    });
    assert_eq!(script.requests().len(), 1);
}
