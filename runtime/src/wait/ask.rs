//! The loop of a wait: ask, judge, pause.

use std::time::Duration;

use super::judge::{Judgement, judge, judge_also, reason};
use super::pace::Pace;
use super::waiter::{Also, Waiter};
use super::{Observed, Observer};
use crate::call::Call;
use crate::error::{Error, ErrorKind};
use crate::reply::Reply;
use crate::wire::Wire;

/// How to wait.
pub(super) struct Manner {
    pub(super) pace: Pace,
    pub(super) limit: Duration,
    pub(super) observer: Option<Observer>,
}

pub(super) async fn ask(call: Call, wire: Wire, waiter: &'static Waiter, manner: Manner) -> Result<Reply, Error> {
    let config = call.core().config();
    let start = config.clock.now();
    let (mut last, mut replies) = (None, 0_u32);
    loop {
        let reply = call.send(wire.clone()).await?;
        replies = replies.saturating_add(1);
        let (state, judgement) = judge(waiter, reply.document.root());
        let elapsed = config.clock.now().duration_since(start).unwrap_or_default();
        if let Some(observer) = &manner.observer {
            let is_known = judgement != Judgement::Pending { known: false };
            let has_changed = replies == 1 || last != state;
            observer(&Observed { state: state.as_deref(), is_known, has_changed, replies, elapsed });
        }
        if judgement == Judgement::Done {
            return Ok(reply);
        }
        if judgement != Judgement::Failed
            && let Some(also) = waiter.also
        {
            ask_also(&call, &wire, waiter, also).await?;
        }
        let Judgement::Pending { .. } = judgement else {
            return Err(refusal(waiter, &reply, state, judgement));
        };
        let elapsed = config.clock.now().duration_since(start).unwrap_or_default();
        if elapsed >= manner.limit {
            return Err(too_late(waiter, &reply, state, manner.limit));
        }
        last = state;
        // One last look at the end of the time.
        let pause = manner.pace.pause(replies, config.random.bits());
        config.clock.sleep(pause.min(manner.limit - elapsed)).await;
    }
}

/// Asks the other operation whether it has failed already.
async fn ask_also(call: &Call, wire: &Wire, waiter: &Waiter, also: &Also) -> Result<(), Error> {
    let mut other = Wire::new();
    for passed in also.with {
        if let Some(value) = wire.value(passed.from) {
            if passed.in_form {
                other.form(passed.name, &value);
            } else {
                other.query(passed.name, &value);
            }
        }
    }
    let reply = call.core().call(also.operation).send(other).await?;
    let (state, true) = judge_also(also, reply.document.root()) else { return Ok(()) };
    let shown = state.as_deref().unwrap_or_default();
    let mut message = format!("it will not become {}, its state is {shown}", waiter.name);
    add_reason(&mut message, also.reason, &reply);
    let mut error = reply.error(ErrorKind::WaitFailed, message);
    error.inner_mut().state = state;
    Err(error)
}

fn refusal(waiter: &Waiter, reply: &Reply, state: Option<String>, judgement: Judgement) -> Error {
    let shown = state.as_deref().unwrap_or_default();
    let (kind, advice, mut message) = match judgement {
        Judgement::NeedsAction(advice) => (
            ErrorKind::NeedsAction,
            Some(advice),
            format!("it does not become {} by itself from the state {shown}: {advice}", waiter.name),
        ),
        _ => (ErrorKind::WaitFailed, None, format!("it will not become {}, its state is {shown}", waiter.name)),
    };
    add_reason(&mut message, waiter.reason, reply);
    let mut error = reply.error(kind, message);
    error.inner_mut().state = state;
    error.inner_mut().advice = advice;
    error
}

fn too_late(waiter: &Waiter, reply: &Reply, state: Option<String>, limit: Duration) -> Error {
    let last = state.as_deref().unwrap_or("unknown");
    let mut message = format!("it did not become {} within {limit:?}, its last state is {last}", waiter.name);
    add_reason(&mut message, waiter.reason, reply);
    let mut error = reply.error(ErrorKind::TimeLimit, message);
    error.inner_mut().state = state;
    error
}

fn add_reason(message: &mut String, path: Option<&str>, reply: &Reply) {
    if let Some(reason) = reason(path, reply.document.root()) {
        message.push_str(": ");
        message.push_str(&reason);
    }
}
