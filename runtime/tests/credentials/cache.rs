//! When credentials are asked for, and what happens when there are none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use alicloud_runtime::{Clock, Credentials, Error, ProvideCredentials, Provided, ProviderContext, RoleByArn};
use futures_util::future::join_all;

use super::laboratory::{HUSH, Laboratory, assumed, call, refused, session, told};

fn role() -> RoleByArn {
    RoleByArn::new(Credentials::access_key("id", HUSH), "acs:ram::1:role/r").sts_endpoint("sts.example.com")
}

/// A laboratory whose STS opens sessions of this many seconds, and counts them in the id of the key.
async fn laboratory(lifetime: u64) -> Laboratory {
    let laboratory = Laboratory::alone().await;
    opens_sessions(&laboratory, lifetime);
    laboratory
}

fn opens_sessions(laboratory: &Laboratory, lifetime: u64) {
    let (clock, count) = (Arc::clone(&laboratory.clock), AtomicUsize::new(laboratory.server.count("AssumeRole")));
    laboratory.now_answers(move |_| {
        let count = count.fetch_add(1, Ordering::SeqCst) + 1;
        assumed(&session(&format!("STS.{count}"), clock.now() + Duration::from_secs(lifetime)))
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_once_ask_once() {
    let laboratory = laboratory(3600).await;
    let client = laboratory.client(role());
    let calls = (0..1000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client).await })
    });
    for outcome in join_all(calls).await {
        outcome.unwrap().unwrap();
    }
    assert_eq!((laboratory.server.count("AssumeRole"), laboratory.server.count("Test")), (1, 1000));
}

#[tokio::test]
async fn clients_of_one_configuration_share_what_was_asked_for() {
    let laboratory = laboratory(3600).await;
    let config = laboratory.config(role());
    for _ in 0..3 {
        call(&super::support::core(&config)).await.unwrap();
    }
    assert_eq!(laboratory.server.count("AssumeRole"), 1);
}

/// However short a session is, it is used for three quarters of its life, or until a quarter of an hour before its end.
#[tokio::test]
async fn sessions_are_renewed_ahead_of_their_end_and_not_before() {
    for (lifetime, renewed_after) in [(4, 3), (60, 45), (900, 675), (3600, 2700), (43_200, 42_300)] {
        let laboratory = laboratory(lifetime).await;
        let client = laboratory.client(role());
        for _ in 0..20 {
            call(&client).await.unwrap();
        }
        laboratory.pass(renewed_after - 1);
        call(&client).await.unwrap();
        assert_eq!(laboratory.last_caller().id, "STS.1", "{lifetime}");
        laboratory.pass(1);
        call(&client).await.unwrap();
        assert_eq!(laboratory.last_caller().id, "STS.2", "{lifetime}");
        assert_eq!(laboratory.server.count("AssumeRole"), 2, "{lifetime}");
    }
}

#[tokio::test]
async fn a_renewal_that_fails_keeps_calls_going_until_the_end() {
    let laboratory = laboratory(400).await;
    let client = laboratory.client(role());
    call(&client).await.unwrap();
    laboratory.now_answers(|_| refused());
    // From here on a renewal is due. Each failure makes the pause longer: 1, 2, 4 seconds and so on.
    laboratory.pass(300);
    let mut asked = Vec::new();
    for second in 0..99 {
        let before = laboratory.server.count("AssumeRole");
        call(&client).await.unwrap();
        if laboratory.server.count("AssumeRole") > before {
            asked.push(second);
        }
        laboratory.pass(1);
    }
    assert_eq!(asked, [0, 1, 3, 7, 15, 31, 63]);
    assert_eq!(laboratory.last_caller().id, "STS.1");
    // One second is left, then nothing.
    call(&client).await.unwrap();
    laboratory.pass(1);
    assert_eq!(
        told(call(&client).await.unwrap_err()),
        "Test failed: AssumeRole failed: NoPermission: You are not authorized. (HTTP 403, request R-1, 1 attempt)"
    );
    // Nothing is kept of a failure but a second of peace.
    opens_sessions(&laboratory, 3600);
    laboratory.pass(1);
    call(&client).await.unwrap();
    assert_ne!(laboratory.last_caller().id, "STS.1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_waits_together_fails_together() {
    let laboratory = Laboratory::new(|_| refused()).await;
    let client = laboratory.client(role());
    let calls = (0..200).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { call(&client).await })
    });
    for outcome in join_all(calls).await {
        assert!(outcome.unwrap().unwrap_err().is_credentials());
    }
    assert_eq!((laboratory.server.count("AssumeRole"), laboratory.server.count("Test")), (1, 0));
}

#[tokio::test]
async fn others_go_on_while_one_call_renews() {
    let laboratory = laboratory(3600).await;
    let client = laboratory.client(role());
    call(&client).await.unwrap();
    laboratory.pass(2700);
    // STS says nothing any more; the call that asks it is given up.
    laboratory.now_answers(|_| None);
    let renewing = tokio::spawn({
        let client = client.clone();
        async move { call(&client).await }
    });
    while laboratory.server.count("AssumeRole") < 2 {
        tokio::task::yield_now().await;
    }
    for _ in 0..10 {
        call(&client).await.unwrap();
    }
    assert_eq!((laboratory.server.count("AssumeRole"), laboratory.last_caller().id.as_str()), (2, "STS.1"));
    renewing.abort();
    assert!(renewing.await.unwrap_err().is_cancelled());
    opens_sessions(&laboratory, 3600);
    call(&client).await.unwrap();
    assert_ne!(laboratory.last_caller().id, "STS.1");
}

/// Where the clock is wrong, the service decides; but it is not asked for a new session with every call.
#[tokio::test]
async fn what_has_expired_on_arrival_is_used_for_a_moment() {
    let laboratory = Laboratory::alone().await;
    laboratory.now_answers(|_| assumed(&session("STS.old", SystemTime::UNIX_EPOCH)));
    let client = laboratory.client(role());
    for _ in 0..10 {
        call(&client).await.unwrap();
    }
    assert_eq!(laboratory.server.count("AssumeRole"), 1);
}

/// A provider of a user: counts how often it is asked.
struct Counting(Arc<AtomicUsize>);

impl ProvideCredentials for Counting {
    fn provide<'a>(&'a self, context: &'a ProviderContext) -> Provided<'a> {
        Box::pin(async {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => Err(Error::credentials("the vault is sealed")),
                count => Ok(Credentials::sts(format!("STS.{count}"), HUSH, HUSH)
                    .expires_at(context.now() + Duration::from_secs(100))),
            }
        })
    }
}

#[tokio::test]
async fn a_provider_of_a_user_is_kept_like_any_other() {
    let (laboratory, count) = (Laboratory::alone().await, Arc::new(AtomicUsize::new(0)));
    let client = laboratory.client(Counting(Arc::clone(&count)));
    for _ in 0..3 {
        assert_eq!(told(call(&client).await.unwrap_err()), "Test failed: the vault is sealed");
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    laboratory.pass(1);
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    assert_eq!((count.load(Ordering::SeqCst), laboratory.last_caller().id.as_str()), (2, "STS.1"));
    laboratory.pass(75);
    call(&client).await.unwrap();
    assert_eq!(laboratory.last_caller().id, "STS.2");
}

/// A provider that names another, and so on without end.
struct Circle;

impl ProvideCredentials for Circle {
    fn provide<'a>(&'a self, _: &'a ProviderContext) -> Provided<'a> {
        Box::pin(std::future::ready(Ok(Circle.into())))
    }
}

#[tokio::test]
async fn providers_that_lead_nowhere_are_noticed() {
    let why = Laboratory::alone().await.caller(Circle).await.unwrap_err();
    assert_eq!(why, "Test failed: the providers hand on to one another without end");
}
