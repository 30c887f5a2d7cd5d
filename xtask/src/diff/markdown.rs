//! Changes as a section of a changelog.

use std::fmt::Write as _;

use alicloud_codegen::diff::{Change, Effect};

/// Between these lines of the changelog stands the section.
pub const BEGIN: &str = "<!-- Specs: kept by `cargo xtask diff --changelog`. -->\n";
/// See [`BEGIN`].
pub const END: &str = "<!-- End of specs. -->\n";

/// The section: what breaks first, then by product and operation.
pub fn section(changes: &[Change], old: &str) -> String {
    let mut text = format!("### Operations, since {old}\n");
    if changes.is_empty() {
        text.push_str("\nNothing changed.\n");
    }
    let titles = [
        (Effect::Breaking, "Breaking"),
        (Effect::Additive, "Added"),
        (Effect::Compatible, "Changed, without an effect on code"),
    ];
    for (effect, title) in titles {
        let mut last = None;
        for change in changes.iter().filter(|change| change.effect == effect) {
            if last.is_none() {
                let _ = write!(text, "\n**{title}**\n\n");
            }
            let place = (&change.product, &change.operation);
            if last != Some(place) {
                let operation = change.operation.as_ref().map(|name| format!(" `{name}`")).unwrap_or_default();
                let _ = writeln!(text, "- `{}`{operation}:", change.product);
                last = Some(place);
            }
            let _ = writeln!(text, "  - {}; {}", change.what, change.reason);
        }
    }
    text
}

/// The changelog with the section between its markers, or `None` where it has none.
pub fn placed(changelog: &str, section: &str) -> Option<String> {
    let (before, rest) = changelog.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{section}\n{END}{after}"))
}
