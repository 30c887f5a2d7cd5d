//! The text of a file, and places in it.

use std::ops::Range;

/// A file that was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path, as it is shown, with forward slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A position as editors count it.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A stretch of text.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// Where it begins.
    pub start: Position,
    /// Just behind its end.
    pub end: Position,
}

impl Source {
    /// The bytes of a place: at least one where there is one, at most to the end of the first line.
    pub fn range(&self, place: Place) -> Range<usize> {
        let start = self.offset(place.start);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        let end = self.offset(place.end).clamp(start, line_end);
        let first = self.text[start..].chars().next().map_or(0, char::len_utf8);
        start..end.max((start + first).min(line_end.max(start)))
    }

    fn offset(&self, position: Position) -> usize {
        let mut at = 0;
        for _ in 1..position.line {
            match self.text[at..].find('\n') {
                Some(length) => at += length + 1,
                None => return self.text.len(),
            }
        }
        let line = self.text[at..].split('\n').next().unwrap_or_default();
        at + line.chars().take(position.column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
    }
}
