//! From bytes, however they are cut, to events: the format `text/event-stream`.

use bytes::{Buf as _, Bytes};

/// An event as it was sent.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct RawEvent {
    /// What kind of event it is; `message` if it does not say.
    pub(crate) name: String,
    /// The last id that was sent with this event or one before it.
    pub(crate) id: String,
    /// The lines of its data.
    pub(crate) data: String,
}

/// Reads a stream of events. Lines end in CR, LF or both; one that is empty ends an event; what the stream ends in without
/// such a line is no event.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    /// What came and has not been read.
    unread: Bytes,
    line: Vec<u8>,
    /// Whether the first bytes are past, among which a byte order mark can be.
    has_begun: bool,
    /// Whether the last line ended in CR, so that an LF that follows belongs to it.
    after_return: bool,
    name: String,
    id: String,
    data: String,
    has_data: bool,
}

impl Parser {
    /// Takes the next bytes, which are read when the next event is asked for.
    pub(crate) fn push(&mut self, bytes: Bytes) {
        self.unread = if self.unread.is_empty() { bytes } else { [&self.unread[..], &bytes].concat().into() };
    }

    /// The next event that is complete. No more is read than it takes: many small events may share one large id.
    pub(crate) fn next(&mut self) -> Option<RawEvent> {
        while let Some(&first) = self.unread.first() {
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                self.unread.advance(1);
                continue;
            }
            let Some(end) = self.unread.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.line.extend_from_slice(&std::mem::take(&mut self.unread));
                return None;
            };
            self.line.extend_from_slice(&self.unread[..end]);
            self.after_return = self.unread[end] == b'\r';
            self.unread.advance(end + 1);
            let event = self.end_line();
            if event.is_some() {
                return event;
            }
        }
        None
    }

    /// How many bytes are kept for an event that is not complete.
    pub(crate) fn pending(&self) -> usize {
        self.line.len() + self.name.len() + self.id.len() + self.data.len()
    }

    fn end_line(&mut self) -> Option<RawEvent> {
        let line = std::mem::take(&mut self.line);
        let begins = !std::mem::replace(&mut self.has_begun, true);
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| begins).unwrap_or(&line);
        let text = String::from_utf8_lossy(bytes);
        let event = if text.is_empty() {
            self.end_event()
        } else {
            let (field, value) = text.split_once(':').unwrap_or((&text, ""));
            self.field(field, value.strip_prefix(' ').unwrap_or(value));
            None
        };
        // Its memory serves for the next one.
        self.line = line;
        self.line.clear();
        event
    }

    fn field(&mut self, field: &str, value: &str) {
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            // Comments, which begin with a colon, what nobody knows, and how long to wait before asking again: nobody does.
            _ => {}
        }
    }

    fn end_event(&mut self) -> Option<RawEvent> {
        let name = std::mem::take(&mut self.name);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        let name = if name.is_empty() { "message".to_owned() } else { name };
        Some(RawEvent { name, id: self.id.clone(), data: std::mem::take(&mut self.data) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn events<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<RawEvent> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(Bytes::copy_from_slice(piece));
            events.extend(std::iter::from_fn(|| parser.next()));
        }
        events
    }

    fn shown(text: &str) -> String {
        let events = events([text.as_bytes()]);
        let shown: Vec<String> =
            events.iter().map(|event| format!("{}/{}/{:?}", event.name, event.id, event.data)).collect();
        shown.join(" ")
    }

    #[test]
    fn reads_what_the_format_says() {
        for (text, expected) in [
            ("data: a\n\n", r#"message//"a""#),
            ("data:a\r\n\r\ndata: b\r\rdata:  c\n\n", r#"message//"a" message//"b" message//" c""#),
            ("data: a\ndata\ndata: b\n\n", r#"message//"a\n\nb""#),
            ("data\n\n", r#"message//"""#),
            ("\u{feff}data: a\n\n\u{feff}data: b\n\n", r#"message//"a""#),
            (": comment\n:\nevent: x\nid: 1\ndata: a\n\ndata: b\n\n", r#"x/1/"a" message/1/"b""#),
            ("id: 1\ndata: a\n\nid\ndata: b\n\nid: \0\ndata: c\n\n", r#"message/1/"a" message//"b" message//"c""#),
            ("event: x\n\ndata: a\n\n", r#"message//"a""#),
            ("unknown: 1\ndata: a: b\n\n", r#"message//"a: b""#),
            ("data: a\n", ""),
            ("data: a", ""),
            ("\n\n\n", ""),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_kept_is_counted() {
        for (text, pending) in [
            ("", 0),
            ("data: 12", 8),
            ("data: 12\n", 2),
            ("id: 123\nevent: 45\ndata: 6\nda", 8),
            ("id: 123\ndata: 6\n\n", 3),
        ] {
            let mut parser = Parser::default();
            parser.push(text.into());
            while parser.next().is_some() {}
            assert_eq!(parser.pending(), pending, "{text:?}");
        }
    }

    #[test]
    fn no_more_is_read_than_an_event_takes() {
        let mut parser = Parser::default();
        parser.push(format!("id: 1\n{}", "data\n\n".repeat(1000)).into());
        for left in (0..1000).rev() {
            assert_eq!(parser.next().unwrap().id, "1");
            assert_eq!(parser.unread.len(), left * 6);
        }
        parser.push("data: a\n".into());
        parser.push("\n".into());
        assert_eq!(parser.next().unwrap().data, "a");
    }

    proptest! {
        #[test]
        fn cuts_change_nothing(
            text in "(\u{feff}?(data|event|id|retry|x)?:? ?[a中\\{\u{0}]{0,3}(\r\n|\r|\n|\n\n)){0,12}",
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let bytes = text.as_bytes();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            ends.sort_unstable();
            ends.push(bytes.len());
            let mut start = 0;
            let pieces: Vec<&[u8]> = ends.iter().map(|end| {
                let piece = &bytes[start..*end];
                start = *end;
                piece
            }).collect();
            prop_assert_eq!(events(pieces), events([bytes]));
        }
    }
}
