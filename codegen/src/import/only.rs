//! Operations that were asked for and are not there.

use std::collections::BTreeSet;

use crate::read::nearest;

use super::Imported;

/// Which of the operations that were asked for no document has, with the names that are near: a line for each.
pub fn not_there<'a>(only: &BTreeSet<String>, imported: impl IntoIterator<Item = &'a Imported>) -> Vec<String> {
    let names = imported.into_iter().flat_map(|one| {
        let taken = one.operations.iter().map(|(name, _)| name.as_str());
        taken.chain(one.left_out.iter().map(String::as_str))
    });
    let names: BTreeSet<&str> = names.collect();
    let known: Vec<&str> = names.iter().copied().collect();
    let missing = only.iter().filter(|name| !names.contains(name.as_str()));
    missing.map(|name| format!("there is no operation `{name}`: {}", nearest(name, &known))).collect()
}
