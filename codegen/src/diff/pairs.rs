//! Finds what belongs together in two lists.

/// Two lists, part by part.
#[derive(Debug)]
pub(super) struct Pairs<'a, T> {
    /// What is in both, before and after, in the order of the old list.
    pub(super) both: Vec<(&'a T, &'a T)>,
    /// What is in the old list alone.
    pub(super) gone: Vec<&'a T>,
    /// What is in the new list alone.
    pub(super) come: Vec<&'a T>,
}

/// Pairs two lists by a first rule, and what is left by a second one.
pub(super) fn pairs<'a, T>(
    old: &'a [T],
    new: &'a [T],
    first: impl Fn(&T, &T) -> bool,
    second: impl Fn(&T, &T) -> bool,
) -> Pairs<'a, T> {
    let mut pairs = Pairs { both: Vec::new(), gone: old.iter().collect(), come: new.iter().collect() };
    pairs.match_by(first);
    pairs.match_by(second);
    pairs
}

impl<T> Pairs<'_, T> {
    fn match_by(&mut self, same: impl Fn(&T, &T) -> bool) {
        let Self { both, gone, come } = self;
        gone.retain(|was| match come.iter().position(|is| same(was, is)) {
            Some(at) => {
                both.push((*was, come.remove(at)));
                false
            }
            None => true,
        });
    }
}
