//! Creating something once, although no service here takes a token that would make a second call harmless.

use std::future::Future;
use std::pin::Pin;

use alicloud::{CallOptions, Error, ErrorKind, RetryPolicy};

use crate::error::{Cause, WorkflowError};
use crate::run::Run;
use crate::step::Stage;

/// How often it is created at most, each time after a look that found nothing.
const TRIES: u32 = 3;

/// A call that has not been answered.
pub(crate) type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What a look for something found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Found<I> {
    /// It is there.
    Yes(I),
    /// It is not there.
    No,
    /// The look cannot tell.
    Unclear,
}

/// Creates something and returns its id. `create` returns none if the reply names none; `look` looks for what `create`
/// may have made.
pub(crate) async fn create_once<'a, I>(
    run: &mut Run,
    create: &(dyn Fn() -> Pending<'a, Option<I>> + Sync),
    look: &(dyn Fn() -> Pending<'a, Found<I>> + Sync),
) -> Result<I, WorkflowError> {
    let mut tries = 0;
    loop {
        run.at(Stage::Create, None);
        let error = match create().await {
            Ok(Some(id)) => return Ok(id),
            Ok(None) => None,
            Err(error) if is_unclear(&error) => {
                run.tell(Some(&error));
                Some(error)
            }
            // It was not carried out: throttled, never sent, or refused.
            Err(error) => {
                run.heard(Err::<(), _>(error))?;
                run.pause().await?;
                continue;
            }
        };
        tries += 1;
        match look_until_settled(run, look).await? {
            Found::Yes(id) => return Ok(id),
            Found::No if tries < TRIES => {}
            Found::No | Found::Unclear => return Err(run.fail(Cause::Unclear(error))),
        }
    }
}

/// The options of a call that creates: whatever the policy of the configuration is, it is not sent again once it may
/// have arrived.
pub(crate) fn once(options: CallOptions) -> CallOptions {
    options.retry(RetryPolicy::standard()).repeatable(false)
}

/// What has been created may take a moment to be listed.
async fn look_until_settled<'a, I>(
    run: &mut Run,
    look: &(dyn Fn() -> Pending<'a, Found<I>> + Sync),
) -> Result<Found<I>, WorkflowError> {
    let begin = run.elapsed();
    run.at(Stage::Recover, None);
    loop {
        let is_over = run.elapsed().saturating_sub(begin) >= run.manner.settle_time;
        match run.heard(look().await)? {
            Some(Found::Yes(id)) => return Ok(Found::Yes(id)),
            Some(found) if is_over => return Ok(found),
            _ => run.pause().await?,
        }
    }
}

/// Whether nobody knows if the service did it.
pub(crate) fn is_unclear(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connection | ErrorKind::Timeout => error.was_sent(),
        ErrorKind::Service => !error.is_throttling() && error.status().is_none_or(|status| status >= 500),
        ErrorKind::Decode => true,
        _ => false,
    }
}
