//! Asking again and again until something is done.

use std::future::IntoFuture;
use std::time::Duration;

use crate::call::Call;
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::reply::Reply;
use crate::request::{Request, Sending, encoded};
use crate::service_error::first_text;
use crate::wire::Wire;

/// What the states of something mean, and where the reply tells them: plain data, written by the generator.
#[derive(Clone, Copy, Debug)]
pub struct Waiter {
    /// What is waited for, such as `ready`.
    pub name: &'static str,
    /// Where the state stands, as a dotted JSON path. A boolean is the state `true` or `false`.
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
    /// Dotted JSON paths; text at one of them ends the waiting well, unless the state says otherwise.
    pub present: &'static [&'static str],
    /// Where the reply gives a reason, as a dotted JSON path.
    pub reason: Option<&'static str>,
}

/// Sends a request again and again until its reply says that something is done, when it is awaited.
#[derive(Clone, Debug)]
#[must_use = "waiting begins only when it is awaited"]
pub struct Wait<R> {
    request: R,
    waiter: &'static Waiter,
    interval: Duration,
    time_limit: Duration,
}

impl<R: Request> Wait<R> {
    /// Waits with `request` for what `waiter` describes.
    pub fn new(request: R, waiter: &'static Waiter) -> Self {
        Self { request, waiter, interval: Duration::from_secs(2), time_limit: Duration::from_secs(600) }
    }

    /// How long to wait between a reply and the next request; 2 seconds by default. The first request is sent at
    /// once.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// How long to wait in total; 10 minutes by default. Then the waiting ends with an error that names the last
    /// state.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }
}

impl<R: Request> IntoFuture for Wait<R> {
    type Output = Result<R::Response, Error>;
    type IntoFuture = Sending<R::Response>;

    fn into_future(self) -> Self::IntoFuture {
        let wire = encoded(&self.request);
        let call = self.request.call().clone();
        Sending::of(Box::pin(wait(call, wire, self.waiter, self.interval, self.time_limit)))
    }
}

async fn wait(
    call: Call,
    wire: Wire,
    waiter: &'static Waiter,
    interval: Duration,
    limit: Duration,
) -> Result<Reply, Error> {
    let clock = &call.core().config().clock;
    let start = clock.now();
    loop {
        let reply = call.send(wire.clone()).await?;
        let judgement = judge(waiter, reply.document.root());
        let Judgement::Pending = judgement else {
            return conclude(waiter, reply, judgement);
        };
        let elapsed = clock.now().duration_since(start).unwrap_or_default();
        if elapsed >= limit {
            return Err(too_late(waiter, &reply, limit));
        }
        // One last look at the end of the time.
        clock.sleep(interval.min(limit - elapsed)).await;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Judgement {
    Pending,
    Done,
    Failed,
    /// Somebody has to do this.
    NeedsAction(&'static str),
}

fn judge(waiter: &Waiter, root: Json<'_>) -> Judgement {
    let state = state(waiter, root).unwrap_or_default();
    let is_state = |known: &str| if waiter.fold_case { known.eq_ignore_ascii_case(&state) } else { known == state };
    if waiter.failure.iter().any(|known| is_state(known)) {
        return Judgement::Failed;
    }
    if let Some((_, advice)) = waiter.needs_action.iter().find(|(known, _)| is_state(known)) {
        return Judgement::NeedsAction(advice);
    }
    let is_present = || first_text(root, waiter.present).is_some_and(|text| !text.trim().is_empty());
    if waiter.success.iter().any(|known| is_state(known)) || is_present() {
        return Judgement::Done;
    }
    Judgement::Pending
}

fn state(waiter: &Waiter, root: Json<'_>) -> Option<String> {
    first_text(root, &[waiter.path])
}

fn conclude(waiter: &Waiter, reply: Reply, judgement: Judgement) -> Result<Reply, Error> {
    let (kind, advice) = match judgement {
        Judgement::Done | Judgement::Pending => return Ok(reply),
        Judgement::Failed => (ErrorKind::WaitFailed, None),
        Judgement::NeedsAction(advice) => (ErrorKind::NeedsAction, Some(advice)),
    };
    let root = reply.document.root();
    let state = state(waiter, root).unwrap_or_default();
    let mut message = match advice {
        None => format!("it will not become {}, its state is {state}", waiter.name),
        Some(advice) => format!("it does not become {} by itself from the state {state}: {advice}", waiter.name),
    };
    if let Some(reason) = waiter.reason.and_then(|path| first_text(root, &[path])) {
        message.push_str(": ");
        message.push_str(&reason);
    }
    let mut error = reply.error(kind, message);
    error.inner_mut().state = Some(state);
    Err(error)
}

fn too_late(waiter: &Waiter, reply: &Reply, limit: Duration) -> Error {
    let state = state(waiter, reply.document.root());
    let last = state.as_deref().unwrap_or("unknown");
    let message = format!("it did not become {} within {limit:?}, its last state is {last}", waiter.name);
    let mut error = reply.error(ErrorKind::TimeLimit, message);
    error.inner_mut().state = state;
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    const WAITER: Waiter = Waiter {
        name: "ready",
        path: "Data.State",
        pending: &["RUNNING"],
        success: &["DONE", "true"],
        failure: &["FAILED"],
        needs_action: &[("APPROVE", "Approve it.")],
        fold_case: false,
        present: &["Data.Url", "Data.Internal"],
        reason: None,
    };

    #[test]
    fn judges_states() {
        for (body, fold_case, expected) in [
            (r#"{"Data":{"State":"DONE"}}"#, false, Judgement::Done),
            (r#"{"Data":{"State":true}}"#, false, Judgement::Done),
            (r#"{"Data":{"State":"done"}}"#, false, Judgement::Pending),
            (r#"{"Data":{"State":"done"}}"#, true, Judgement::Done),
            (r#"{"Data":{"State":"NEW_ONE"}}"#, false, Judgement::Pending),
            (r#"{"Data":{"State":"FAILED","Url":"x"}}"#, false, Judgement::Failed),
            (r#"{"Data":{"State":"APPROVE"}}"#, false, Judgement::NeedsAction("Approve it.")),
            (r#"{"Data":{"Url":" ","Internal":"y"}}"#, false, Judgement::Pending),
            (r#"{"Data":{"Url":"","Internal":"y"}}"#, false, Judgement::Done),
            (r#"{"Data":null}"#, false, Judgement::Pending),
            ("", false, Judgement::Pending),
        ] {
            let document = Document::parse(body.to_owned()).unwrap();
            assert_eq!(judge(&Waiter { fold_case, ..WAITER }, document.root()), expected, "{body}");
        }
    }
}
