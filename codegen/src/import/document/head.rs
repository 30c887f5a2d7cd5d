//! What stands before any heading: title, operation, date, summary.

use super::page::{Page, Piece};
use super::vocabulary::Part;

/// The head of a document.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Head {
    /// The title as it is written.
    pub(super) title: Option<String>,
    /// The operation that the title names.
    pub(super) operation: Option<String>,
    /// The date, as YYYY-MM-DD.
    pub(super) updated: Option<String>,
    /// What the operation does, in the document's words.
    pub(super) summary: Option<String>,
    /// The line of the summary or of the title, from 1.
    pub(super) line: usize,
}

/// What frames every page.
const CHROME: &[&str] = &[
    "all products",
    "search",
    "document center",
    "全部产品",
    "文档中心",
    "すべての製品",
    "copy as md",
    "复制 md 格式",
];

/// Reads the head.
pub(super) fn read(page: &Page) -> Head {
    let pieces: Vec<&Piece> = page.about(Part::Head).flat_map(super::page::Section::pieces).collect();
    let mut head = Head { line: 1, ..Head::default() };
    for piece in pieces {
        let text = piece.text.as_str();
        if CHROME.contains(&text.to_lowercase().as_str()) {
            continue;
        }
        if let Some(date) = dated(text) {
            head.updated.get_or_insert(date);
        } else if let Some(operation) = titled(text).filter(|_| head.title.is_none() && head.summary.is_none()) {
            head.title = Some(text.to_owned());
            head.operation = Some(operation.to_owned());
            head.line = piece.line;
        } else if head.summary.is_none() && !piece.item && text.split_whitespace().nth(1).is_some() {
            head.summary = Some(text.to_owned());
            head.line = piece.line;
        }
    }
    head
}

/// `Data Management:GetOrder`, or `GetOrder` alone.
fn titled(text: &str) -> Option<&str> {
    let name = text.rsplit([':', '：', '-']).next().unwrap_or(text).trim();
    let rest = text[..text.len() - name.len()].trim();
    let whole = rest.is_empty() || rest.ends_with([':', '：', '-']);
    (whole && is_operation(name)).then_some(name)
}

/// Whether a word can be the name of an operation: a letter first, and a capital one or a digit among the rest.
pub(super) fn is_operation(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && name.len() > 3
        && name.len() < 128
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && chars.any(|c| c.is_ascii_uppercase())
}

/// The date that a line such as `Last Updated:Apr 26, 2024` ends with, in whatever language it begins.
fn dated(text: &str) -> Option<String> {
    let at = text.find([':', '：'])?;
    let rest = text[at..].trim_start_matches([':', '：']).trim();
    if text[..at].split_whitespace().count() > 4 {
        return None;
    }
    if let Some(date) = rest.get(..10).filter(|date| is_iso_date(date)) {
        return Some(date.to_owned());
    }
    let (day, year) = rest.split_once(',')?;
    let (month, day) = day.trim().split_once(' ')?;
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = month.to_lowercase();
    let month = MONTHS.iter().position(|name| month.starts_with(name))? + 1;
    let day: u8 = day.trim().parse().ok().filter(|day| (1..=31).contains(day))?;
    let year: u16 = year.split_whitespace().next()?.parse().ok().filter(|year| (1990..2200).contains(year))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Whether a text is a date such as `2024-10-15`.
pub(super) fn is_iso_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_read_in_every_frame() {
        let table = [
            ("Last Updated:Apr 26, 2024", Some("2024-04-26")),
            ("最終更新日:Oct 21, 2024", Some("2024-10-21")),
            ("更新时间：2025-12-24 10:11:12", Some("2025-12-24")),
            ("Last Updated: December 4, 2023", Some("2023-12-04")),
            ("Data Management:GetOrder", None),
            ("Note: call it before Apr 26, 2024", None),
        ];
        for (text, expected) in table {
            assert_eq!(super::dated(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn titles_name_operations() {
        let table = [
            ("Data Management:GetDataExportDownloadURL", Some("GetDataExportDownloadURL")),
            ("GetOrder", Some("GetOrder")),
            ("API Gateway：DescribeApi", Some("DescribeApi")),
            ("createInstance", Some("createInstance")),
            ("Document Center", None),
            ("Search", None),
            ("Queries the state of GetOrder", None),
        ];
        for (text, expected) in table {
            assert_eq!(super::titled(text), expected, "{text}");
        }
    }
}
