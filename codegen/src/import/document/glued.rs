//! Tables of one line for each row, whose cells were glued together: RAM actions, error codes, changes.

use super::page::{Cell, Row};
use super::text::Lines;
use super::unglue::code_and_message;
use super::vocabulary::{Column, LEVELS};

/// Reads the rows between two lines.
pub(super) fn rows(lines: &Lines<'_>, begin: usize, end: usize, columns: &[Column]) -> Vec<Row> {
    if columns.contains(&Column::Level) {
        return access(lines, begin, end, columns).into_iter().collect();
    }
    let split: for<'l> fn(&'l str, &[Column]) -> Option<Split<'l>> =
        if columns.contains(&Column::Code) { error } else { change };
    (begin..end)
        .filter_map(|index| {
            let split = split(lines.at(index).trim(), columns)?;
            let cell = |column: &Column| {
                let found = split.cells.iter().find(|(of, _)| of == column);
                Cell::of(found.map_or("", |(_, text)| *text), index + 1)
            };
            Some(Row { line: index + 1, cells: columns.iter().map(cell).collect(), guessed: !split.certain })
        })
        .collect()
}

/// The row of an action: action and level on one line, then lines of resources, conditions and other operations.
fn access(lines: &Lines<'_>, begin: usize, end: usize, columns: &[Column]) -> Option<Row> {
    let at = (begin..end).find(|index| is_action(lines.at(*index).trim()))?;
    let (action, level) = action_and_level(lines.at(at).trim());
    let below = (at + 1..end).filter(|index| !lines.at(*index).trim().is_empty());
    // Another action ends this one.
    let below: Vec<usize> = below.take_while(|index| !begins_action(lines.at(*index))).collect();
    let (rest, associated) = match below.split_last() {
        Some((last, rest)) => (rest, vec![*last]),
        None => (&below[..], Vec::new()),
    };
    let (resources, condition) = match rest.split_last() {
        Some((last, resources)) if !resources.is_empty() => (resources, vec![*last]),
        _ => (rest, Vec::new()),
    };
    let cell = |indexes: &[usize]| Cell {
        pieces: indexes.iter().filter_map(|index| super::text::piece(lines.at(*index), index + 1)).collect(),
    };
    let cells = columns.iter().map(|column| match column {
        Column::Action => Cell::of(action, at + 1),
        Column::Level => Cell::of(level, at + 1),
        Column::Resource => cell(resources),
        Column::Condition => cell(&condition),
        Column::Associated => cell(&associated),
        _ => Cell::default(),
    });
    Some(Row { line: at + 1, cells: cells.collect(), guessed: false })
}

/// Whether a line is another action with its level, rather than a condition key or an operation.
fn begins_action(line: &str) -> bool {
    is_action(line) && !action_and_level(line.trim_end()).1.is_empty()
}

fn is_action(line: &str) -> bool {
    let Some((prefix, name)) = line.split_once(':') else { return false };
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_*".contains(c));
    is_word(prefix)
        && is_word(name.split_whitespace().next().unwrap_or_default())
        && name.split_whitespace().count() <= 2
}

/// Splits `dms:GetOrderRead` or `dms:GetOrder get`.
fn action_and_level(line: &str) -> (&str, &str) {
    if let Some((action, level)) = line.split_once(char::is_whitespace) {
        return (action, level.trim());
    }
    let lower = line.to_ascii_lowercase();
    let level = LEVELS.iter().filter(|level| lower.ends_with(*level)).max_by_key(|level| level.len());
    line.split_at(line.len() - level.map_or(0, |level| level.len()))
}

/// A line as cells, and whether there was no other way to read it.
struct Split<'a> {
    cells: Vec<(Column, &'a str)>,
    certain: bool,
}

/// `403Request.ForbiddenHave no Permissions`: the status is three digits, then code and message.
fn error<'a>(line: &'a str, columns: &[Column]) -> Option<Split<'a>> {
    let status = line.get(..3).filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = line[3..].trim();
    // Where a space parts status and code, one parts code and message.
    let apart = rest.split_once(char::is_whitespace).filter(|_| line[3..].starts_with(char::is_whitespace));
    let apart = apart.map(|(code, message)| (code, message.trim(), true));
    let (code, message, certain) = apart.or_else(|| code_and_message(rest))?;
    let message = if columns.contains(&Column::Description) { without_description(message) } else { message };
    let cells = vec![(Column::Status, status), (Column::Code, code), (Column::Message, message)];
    Some(Split { cells, certain })
}

/// A column of descriptions begins behind a full stop, without a space; an empty one is a dash.
fn without_description(message: &str) -> &str {
    let glued = message.char_indices().zip(message.chars().skip(1)).find(|((_, c), next)| {
        matches!(c, '.' | '。') && (next.is_ascii_uppercase() || *next == '-' || !next.is_ascii())
    });
    let message = glued.map_or(message, |((at, c), _)| &message[..at + c.len_utf8()]);
    message.strip_suffix('-').unwrap_or(message).trim_end()
}

/// `2024-10-15The response structure of the API has changedView Change Details`.
fn change<'a>(line: &'a str, _: &[Column]) -> Option<Split<'a>> {
    let date = line.get(..10).filter(|date| super::head::is_iso_date(date))?;
    let rest = line[10..].trim();
    let rest = ["View Change Details", "See changesets", "查看变更详情"]
        .iter()
        .find_map(|link| rest.strip_suffix(link))
        .unwrap_or(rest);
    Some(Split { cells: vec![(Column::Time, date), (Column::Summary, rest.trim())], certain: true })
}
