//! How fast states change.

use std::time::{Duration, SystemTime};

/// How fast the tickets and tasks of the workflows go from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pace {
    /// An operation that has shown a state this often shows the next one. Zero counts as one.
    Polls(u32),
    /// A state lasts this long by the clock of the emulator. Zero leads to the last state at once.
    Time(Duration),
}

/// One poll for each state.
impl Default for Pace {
    fn default() -> Self {
        Self::Polls(1)
    }
}

/// States that follow one another by themselves, and how far they are.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    states: &'static [&'static str],
    began: SystemTime,
    /// How many states are over, as far as polls decide that.
    over: usize,
    /// How often each operation has shown the current state.
    shown: Vec<(String, u32)>,
}

impl Track {
    pub(crate) fn new(states: &'static [&'static str], began: SystemTime) -> Self {
        Self { states, began, over: 0, shown: Vec::new() }
    }

    /// The state, as an operation shows it to its caller now.
    pub(crate) fn show(&mut self, action: &str, pace: Pace, now: SystemTime) -> &'static str {
        if let Pace::Polls(each) = pace {
            let count = self.shown.iter().find(|(known, _)| known == action).map_or(0, |(_, count)| *count);
            if count >= each.max(1) && self.over + 1 < self.states.len() {
                self.over += 1;
                self.shown.clear();
            }
            match self.shown.iter_mut().find(|(known, _)| known == action) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => self.shown.push((action.to_owned(), 1)),
            }
        }
        self.known(pace, now)
    }

    /// The state that callers know of: the last one that was shown, or by the clock the one of now.
    pub(crate) fn known(&self, pace: Pace, now: SystemTime) -> &'static str {
        let over = match pace {
            Pace::Polls(_) => self.over,
            // A clock that was set back stays where it began.
            Pace::Time(each) => {
                let passed = now.duration_since(self.began).unwrap_or_default();
                let steps = passed.as_nanos().checked_div(each.as_nanos()).unwrap_or(u128::MAX);
                usize::try_from(steps).unwrap_or(usize::MAX)
            }
        };
        self.states.get(over).or(self.states.last()).copied().unwrap_or_default()
    }

    /// Puts off by this much all that the clock would bring.
    pub(crate) fn lose(&mut self, time: Duration) {
        self.began = self.began.checked_add(time).unwrap_or(self.began);
    }

    /// Whether a state is the last one.
    pub(crate) fn ends_with(&self, state: &str) -> bool {
        self.states.last().is_some_and(|last| *last == state)
    }

    /// How far a state is on the way, from 0 to the number of states less one.
    pub(crate) fn place(&self, state: &str) -> usize {
        self.states.iter().position(|known| *known == state).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: SystemTime = SystemTime::UNIX_EPOCH;

    #[test]
    fn an_operation_that_has_shown_a_state_shows_the_next() {
        let mut track = Track::new(&["a", "b", "c"], START);
        let pace = Pace::Polls(2);
        assert_eq!(track.known(pace, START), "a");
        let show = |track: &mut Track| {
            let shown = track.show("X", pace, START);
            assert_eq!(track.known(pace, START), shown, "what has been shown is known");
            shown
        };
        let shown: Vec<_> = (0..7).map(|_| show(&mut track)).collect();
        assert_eq!(shown, ["a", "a", "b", "b", "c", "c", "c"]);

        let mut track = Track::new(&["a", "b", "c"], START);
        // Two operations that are asked in turns do not skip states of each other.
        let shown: Vec<_> = (0..3)
            .map(|_| (track.show("X", Pace::Polls(1), START), track.show("Y", Pace::Polls(1), START)).0)
            .collect();
        assert_eq!(shown, ["a", "b", "c"]);
    }

    #[test]
    fn a_state_lasts_as_long_as_it_should() {
        let mut track = Track::new(&["a", "b", "c"], START);
        let pace = Pace::Time(Duration::from_secs(10));
        for (seconds, state) in [(0, "a"), (9, "a"), (10, "b"), (29, "c"), (9_999, "c"), (0, "a")] {
            let now = START + Duration::from_secs(seconds);
            assert_eq!((track.show("X", pace, now), track.known(pace, now)), (state, state), "{seconds}");
        }
        assert_eq!(track.known(Pace::Time(Duration::ZERO), START), "c");
    }
}
