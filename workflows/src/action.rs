//! Something that moves a ticket on, and is done once.

use alicloud::Error;

use crate::create::is_unclear;
use crate::error::{Cause, WorkflowError};
use crate::run::Run;

/// How often it is tried while the state of the ticket still asks for it.
const TRIES: u32 = 3;

/// Something that moves a ticket on. Whether it arrived shows in the state of the ticket, so it is tried again only
/// after that was asked for.
#[derive(Default)]
pub(crate) struct Action {
    is_done: bool,
    tries: u32,
}

impl Action {
    /// Does it, unless it has been done: the state may lag behind.
    pub(crate) async fn perform<T>(
        &mut self,
        run: &mut Run,
        act: impl IntoFuture<Output = Result<T, Error>>,
    ) -> Result<(), WorkflowError> {
        if self.is_done {
            return Ok(());
        }
        self.tries += 1;
        match act.await {
            Ok(_) => self.is_done = true,
            Err(error) => {
                // A service that refuses what the state allows may lag behind, or have done it before.
                let may_pass = is_unclear(&error) || error.is_retryable() || error.is_business_failure();
                if self.tries >= TRIES || (self.tries == 1 && !may_pass) {
                    return Err(run.fail(Cause::Call(error)));
                }
                run.note(error);
            }
        }
        Ok(())
    }
}
