//! Which part of a file is asked for.

/// What a `Range` header asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Wanted {
    /// All of it: there is no header, or one that is not understood, which counts as none.
    All,
    /// The bytes from the first to the last, both included.
    Part(usize, usize),
    /// Nothing that the file has.
    Nothing,
}

impl Wanted {
    /// Reads the header for a file of this length. Of several ranges none is served: the whole file is.
    pub(crate) fn of(header: Option<&str>, length: usize) -> Self {
        let range = header.and_then(|header| header.trim().strip_prefix("bytes=")?.split_once('-'));
        let Some((from, to)) = range else { return Self::All };
        let (first, last) = match (number(from), number(to)) {
            (None, Some(count)) if from.is_empty() => match count {
                0 => return Self::Nothing,
                count => (length.saturating_sub(count), usize::MAX),
            },
            (Some(first), None) if to.is_empty() => (first, usize::MAX),
            (Some(first), Some(last)) if first <= last => (first, last),
            _ => return Self::All,
        };
        if first >= length { Self::Nothing } else { Self::Part(first, last.min(length - 1)) }
    }
}

/// A number in decimal; as large as can be if it is larger.
fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::Wanted::{self, All, Nothing, Part};

    #[test]
    fn reads_ranges() {
        for (header, expected) in [
            ("bytes=0-0", Part(0, 0)),
            ("bytes=2-5", Part(2, 5)),
            ("bytes=2-", Part(2, 9)),
            ("bytes=2-99999999999999999999999", Part(2, 9)),
            ("bytes=-3", Part(7, 9)),
            ("bytes=-30", Part(0, 9)),
            ("bytes=-0", Nothing),
            ("bytes=10-", Nothing),
            ("bytes=99999999999999999999999-", Nothing),
            ("bytes=5-2", All),
            ("bytes=-", All),
            ("bytes=a-b", All),
            ("bytes=0-1,3-4", All),
            ("items=0-1", All),
            ("", All),
        ] {
            assert_eq!(Wanted::of(Some(header), 10), expected, "{header}");
        }
        assert_eq!(Wanted::of(None, 10), All);
        assert_eq!(Wanted::of(Some("bytes=0-"), 0), Nothing);
    }
}
