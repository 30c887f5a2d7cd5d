//! A file from its first byte to its last, and on from where an earlier run stopped.

use std::fs;
use std::sync::Arc;

use super::fetch::{Fetch, Piece};
use super::identity::Identity;
use super::options::Options;
use super::place::Place;
use super::source::Source;
use super::state::State;
use super::writer::Writer;
use crate::error::Error;

/// Downloads into the `.part` file, and returns the length once it is complete and verified.
pub(super) async fn fetch(source: &Arc<Source>, place: &Place, options: &Options) -> Result<u64, Error> {
    let (known, offset) = resume(place);
    if known.is_none() {
        place.discard();
    }
    let is_resumed = offset > 0;
    let outcome = run(source, place, options, known, offset).await;
    match outcome {
        // What an earlier run left may be at fault: a machine that lost its power, another process.
        Err(Wrong::Sum(_)) if is_resumed => {
            place.discard();
            run(source, place, options, None, 0).await.map_err(|wrong| wrong.into_error(place))
        }
        outcome => outcome.map_err(|wrong| wrong.into_error(place)),
    }
}

/// Why there is no file.
enum Wrong {
    /// It is complete, but not what the server says that it is.
    Sum(Error),
    Other(Error),
}

impl Wrong {
    /// What cannot be used by another run is removed.
    fn into_error(self, place: &Place) -> Error {
        match self {
            Self::Sum(error) => {
                place.discard();
                error
            }
            Self::Other(error) => {
                if State::load(&place.state).is_none() {
                    place.discard();
                }
                error
            }
        }
    }
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// What an earlier run left that can be used.
fn resume(place: &Place) -> (Option<Identity>, u64) {
    let state = State::load(&place.state).filter(|state| state.part_size.is_none());
    let length = fs::metadata(&place.part).map_or(0, |metadata| metadata.len());
    match state {
        Some(State { identity, .. }) if identity.length.is_none_or(|total| length <= total) => {
            // A file that is all there is asked for its last byte: it may be another one by now.
            let offset = if identity.length == Some(length) { length.saturating_sub(1) } else { length };
            (Some(identity), offset)
        }
        _ => (None, 0),
    }
}

async fn run(
    source: &Arc<Source>,
    place: &Place,
    options: &Options,
    known: Option<Identity>,
    offset: u64,
) -> Result<u64, Wrong> {
    let mut fetch = Fetch::new(Arc::clone(source), known, offset, options.attempts);
    let mut writer: Option<Writer> = None;
    loop {
        let before = fetch.offset();
        match fetch.next().await {
            Ok(Piece::Data(bytes)) => {
                let identity = fetch.identity().cloned().unwrap_or_default();
                let total = identity.length;
                let writer = match &mut writer {
                    Some(writer) => writer,
                    empty => empty.insert(start(place, before, identity)?),
                };
                writer.write(bytes).await?;
                options.report(fetch.offset(), total);
            }
            Ok(Piece::Restart) => {
                if let Some(writer) = writer.take() {
                    writer.finish().await?;
                }
                place.discard();
                options.report(0, None);
            }
            Ok(Piece::End) => break,
            Err(error) => {
                // What has arrived is written before anybody is told that it can be used.
                if let Some(writer) = writer.take() {
                    writer.finish().await?;
                }
                return Err(error.into());
            }
        }
    }
    let identity = fetch.identity().cloned().unwrap_or_default();
    let writer = match writer {
        Some(writer) => writer,
        // There is not a single byte in it.
        None => start(place, fetch.offset(), identity.clone())?,
    };
    let sums = writer.finish().await?;
    sums.verify(&identity).map_err(|wrong| Wrong::Sum(place.not_the_file(&wrong)))?;
    Ok(fetch.offset())
}

/// Opens the file, and notes which version of it is coming if another run can go on with it.
fn start(place: &Place, offset: u64, identity: Identity) -> Result<Writer, Error> {
    place.make_folder()?;
    if identity.validator.is_some() {
        place.save(&State { identity: identity.clone(), ..State::default() })?;
    }
    Ok(Writer::whole(&place.part, offset, identity))
}
