//! Text that never prints.

use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;

use zeroize::Zeroize;

use crate::encode::{Encode, Encoder};
use crate::json::{Decode, Json};

/// A password, a token or a signed link: read like a `str`, printed as `***`, wiped when dropped.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub struct SensitiveString {
    text: String,
}

impl SensitiveString {
    /// The text itself, no longer protected.
    #[must_use]
    pub fn into_string(mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

impl Drop for SensitiveString {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl Debug for SensitiveString {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("\"***\"")
    }
}

impl Deref for SensitiveString {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for SensitiveString {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<&str> for SensitiveString {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

impl From<&String> for SensitiveString {
    fn from(text: &String) -> Self {
        Self { text: text.clone() }
    }
}

impl PartialEq<str> for SensitiveString {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for SensitiveString {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialEq<String> for SensitiveString {
    fn eq(&self, other: &String) -> bool {
        self.text == *other
    }
}

impl Encode for SensitiveString {
    fn encode(&self, to: &mut Encoder<'_>) {
        to.text(&self.text);
    }
}

impl Decode for SensitiveString {
    fn decode(value: Json<'_>) -> Option<Self> {
        value.text().map(|text| text.into_owned().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_text_and_never_prints() {
        let secret = SensitiveString::from("hunter2");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "\"***\" Some(\"***\")");
        assert_eq!(secret, "hunter2");
        assert_eq!(secret, *"hunter2");
        assert_eq!(secret, String::from("hunter2"));
        assert_eq!(secret.len(), 7);
        assert_eq!(secret.into_string(), "hunter2");
    }
}
