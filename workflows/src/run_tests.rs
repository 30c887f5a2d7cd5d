//! Tests of [`super`].

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use alicloud::runtime::{Clock, Random};

use super::*;

/// A clock that sleeps in no time, and knows for how long.
#[derive(Debug)]
struct Sleepless(Mutex<(SystemTime, Vec<Duration>)>);

impl Clock for Sleepless {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().0
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut slept = self.0.lock().unwrap();
        slept.0 += duration;
        slept.1.push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// The middle of all that is possible: pauses are neither shorter nor longer.
#[derive(Debug)]
struct Middle;

impl Random for Middle {
    fn bits(&self) -> u128 {
        1 << 127
    }
}

fn begin(time_limit: Duration) -> (Run, Arc<Sleepless>) {
    let clock = Arc::new(Sleepless(Mutex::new((SystemTime::UNIX_EPOCH, Vec::new()))));
    let manner = Manner { time_limit, clock: Arc::clone(&clock) as _, random: Arc::new(Middle), ..Manner::default() };
    (Run::begin(manner), clock)
}

#[tokio::test]
async fn pauses_grow_until_something_changes() {
    let (mut run, clock) = begin(Duration::from_secs(1_000_000));
    run.at(Stage::Approval, Some("toaudit"));
    for _ in 0..100 {
        run.pause().await.unwrap();
        run.at(Stage::Approval, Some("toaudit"));
    }
    run.at(Stage::Execute, None);
    run.pause().await.unwrap();
    let slept: Vec<f64> = clock.0.lock().unwrap().1.iter().map(Duration::as_secs_f64).collect();
    assert_eq!((slept[..3].to_vec(), slept[99], slept[100]), (vec![2.0, 2.5, 3.125], 30.0, 2.0));
}

#[tokio::test]
async fn there_is_a_last_look_at_the_end_of_the_time() {
    let (mut run, clock) = begin(Duration::from_secs(3));
    run.at(Stage::Approval, Some("toaudit"));
    run.pause().await.unwrap();
    run.pause().await.unwrap();
    let error = run.pause().await.unwrap_err();
    assert_eq!(error.to_string(), "approval: it did not end in time, its last state is toaudit");
    assert_eq!(clock.0.lock().unwrap().1, [2, 1].map(Duration::from_secs));
}

#[test]
fn steps_are_said_once() {
    let (mut run, _) = begin(Duration::ZERO);
    let steps = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&steps);
    run.manner.observer = Arc::new(move |_| *counted.lock().unwrap() += 1);
    for (stage, state) in [(Stage::Work, None), (Stage::Work, None), (Stage::Work, Some("a")), (Stage::Make, Some("a"))]
    {
        run.at(stage, state);
    }
    assert_eq!(*steps.lock().unwrap(), 3);
}
