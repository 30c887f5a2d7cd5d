//! Parameters of a query or a form, encoded while they are added.

use std::fmt::{Display, Write as _};

use percent_encoding::percent_decode_str;

use crate::percent::{self, Space};

/// `key=value&…`, encoded, and sorted by key when finished.
#[derive(Clone)]
pub(crate) struct Pairs {
    text: String,
    space: Space,
    /// Where the last key stands in `text`.
    last_key: (usize, usize),
    /// Whether every key was at least the one before it. Generated code adds them in order.
    sorted: bool,
    /// Whether encoding left every key as it was.
    plain_keys: bool,
}

/// What [`Pairs`] come to.
#[derive(Debug, PartialEq)]
pub(crate) struct FinishedPairs {
    /// What is sent.
    pub(crate) wire: String,
    /// What is signed, where it differs: keys are not encoded there.
    pub(crate) canonical: Option<String>,
}

impl Pairs {
    /// No parameters yet.
    pub(crate) fn new(space: Space) -> Self {
        Self { text: String::new(), space, last_key: (0, 0), sorted: true, plain_keys: true }
    }

    /// Adds a parameter.
    pub(crate) fn push(&mut self, key: &str, value: &str) {
        self.start(key);
        percent::encode(value, self.space, &mut self.text);
    }

    /// Adds a parameter whose text needs no encoding, such as an integer.
    pub(crate) fn push_plain(&mut self, key: &str, value: impl Display) {
        self.start(key);
        // Writing to a string does not fail.
        let _ = write!(self.text, "{value}");
    }

    /// Adds a parameter in place of those that have the same key.
    pub(crate) fn replace(&mut self, key: &str, value: &str) {
        let mut others = Self::new(self.space);
        for entry in entries(&self.text).filter(|(name, _)| *name != key) {
            others.start(&entry.0);
            others.text.push_str(entry.1);
        }
        others.push(key, value);
        *self = others;
    }

    /// Adds the parameters of a query or a form that is encoded already, with spaces as in queries.
    #[cfg(feature = "legacy-signatures")]
    pub(crate) fn append(&mut self, encoded: &str) {
        for (key, value) in entries(encoded) {
            self.start(&key);
            self.text.push_str(&value.replace('+', "%20"));
        }
    }

    /// Whether there is a parameter of this key, be it empty.
    pub(crate) fn has(&self, key: &str) -> bool {
        entries(&self.text).any(|(name, _)| name == key)
    }

    fn start(&mut self, key: &str) {
        if self.text.capacity() == 0 {
            self.text.reserve(192);
        }
        if !self.text.is_empty() {
            self.text.push('&');
            self.sorted &= self.text[self.last_key.0..self.last_key.1] <= *key;
        }
        let start = self.text.len();
        if percent::is_plain(key) {
            self.text.push_str(key);
        } else {
            self.plain_keys = false;
            percent::encode(key, self.space, &mut self.text);
        }
        self.last_key = (start, self.text.len());
        self.text.push('=');
    }

    /// Sorts the parameters by key, in byte order of the keys as they were before encoding.
    pub(crate) fn finish(self) -> FinishedPairs {
        if self.sorted && self.plain_keys {
            return FinishedPairs { wire: self.text, canonical: None };
        }
        let mut sorted: Vec<(String, &str)> = entries(&self.text).collect();
        sorted.sort_by(|left, right| left.0.cmp(&right.0));
        let mut wire = String::with_capacity(self.text.len());
        let mut canonical = String::with_capacity(self.text.len());
        for (index, (key, value)) in sorted.iter().enumerate() {
            if index > 0 {
                wire.push('&');
                canonical.push('&');
            }
            percent::encode(key, self.space, &mut wire);
            wire.push('=');
            wire.push_str(value);
            canonical.push_str(key);
            canonical.push('=');
            canonical.push_str(value);
        }
        FinishedPairs { wire, canonical: (!self.plain_keys).then_some(canonical) }
    }
}

impl Pairs {
    /// The first value of a key, as it was before it was encoded.
    pub(crate) fn value(&self, key: &str) -> Option<String> {
        let (_, value) = entries(&self.text).find(|(known, _)| known == key)?;
        Some(percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
    }
}

/// The keys, decoded, and the values, still encoded.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = (String, &str)> {
    text.split('&').filter(|entry| !entry.is_empty()).map(|entry| {
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        let key = key.replace('+', " ");
        (percent_decode_str(&key).decode_utf8_lossy().into_owned(), value)
    })
}

/// Whether `text`, which is encoded, has a value for the key.
pub(crate) fn has_value(text: &str, key: &str) -> bool {
    entries(text).any(|(name, value)| name == key && !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(space: Space, pairs: &[(&str, &str)]) -> FinishedPairs {
        let mut collected = Pairs::new(space);
        for (key, value) in pairs {
            collected.push(key, value);
        }
        collected.finish()
    }

    #[test]
    fn sorts_by_unencoded_key() {
        for (pairs, wire, canonical) in [
            (&[("A", "1"), ("B", "2 3")][..], "A=1&B=2%203", None),
            (&[("B", "2"), ("A", "")], "A=&B=2", None),
            (&[("Tag.2", "b"), ("Tag.10", "a"), ("Tag.1", "c")], "Tag.1=c&Tag.10=a&Tag.2=b", None),
            (&[("a[0]", "1"), ("Z", "2")], "Z=2&a%5B0%5D=1", Some("Z=2&a[0]=1")),
            (&[("a b", "1"), ("a+", "2")], "a%20b=1&a%2B=2", Some("a b=1&a+=2")),
            (&[("", "x")], "=x", None),
            (&[], "", None),
        ] {
            let got = finished(Space::Percent, pairs);
            assert_eq!(got, FinishedPairs { wire: wire.into(), canonical: canonical.map(str::to_owned) });
        }
        assert_eq!(finished(Space::Plus, &[("M.c d", "2"), ("M.a.b", "1")]).wire, "M.a.b=1&M.c+d=2");
    }

    #[test]
    fn replaces_a_key() {
        let mut pairs = Pairs::new(Space::Percent);
        pairs.push("A", "1");
        pairs.push_plain("B", 2);
        pairs.replace("A", "x y");
        pairs.replace("C", "3");
        assert_eq!(pairs.finish().wire, "A=x%20y&B=2&C=3");
    }
}
