//! From the reply with the link to the file.

use std::sync::Arc;
use std::time::Duration;

use alicloud::ErrorKind;
use alicloud::runtime::{Download, Request};

use crate::done::Done;
use crate::error::{Cause, WorkflowError};
use crate::id::Id;
use crate::run::Run;
use crate::step::Stage;

/// How long a link may take to be there after everything else is done.
const LINK_LIMIT: Duration = Duration::from_secs(600);

/// Downloads, as soon as there is a link.
pub(crate) async fn fetch<R: Request + Clone>(
    run: &mut Run,
    id: Id,
    download: Download<R>,
) -> Result<Done, WorkflowError> {
    run.at(Stage::Download, None);
    let begin = run.elapsed();
    loop {
        let progress = Arc::clone(&run.manner.progress);
        match download.clone().on_progress(move |bytes| progress(bytes)).await {
            Ok(file) => return Ok(Done { id, file }),
            Err(error) if error.kind() == ErrorKind::NotReady => {
                if run.elapsed().saturating_sub(begin) >= LINK_LIMIT {
                    return Err(run.fail(Cause::Call(error)));
                }
                run.not_yet(error);
            }
            Err(error) => {
                run.heard(Err::<(), _>(error))?;
            }
        }
        run.pause().await?;
    }
}
