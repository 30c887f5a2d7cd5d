//! The documented replies.

use serde_json::Value;

use super::findings::Findings;
use super::page::{Code as Block, Page};
use super::vocabulary::Part;
use crate::diagnostic::Code;
use crate::spec::Sample;

/// The samples, and what the first in JSON holds.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// As the spec has them.
    pub(super) samples: Vec<Sample>,
    /// What the first one in JSON holds.
    pub(super) value: Option<Value>,
    /// The line of that one, from 1.
    pub(super) line: usize,
}

/// Reads the samples of replies that mean success.
pub(super) fn read(page: &Page, findings: &mut Findings<'_>) -> Samples {
    let mut found = Samples::default();
    for part in [Part::Sample, Part::Examples] {
        for code in page.about(part).flat_map(super::page::Section::code) {
            take(code, &mut found, findings);
        }
    }
    if found.value.is_none() {
        found.line = 1;
    }
    found
}

fn take(code: &Block, found: &mut Samples, findings: &mut Findings<'_>) {
    let text = code.text.trim_end();
    if text.trim_start().starts_with('<') {
        found.samples.push(Sample { status: None, json: None, xml: Some(format!("{text}\n")), from: None });
        return;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) if value.is_object() || value.is_array() => {
            if found.value.is_none() {
                found.line = code.line;
                found.value = Some(value);
            }
            found.samples.push(Sample { status: None, json: Some(format!("{text}\n")), xml: None, from: None });
        }
        Ok(_) => {}
        Err(error) if text.trim_start().starts_with(['{', '[']) => findings.note(
            Code::BrokenSample,
            code.line + error.line().saturating_sub(1),
            "samples",
            format!("the sample is no JSON, so it was left out: {error}"),
            "mend the copy of the document where the slip is obvious, and import it again",
        ),
        Err(_) => {}
    }
}
