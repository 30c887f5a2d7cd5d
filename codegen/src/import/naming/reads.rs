//! Whether an operation only reads.

use super::words;

/// Verbs of operations that only read.
const READING: &[&str] =
    &["check", "count", "describe", "get", "head", "list", "lookup", "query", "search", "select", "show", "verify"];

/// Whether both the name and the level of access say that nothing is changed; `none` is the level that says nothing.
/// One alone is wrong too often.
pub(in crate::import) fn only(name: &str, level: &str) -> bool {
    by_name(name) && matches!(level, "get" | "list" | "none" | "read")
}

/// Whether the verb says that nothing is changed: the first word, or the one behind `batch`.
fn by_name(name: &str) -> bool {
    let mut said = words::of(name).into_iter();
    let verb = said.next().filter(|verb| verb != "batch").or_else(|| said.next()).unwrap_or_default();
    READING.contains(&verb.as_str())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_level_has_to_agree() {
        let table = [
            ("GetThing", "get", true),
            ("GetThing", "none", true),
            ("GetThing", "write", false),
            ("SetThing", "get", false),
        ];
        for (name, level, expected) in table {
            assert_eq!(super::only(name, level), expected, "{name} {level}");
        }
    }

    #[test]
    fn verbs_are_whole_words() {
        let table = [
            ("GetThing", true),
            ("listThings", true),
            ("DescribeDBInstances", true),
            ("BatchGetItems", true),
            ("ListenTopic", false),
            ("GetawayPlan", false),
            ("CheckoutOrder", false),
            ("CounterSign", false),
            ("BatchDeleteItems", false),
            ("Batch", false),
            ("", false),
        ];
        for (name, expected) in table {
            assert_eq!(super::by_name(name), expected, "{name}");
        }
    }
}
