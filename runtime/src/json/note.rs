//! What could not be decoded.

use std::fmt::{self, Display, Formatter};

/// A value that was not what its field needs, and that was left out therefore.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) found: String,
}

impl Note {
    /// Where in the reply, such as `Data.Items[3].Size`; empty for the reply as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the field needs, such as `an integer`.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// What the reply has: a scalar, shortened, or the kind of the value.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the reply" } else { &self.path };
        write!(f, "{path} should be {}, is {}", self.expected, self.found)
    }
}
