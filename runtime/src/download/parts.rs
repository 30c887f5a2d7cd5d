//! A large file in parts, several of which are fetched at once.

use std::collections::{HashSet, VecDeque};
use std::fs::OpenOptions;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::JoinSet;

use super::fetch::{Fetch, Piece};
use super::identity::Identity;
use super::options::Options;
use super::place::{Place, file_error};
use super::source::Source;
use super::state::State;
use super::writer::{Writer, sums_of};
use crate::error::{Error, ErrorKind};

/// What all parts have in common.
struct Shared {
    source: Arc<Source>,
    place: Place,
    options: Options,
    identity: Identity,
    length: u64,
    part_size: u64,
    /// How many bytes are there.
    bytes: AtomicU64,
}

/// Downloads into the `.part` file, and returns the length once it is complete and verified. Nothing if the file cannot
/// be fetched in parts, is too short for that, or has changed meanwhile.
pub(super) async fn fetch(source: &Arc<Source>, place: &Place, options: &Options) -> Result<Option<u64>, Error> {
    let earlier = State::load(&place.state).filter(|state| state.part_size.is_some() && place.part.is_file());
    let state = match earlier {
        Some(state) => Some(state),
        // An earlier run began at the first byte: it is gone on with like that.
        None if options.parallel < 2 || State::load(&place.state).is_some() => None,
        None => plan(source, place, options).await?,
    };
    let Some(State { identity, part_size: Some(part_size), done }) = state else { return Ok(None) };
    let Some(length) = identity.length else { return Ok(None) };
    let missing = missing(length.div_ceil(part_size), &done);
    let there = (0..length.div_ceil(part_size))
        .filter(|part| !missing.contains(part))
        .map(|part| part_size.min(length - part * part_size))
        .sum();
    let shared = Arc::new(Shared {
        source: Arc::clone(source),
        place: place.clone(),
        options: options.clone(),
        identity,
        length,
        part_size,
        bytes: AtomicU64::new(there),
    });
    if !run(&shared, missing).await? {
        place.discard();
        return Ok(None);
    }
    let sums = sums_of(&place.part, &shared.identity).await?;
    if let Err(wrong) = sums.verify(&shared.identity) {
        place.discard();
        // What an earlier run left may be at fault; the whole of it is fetched anew.
        return if done.is_empty() { Err(place.not_the_file(&wrong)) } else { Ok(None) };
    }
    Ok(Some(length))
}

/// Asks for the first byte, which tells whether there are parts, and makes room for the file.
async fn plan(source: &Arc<Source>, place: &Place, options: &Options) -> Result<Option<State>, Error> {
    let mut probe = Fetch::new(Arc::clone(source), None, 0, options.attempts).until(1);
    if !probe.sends_parts().await? {
        return Ok(None);
    }
    let part_size = options.part_size.max(1);
    let identity = probe.identity().cloned().unwrap_or_default();
    let Some(length) = identity.length.filter(|length| *length > part_size && identity.validator.is_some()) else {
        return Ok(None);
    };
    place.make_folder()?;
    let reserve = || {
        let file = OpenOptions::new().create(true).truncate(true).write(true).open(&place.part)?;
        file.set_len(length)
    };
    reserve().map_err(|error| file_error(&place.part, &error))?;
    let state = State { identity, part_size: Some(part_size), done: Vec::new() };
    place.save(&state)?;
    Ok(Some(state))
}

/// The parts that are not there yet. If all are, the last one is fetched again: the file may be another one by now.
fn missing(count: u64, done: &[u64]) -> VecDeque<u64> {
    let done: HashSet<u64> = done.iter().copied().collect();
    let missing: VecDeque<u64> = (0..count).filter(|part| !done.contains(part)).collect();
    if missing.is_empty() { count.checked_sub(1).into_iter().collect() } else { missing }
}

/// Fetches the parts. Returns whether they are all of one file.
async fn run(shared: &Arc<Shared>, mut missing: VecDeque<u64>) -> Result<bool, Error> {
    // Dropping the set gives up what is under way.
    let mut running = JoinSet::new();
    loop {
        while running.len() < shared.options.parallel.max(1)
            && let Some(part) = missing.pop_front()
        {
            running.spawn(fetch_part(Arc::clone(shared), part));
        }
        match running.join_next().await {
            None => return Ok(true),
            Some(Ok(Ok(Some(part)))) => {
                let noted = State::add_part(&shared.place.state, part);
                noted.map_err(|error| file_error(&shared.place.state, &error))?;
            }
            Some(Ok(Ok(None))) => return Ok(false),
            Some(Ok(Err(error))) => return Err(error),
            Some(Err(_)) => return Err(Error::new(ErrorKind::Download, "a part of the download was given up")),
        }
    }
}

/// Fetches one part; nothing if it is of another file, or not to be had by itself.
async fn fetch_part(shared: Arc<Shared>, part: u64) -> Result<Option<u64>, Error> {
    let Shared { source, place, options, identity, length, part_size, bytes } = &*shared;
    let (first, end) = (part * part_size, (part * part_size).saturating_add(*part_size).min(*length));
    let known = Some(identity.clone());
    let mut fetch = Fetch::new(Arc::clone(source), known, first, options.attempts).until(end);
    let mut writer = Writer::part(&place.part, first);
    loop {
        match fetch.next().await? {
            Piece::Data(piece) => {
                if !fetch.is_part() {
                    return Ok(None);
                }
                let count = piece.len() as u64;
                writer.write(piece).await?;
                options.report(bytes.fetch_add(count, Ordering::Relaxed) + count, Some(*length));
            }
            Piece::Restart => return Ok(None),
            Piece::End => break,
        }
    }
    writer.finish().await?;
    Ok(Some(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetches_what_is_missing() {
        assert_eq!(missing(4, &[]), [0, 1, 2, 3]);
        assert_eq!(missing(4, &[2, 0, 2, 9]), [1, 3]);
        assert_eq!(missing(3, &[0, 1, 2]), [2]);
        assert!(missing(0, &[]).is_empty());
    }
}
