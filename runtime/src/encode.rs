//! How values become parameters: as flat `Name.1.Key=value` pairs, as JSON text, or as plain text.

mod values;

use std::fmt::Write as _;

use crate::number::Float;
use crate::pairs::Pairs;

/// A value that can be a parameter, or a part of one.
pub trait Encode {
    /// Writes the value: exactly one call of a method of [`Encoder`].
    fn encode(&self, to: &mut Encoder<'_>);

    /// Whether there is no value, so that the parameter is left out. Zero, `false` and empty text are values.
    #[inline]
    fn is_unset(&self) -> bool {
        false
    }
}

/// Where [`Encode`] writes to: a place in a query, a form, a JSON document or a header.
pub struct Encoder<'a> {
    target: Target<'a>,
    /// What was wrong with the values, if anything.
    problem: &'a mut Option<String>,
}

enum Target<'a> {
    /// Pairs; the value that is being written is called `name`, or `key` inside of a list or an object.
    Flat { pairs: &'a mut Pairs, name: &'a str, key: &'a mut String, is_inside: bool },
    /// JSON that begins at `start`.
    Json { text: &'a mut String, start: usize },
    /// Text as it is; the elements of a list are joined by commas.
    Plain { text: &'a mut String },
}

impl<'a> Encoder<'a> {
    pub(crate) fn flat(
        pairs: &'a mut Pairs,
        name: &'a str,
        key: &'a mut String,
        problem: &'a mut Option<String>,
    ) -> Self {
        Self { target: Target::Flat { pairs, name, key, is_inside: false }, problem }
    }

    pub(crate) fn json(text: &'a mut String, problem: &'a mut Option<String>) -> Self {
        let start = text.len();
        Self { target: Target::Json { text, start }, problem }
    }

    pub(crate) fn plain(text: &'a mut String, problem: &'a mut Option<String>) -> Self {
        Self { target: Target::Plain { text }, problem }
    }

    /// Writes text.
    pub fn text(&mut self, value: &str) {
        match &mut self.target {
            Target::Flat { pairs, name, key, is_inside } => pairs.push(if *is_inside { key } else { name }, value),
            Target::Json { text, start } => {
                separate(text, *start);
                push_json_text(value, text);
            }
            Target::Plain { text } => text.push_str(value),
        }
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.digits(format_args!("{value}"));
    }

    /// Writes an integer that may be too large for `i64`.
    pub fn unsigned(&mut self, value: u64) {
        self.digits(format_args!("{value}"));
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.digits(format_args!("{value}"));
    }

    /// Writes a number without a needless fraction or exponent. One that is not finite has no spelling: the call
    /// fails before anything is sent.
    pub fn float(&mut self, value: f64) {
        if !value.is_finite() {
            self.problem.get_or_insert_with(|| format!("{value} is not a number that can be sent"));
            return;
        }
        let number = Float(value);
        match &mut self.target {
            // An exponent has a plus sign, which has to be encoded.
            Target::Flat { pairs, name, key, is_inside } => {
                pairs.push(if *is_inside { key } else { name }, &number.to_string());
            }
            Target::Json { text, start } => {
                separate(text, *start);
                // Writing to a string does not fail.
                let _ = write!(text, "{number}");
            }
            Target::Plain { text } => {
                let _ = write!(text, "{number}");
            }
        }
    }

    /// Writes nothing where that is possible, and `null` in JSON.
    pub fn null(&mut self) {
        if let Target::Json { text, start } = &mut self.target {
            separate(text, *start);
            text.push_str("null");
        }
    }

    /// Writes an object. Fields that are unset are left out.
    pub fn object(&mut self, fields: &[(&str, &dyn Encode)]) {
        self.entries(&mut fields.iter().filter(|(_, value)| !value.is_unset()).copied(), false);
    }

    /// Writes a list. In pairs the elements count from 1, and an unset one leaves a gap; in JSON it is `null`.
    pub fn list(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) {
        match &mut self.target {
            Target::Flat { .. } => {
                for (index, element) in elements.enumerate() {
                    self.below(format_args!(".{}", index + 1), element);
                }
            }
            Target::Json { text, start } => {
                separate(text, *start);
                text.push('[');
                for element in elements {
                    if element.is_unset() { self.null() } else { element.encode(self) }
                }
                self.close(']');
            }
            Target::Plain { .. } => {
                for (index, element) in elements.filter(|element| !element.is_unset()).enumerate() {
                    if index > 0 {
                        self.digits(format_args!(","));
                    }
                    element.encode(self);
                }
            }
        }
    }

    /// Writes a map, whose keys somebody has chosen.
    fn map(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Encode)>) {
        self.entries(entries, true);
    }

    /// Writes an object or a map, unset values included where they have a spelling.
    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Encode)>, is_map: bool) {
        match &mut self.target {
            Target::Flat { .. } => {
                for (name, value) in entries {
                    if is_map && name.contains('.') {
                        // Its dots would be read as those between names.
                        self.below(format_args!(".#{}#{name}", name.len()), value);
                    } else {
                        self.below(format_args!(".{name}"), value);
                    }
                }
            }
            Target::Json { text, start } => {
                separate(text, *start);
                text.push('{');
                for (name, value) in entries {
                    self.text(name);
                    self.close(':');
                    if value.is_unset() { self.null() } else { value.encode(self) }
                }
                self.close('}');
            }
            // Plain text has no way to write an object but JSON.
            Target::Plain { text } => Encoder::json(text, self.problem).entries(entries, is_map),
        }
    }

    /// Writes `value` under the name that `suffix` extends the current one to.
    fn below(&mut self, suffix: std::fmt::Arguments<'_>, value: &dyn Encode) {
        let Target::Flat { name, key, is_inside, .. } = &mut self.target else { return };
        if value.is_unset() {
            return;
        }
        let was_inside = std::mem::replace(is_inside, true);
        if !was_inside {
            key.clear();
            key.push_str(name);
        }
        let length = key.len();
        // Writing to a string does not fail.
        let _ = key.write_fmt(suffix);
        value.encode(self);
        if let Target::Flat { key, is_inside, .. } = &mut self.target {
            key.truncate(length);
            *is_inside = was_inside;
        }
    }

    /// Writes what needs no quotes and no encoding.
    fn digits(&mut self, value: std::fmt::Arguments<'_>) {
        match &mut self.target {
            Target::Flat { pairs, name, key, is_inside } => {
                pairs.push_plain(if *is_inside { key } else { name }, value)
            }
            Target::Json { text, start } => {
                separate(text, *start);
                let _ = text.write_fmt(value);
            }
            Target::Plain { text } => {
                let _ = text.write_fmt(value);
            }
        }
    }

    fn close(&mut self, mark: char) {
        if let Target::Json { text, .. } = &mut self.target {
            text.push(mark);
        }
    }
}

/// Puts a comma between two values of a JSON list or object.
fn separate(text: &mut String, start: usize) {
    if text.len() > start && !text.ends_with(['[', '{', ':']) {
        text.push(',');
    }
}

/// Appends `value` as a JSON string. Only what JSON forbids is escaped.
pub(crate) fn push_json_text(value: &str, to: &mut String) {
    to.push('"');
    for character in value.chars() {
        match character {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            '\u{8}' => to.push_str("\\b"),
            '\u{c}' => to.push_str("\\f"),
            control if control < ' ' => {
                let _ = write!(to, "\\u{:04x}", u32::from(control));
            }
            other => to.push(other),
        }
    }
    to.push('"');
}
