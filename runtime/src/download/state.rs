//! What is kept beside a file that is not complete, so that a later run can go on with it.
//!
//! The data of `export.zip` is in `export.zip.part`. Beside it, `export.zip.part.state` tells which version of the file
//! it is of, and which parts of it are there, line by line; a line that is not complete counts for nothing. Without
//! parts, the data is there up to the length of the `.part` file.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::identity::Identity;

/// The first line.
const HEADER: &str = "alicloud download 1";

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What is known of a file that is not complete.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct State {
    pub(super) identity: Identity,
    /// How long a part is, in bytes, if it is fetched in parts.
    pub(super) part_size: Option<u64>,
    /// The parts that are there.
    pub(super) done: Vec<u64>,
}

impl State {
    /// Reads a state; nothing if there is none, or none that makes sense.
    pub(super) fn load(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok()?;
        if !metadata.is_file() || metadata.len() > MAX_BYTES {
            return None;
        }
        Self::parse(&fs::read_to_string(path).ok()?)
    }

    /// Writes the state over what was there.
    pub(super) fn save(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.to_text())
    }

    /// Adds that a part is there.
    pub(super) fn add_part(path: &Path, part: u64) -> io::Result<()> {
        OpenOptions::new().append(true).open(path)?.write_all(format!("done {part}\n").as_bytes())
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        let mut line = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                // Writing to a string does not fail.
                let _ = writeln!(text, "{name} {value}");
            }
        };
        let identity = &self.identity;
        line("validator", identity.validator.clone());
        line("length", identity.length.map(|length| length.to_string()));
        line("crc64", identity.crc64.map(|sum| sum.to_string()));
        line("md5", identity.md5.map(|sum| format!("{:032x}", u128::from_be_bytes(sum))));
        line("part-size", self.part_size.map(|size| size.to_string()));
        for part in &self.done {
            line("done", Some(part.to_string()));
        }
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut state = Self::default();
        let identity = &mut state.identity;
        for line in lines {
            let (name, value) = line.split_once(' ')?;
            match name {
                "validator" => identity.validator = Some(value.to_owned()),
                "length" => identity.length = Some(value.parse().ok()?),
                "crc64" => identity.crc64 = Some(value.parse().ok()?),
                "md5" => identity.md5 = Some(u128::from_str_radix(value, 16).ok()?.to_be_bytes()),
                "part-size" => state.part_size = Some(value.parse().ok().filter(|size| *size > 0)?),
                "done" => state.done.push(value.parse().ok()?),
                _ => return None,
            }
        }
        // Without it nobody knows whether the rest would be of the same file.
        state.identity.validator.is_some().then_some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f.part.state");
        let identity =
            Identity { validator: Some("\"a b\"".into()), length: Some(9), crc64: Some(u64::MAX), md5: Some([7; 16]) };
        let mut state = State { identity, part_size: Some(4), done: vec![1] };
        state.save(&path).unwrap();
        State::add_part(&path, 0).unwrap();
        state.done.push(0);
        assert_eq!(State::load(&path), Some(state.clone()));
        // What a killed process left half written.
        let text = fs::read_to_string(&path).unwrap() + "done 2";
        assert_eq!(State::parse(&text), Some(state));
        for text in [
            "",
            "x",
            "alicloud download 1\n",
            "alicloud download 1\nvalidator a\nlength x\n",
            "alicloud download 2\nvalidator a\n",
        ] {
            assert_eq!(State::parse(text), None, "{text}");
        }
        assert_eq!(State::load(folder.path()), None);
    }
}
