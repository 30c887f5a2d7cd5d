//! What a RAM policy must grant.

use super::findings::Findings;
use super::page::{Cell, Page, Section};
use super::vocabulary::{Column, Part};
use crate::diagnostic::Code;
use crate::spec::{Authorization, Grant, Undisclosed};

/// Reads what the document says about authorization.
pub(super) fn read(page: &Page, findings: &mut Findings<'_>) -> Option<Authorization> {
    let section = page.about(Part::Access).next()?;
    if let Some(grant) = grant(section, findings) {
        return Some(Authorization::Grant(grant));
    }
    let undisclosed = |text: &str| {
        let text = text.to_lowercase();
        text.contains("no authorization information")
            || text.contains("暂无授权信息")
            || text.contains("未透出授权信息")
    };
    let is_undisclosed = section.pieces().any(|piece| undisclosed(&piece.text));
    is_undisclosed.then_some(Authorization::Undisclosed(Undisclosed::Undisclosed))
}

fn grant(section: &Section, findings: &mut Findings<'_>) -> Option<Grant> {
    let table = section.tables().find(|table| table.columns.contains(&Column::Action))?;
    let row = table.rows.iter().find(|row| table.text(row, Column::Action).contains(':'))?;
    let action = table.text(row, Column::Action);
    let level = table.text(row, Column::Level).to_lowercase();
    let cell = |column| table.cell(row, column);
    if cell(Column::Resource).is_none_or(|cell| cell.pieces.is_empty()) {
        findings.note(
            Code::LostResources,
            row.line,
            "authorization",
            "the text lost which resources the action is for",
            "look at the page itself, and add `resources`",
        );
    }
    Some(Grant {
        action,
        level: Some(level).filter(|level| !level.is_empty() && level != "none"),
        resources: cell(Column::Resource).map(resources).unwrap_or_default(),
        condition: words(cell(Column::Condition)).into_iter().next(),
        associated: words(cell(Column::Associated)),
    })
}

/// The resource types, `*` for all of them. Names of resources (`acs:…`) are not types.
fn resources(cell: &Cell) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in &cell.pieces {
        for text in piece.text.split(" acs:").take(1) {
            let text = text.trim_matches('*').trim();
            let text = text.strip_suffix('*').unwrap_or(text).trim();
            let all = matches!(text.to_lowercase().as_str(), "" | "all resources" | "全部资源");
            let word = if all { "*" } else { text };
            if !word.starts_with("acs:") && word != "none" && !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        }
    }
    if found.len() > 1 {
        // Beside a type, the star is the name of all resources of that type.
        found.retain(|word| word != "*");
    }
    found
}

/// The words of a cell, without those that say that there are none.
fn words(cell: Option<&Cell>) -> Vec<String> {
    let texts = cell.iter().flat_map(|cell| &cell.pieces).map(|piece| piece.text.trim().to_owned());
    texts.filter(|text| !matches!(text.to_lowercase().as_str(), "" | "none" | "无" | "-")).collect()
}
