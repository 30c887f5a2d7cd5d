//! Tells which open container a row belongs to.

use super::{Open, Tree};
use crate::import::document::rows::Entry;

/// How many rows further on are asked where a row belongs that no sample has.
const LOOK_AHEAD: usize = 100;

/// Names that stand at the root of a reply or of a request, where nothing shows it.
const AT_THE_ROOT: &[&str] = &[
    "RequestId",
    "Success",
    "Code",
    "Message",
    "ErrorCode",
    "ErrorMessage",
    "HttpStatusCode",
    "PageNumber",
    "PageSize",
    "CurrentPage",
    "TotalCount",
    "TotalRecordCount",
    "NextToken",
    "MaxResults",
    "TraceId",
    "RegionId",
    "ClientToken",
    "DryRun",
    "ResourceGroupId",
    "OwnerId",
    "OwnerAccount",
    "ResourceOwnerId",
    "ResourceOwnerAccount",
    "SecurityToken",
];

impl Tree<'_, '_> {
    /// Where a row belongs: the innermost container whose sample has it and that does not have it yet. What no sample
    /// has goes where the order of the rows allows it.
    pub(super) fn container(&self, name: &str, rest: &[Entry]) -> (usize, bool) {
        let waiting = |name: &str| self.open.iter().rposition(|open| self.waits_for(open, name));
        if let Some(position) = waiting(name) {
            return (position, true);
        }
        let last = self.open.len().saturating_sub(1);
        if last == 0 {
            return (0, true);
        }
        if self.takes_all {
            // Samples of parameters are whole: what they do not have is not in them.
            let without =
                self.open.iter().rposition(|open| open.sample.is_none() && !self.is_pair(open.node)).unwrap_or(0);
            let inner = self.nodes[self.open[last].node].inner.unwrap_or(self.open[last].node);
            let at_root = AT_THE_ROOT.contains(&name) && !self.nodes[inner].fields.is_empty();
            return if at_root { (0, true) } else { (without, without == 0) };
        }
        // Another row that belongs into the innermost container still follows: so does this one.
        let next = rest.iter().take(LOOK_AHEAD).find_map(|entry| waiting(&entry.name));
        if next == Some(last) {
            return (last, true);
        }
        (if AT_THE_ROOT.contains(&name) { 0 } else { last }, false)
    }

    pub(super) fn waits_for(&self, open: &Open, name: &str) -> bool {
        let in_sample = open.sample.as_ref().is_some_and(|sample| sample.contains_key(name));
        let fields = self.nodes[open.node].inner.filter(|_| !open.of_scalars).unwrap_or(open.node);
        in_sample && !self.has(fields, name)
    }

    /// Whether a list has pairs of a key and a value already: those have nothing else.
    fn is_pair(&self, node: usize) -> bool {
        let inner = self.nodes[node].inner.unwrap_or(node);
        let ends_with = |field: usize, end: &str| self.nodes[field].name.to_lowercase().ends_with(end);
        match self.nodes[inner].fields.as_slice() {
            [first, second] => {
                (ends_with(*first, "key") && ends_with(*second, "value"))
                    || (ends_with(*first, "value") && ends_with(*second, "key"))
            }
            _ => false,
        }
    }

    pub(super) fn has(&self, node: usize, name: &str) -> bool {
        self.nodes[node].fields.iter().any(|field| self.nodes[*field].name == name)
    }
}
