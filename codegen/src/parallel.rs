//! Work on many things at a time.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The same function of each thing, on at most `threads` threads; the results are in the order of the things.
///
/// Whoever is free takes the next thing, so that one that takes long keeps nobody waiting. A panic of the function is
/// one of the caller.
pub fn map<T: Sync, R: Send>(things: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match things.get(at) {
                Some(thing) => done.push((at, work(thing))),
                None => return done,
            }
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(things.len())).map(|_| scope.spawn(worker)).collect();
        let mut done = worker();
        for other in others {
            match other.join() {
                Ok(own) => done.extend(own),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// How many threads are worth it for so many things that take next to nothing: one for each processor, and none for a
/// handful.
pub(crate) fn threads_for(things: usize) -> usize {
    const LEAST: usize = 32;
    thread::available_parallelism().map_or(1, NonZero::get).min(things.div_ceil(LEAST))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_kept() {
        for (count, threads) in [(0, 2), (1, 0), (1, 4), (33, 2), (1_000, 3)] {
            let things: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
            assert_eq!(super::map(&things, threads, |thing| thing * 2), doubled);
        }
    }
}
