//! A place in a list, as text that a caller keeps.

use crate::error::Error;

/// Where to go on: the page to ask for, and how many of its items are not wanted any more.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Place {
    pub(super) page: Option<String>,
    pub(super) skip: usize,
    pub(super) is_end: bool,
}

/// What the text of the end is.
const END: &str = "end";

impl Place {
    /// The place behind the last item.
    pub(super) fn end() -> Self {
        Self { is_end: true, ..Self::default() }
    }

    /// `skip@page`, `skip` for the page that the request asks for anyway, or `end`.
    pub(super) fn to_text(&self) -> String {
        match (&self.page, self.is_end) {
            (_, true) => END.to_owned(),
            (Some(page), false) => format!("{}@{page}", self.skip),
            (None, false) => self.skip.to_string(),
        }
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        if text == END {
            return Ok(Self::end());
        }
        let (skip, page) = match text.split_once('@') {
            Some((skip, page)) => (skip, Some(page.to_owned())),
            None => (text, None),
        };
        match skip.parse() {
            Ok(skip) => Ok(Self { page, skip, is_end: false }),
            Err(_) => Err(Error::invalid_request("the list cannot be resumed: the text is no position of a list")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_it_was() {
        for (text, place) in [
            ("0", Place::default()),
            ("3", Place { skip: 3, ..Place::default() }),
            ("3@2", Place { page: Some("2".to_owned()), skip: 3, is_end: false }),
            ("0@a@b=", Place { page: Some("a@b=".to_owned()), skip: 0, is_end: false }),
            ("end", Place::end()),
        ] {
            assert_eq!(place.to_text(), text);
            assert_eq!(Place::parse(text).unwrap(), place);
        }
        for text in ["", "@", "x@1", "-1@1", "END", "99999999999999999999999@1"] {
            assert!(Place::parse(text).is_err(), "{text}");
        }
    }
}
