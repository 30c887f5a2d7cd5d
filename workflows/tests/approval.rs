//! Tracked changes where the rules ask for an approval.

mod support;

use std::time::Duration;

use alicloud_emulator::Outcome::{NeedsApproval, Rejected, Succeeds};
use alicloud_workflows::{Cause, FetchTrackedChanges, Stage};
use support::{Scene, changes, faults};

/// A scene whose tickets wait for an approval.
async fn scene() -> Scene {
    Scene::with(|builder| builder.outcome("CreateDataTrackOrder", NeedsApproval)).await
}

/// How often an operation was asked for.
fn asked(scene: &Scene, operation: &str) -> usize {
    scene.emulator.requests().iter().filter(|request| request.operation.as_deref() == Some(operation)).count()
}

#[tokio::test]
async fn the_caller_approves() {
    let scene = scene().await;
    let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test").approve(true);
    scene.quick(fetch).run().await.unwrap();
    scene.assert_file();
    assert_eq!(scene.steps()[..4], ["create", "submit INIT", "approval INIT", "work INIT"]);
    assert_eq!((asked(&scene, "SubmitOrderApproval"), asked(&scene, "ApproveOrder")), (1, 1));
}

#[tokio::test]
async fn somebody_else_approves() {
    let builder = |builder: alicloud_emulator::Builder| {
        builder.outcome("CreateDataTrackOrder", NeedsApproval).outcome("SubmitOrderApproval", Succeeds)
    };
    let scene = Scene::with(builder).await;
    scene.quick(FetchTrackedChanges::new(&scene.dms(), changes(), "a test")).run().await.unwrap();
    scene.assert_file();
    assert_eq!(scene.steps()[..3], ["create", "submit INIT", "approval INIT"]);
    assert_eq!((asked(&scene, "SubmitOrderApproval"), asked(&scene, "ApproveOrder")), (1, 0));
}

#[tokio::test]
async fn somebody_else_refuses() {
    let builder = |builder: alicloud_emulator::Builder| {
        builder.outcome("CreateDataTrackOrder", NeedsApproval).outcome("SubmitOrderApproval", Rejected)
    };
    let scene = Scene::with(builder).await;
    let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test");
    let error = scene.quick(fetch).run().await.unwrap_err();
    assert_eq!((error.stage(), error.is_rejected(), error.ticket()), (Stage::Approval, true, Some(1001)), "{error}");
    assert!(!scene.file().exists());
}

#[tokio::test]
async fn nobody_approves_and_a_later_run_does() {
    let scene = scene().await;
    let fetch = scene.quick(FetchTrackedChanges::new(&scene.dms(), changes(), "a test"));
    let error = fetch.time_limit(Duration::from_millis(100)).run().await.unwrap_err();
    let line = "approval: it did not end in time, its last state is INIT; resume from ticket 1001";
    assert!(matches!(error.cause(), Cause::TimeLimit { .. }));
    assert_eq!(error.to_string(), line);
    let fetch = FetchTrackedChanges::resume(&scene.dms(), error.ticket().unwrap()).approve(true);
    scene.quick(fetch).run().await.unwrap();
    scene.assert_file();
    assert_eq!(asked(&scene, "SubmitOrderApproval"), 1);
}

#[tokio::test]
async fn calls_go_wrong() {
    let scene = scene().await;
    for operation in ["SubmitOrderApproval", "ApproveOrder"] {
        for (name, fault) in faults(operation) {
            scene.reset();
            scene.fault(fault);
            let fetch = FetchTrackedChanges::new(&scene.dms(), changes(), "a test").approve(true);
            let outcome = scene.quick(fetch).run().await;
            assert!(outcome.is_ok(), "{operation}, {name}: {}", outcome.unwrap_err());
            scene.assert_file();
            assert!(asked(&scene, operation) > 0, "{operation}, {name}");
            assert_eq!(scene.emulator.created("CreateDataTrackOrder"), 1, "{operation}, {name}");
        }
    }
}
