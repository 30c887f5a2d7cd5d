//! From bytes, however they are cut, to events: the format `text/event-stream`.

use std::collections::VecDeque;

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
    line: Vec<u8>,
    /// Whether the first bytes are past, among which a byte order mark can be.
    has_begun: bool,
    /// Whether the last line ended in CR, so that an LF that follows belongs to it.
    after_return: bool,
    name: String,
    id: String,
    data: String,
    has_data: bool,
    /// How long to wait before asking again, in milliseconds, if the service has said so.
    retry: Option<u64>,
    events: VecDeque<RawEvent>,
}

impl Parser {
    /// Reads the next bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((&first, behind)) = rest.split_first() {
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                rest = behind;
                continue;
            }
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
                self.line.extend_from_slice(rest);
                return;
            };
            self.line.extend_from_slice(&rest[..end]);
            self.after_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            self.end_line();
        }
    }

    /// The next event that is complete.
    pub(crate) fn next(&mut self) -> Option<RawEvent> {
        self.events.pop_front()
    }

    /// How many bytes are kept of an event that is not complete.
    pub(crate) fn pending(&self) -> usize {
        self.line.len() + self.data.len()
    }

    /// How long the service asks to wait before asking again, in milliseconds.
    #[cfg(test)]
    fn retry(&self) -> Option<u64> {
        self.retry
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let begins = !std::mem::replace(&mut self.has_begun, true);
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| begins).unwrap_or(&line);
        let text = String::from_utf8_lossy(bytes);
        if text.is_empty() {
            self.end_event();
        } else {
            let (field, value) = text.split_once(':').unwrap_or((&text, ""));
            self.field(field, value.strip_prefix(' ').unwrap_or(value));
        }
        // Its memory serves for the next one.
        self.line = line;
        self.line.clear();
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
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry)
            }
            // Comments, which begin with a colon, and what nobody knows.
            _ => {}
        }
    }

    fn end_event(&mut self) {
        let name = std::mem::take(&mut self.name);
        if !std::mem::take(&mut self.has_data) {
            return;
        }
        let name = if name.is_empty() { "message".to_owned() } else { name };
        self.events.push_back(RawEvent { name, id: self.id.clone(), data: std::mem::take(&mut self.data) });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn events<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<RawEvent>, Option<u64>) {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(piece);
            events.extend(std::iter::from_fn(|| parser.next()));
        }
        (events, parser.retry())
    }

    fn shown(text: &str) -> String {
        let (events, _) = events([text.as_bytes()]);
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
    fn remembers_how_long_to_wait() {
        for (text, retry) in
            [("retry: 300\n", Some(300)), ("retry: 300\nretry: soon\n", Some(300)), ("retry\n", None), ("", None)]
        {
            assert_eq!(events([text.as_bytes()]).1, retry, "{text:?}");
        }
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
