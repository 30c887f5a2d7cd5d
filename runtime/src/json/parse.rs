//! JSON text into a flat tape of nodes, without recursion.

use std::fmt::{self, Display, Formatter};

/// How deep lists and objects may be nested.
const MAX_DEPTH: usize = 128;
/// Offsets and indices have 29 bits.
const MAX_LENGTH: usize = 1 << 29;

/// No index.
const NONE: u32 = u32::MAX;

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Null,
    True,
    False,
    Number,
    /// Text without escapes.
    Text,
    /// Text with escapes.
    Escaped,
    Array,
    Object,
}

const KINDS: [Kind; 8] =
    [Kind::Null, Kind::True, Kind::False, Kind::Number, Kind::Text, Kind::Escaped, Kind::Array, Kind::Object];

/// A value: what it is, where it stands in the text, and where the next value begins on the tape. The values of an
/// object stand behind their keys, which are nodes of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    next_and_kind: u32,
}

impl Node {
    /// A node whose successor is at `next`. Everything fits, since the text is no longer than `MAX_LENGTH`.
    pub(super) fn new(kind: Kind, start: usize, end: usize, next: usize) -> Self {
        Self { start: start as u32, end: end as u32, next_and_kind: (next as u32) << 3 | kind as u32 }
    }

    #[inline]
    pub(super) fn kind(self) -> Kind {
        KINDS[(self.next_and_kind & 7) as usize]
    }

    /// The index of the first node that is not part of this value.
    #[inline]
    pub(super) fn next(self) -> u32 {
        self.next_and_kind >> 3
    }
}

/// Why a text is not JSON.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SyntaxError {
    offset: usize,
    expected: &'static str,
}

impl SyntaxError {
    /// Where, in bytes from the start.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl Display for SyntaxError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "not JSON: expected {} at byte {}", self.expected, self.offset)
    }
}

impl std::error::Error for SyntaxError {}

/// Parses `text`, which is one value with white space around it.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Err(SyntaxError { offset: MAX_LENGTH, expected: "the end, for want of indices," });
    }
    // Replies have a value for every 10 to 20 bytes.
    let mut parser = Parser { bytes: text.as_bytes(), at: 0, nodes: Vec::with_capacity(text.len() / 16 + 8) };
    parser.document()?;
    Ok(parser.nodes)
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        // The innermost list or object that is open. While one is, its `end` is the index of the one around it.
        let mut open: Option<usize> = None;
        let mut depth = 0;
        self.skip_space();
        loop {
            let start = self.at;
            match self.peek() {
                Some(mark @ (b'{' | b'[')) => {
                    let index = self.nodes.len();
                    let is_object = mark == b'{';
                    self.nodes.push(Node::new(if is_object { Kind::Object } else { Kind::Array }, start, 0, 0));
                    self.at += 1;
                    self.skip_space();
                    if self.peek() == Some(mark + 2) {
                        self.close(index);
                    } else {
                        if depth == MAX_DEPTH {
                            return Err(self.expected("no deeper nesting"));
                        }
                        depth += 1;
                        self.nodes[index].end = open.map_or(NONE, |outer| outer as u32);
                        open = Some(index);
                        if is_object {
                            self.key()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b't') => self.word(b"true", Kind::True)?,
                Some(b'f') => self.word(b"false", Kind::False)?,
                Some(b'n') => self.word(b"null", Kind::Null)?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                _ => return Err(self.expected("a value")),
            }
            // Behind a value: close what ends here, until another value has to follow.
            loop {
                self.skip_space();
                let Some(index) = open else {
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(self.expected("the end")) };
                };
                let is_object = self.nodes[index].kind() == Kind::Object;
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        self.skip_space();
                        if is_object {
                            self.key()?;
                        }
                        break;
                    }
                    Some(b'}') if is_object => {}
                    Some(b']') if !is_object => {}
                    _ => return Err(self.expected(if is_object { "`,` or `}`" } else { "`,` or `]`" })),
                }
                open = Some(self.nodes[index].end).filter(|outer| *outer != NONE).map(|outer| outer as usize);
                depth -= 1;
                self.close(index);
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expected(&self, expected: &'static str) -> SyntaxError {
        SyntaxError { offset: self.at, expected }
    }

    #[inline]
    fn skip_space(&mut self) {
        if self.peek().is_some_and(|byte| byte > b' ') {
            return;
        }
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Ends the list or object at `index` behind the current byte.
    fn close(&mut self, index: usize) {
        self.at += 1;
        let node = self.nodes[index];
        self.nodes[index] = Node::new(node.kind(), node.start as usize, self.at, self.nodes.len());
    }

    fn key(&mut self) -> Result<(), SyntaxError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a name in quotes"));
        }
        self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        self.skip_space();
        Ok(())
    }

    #[inline]
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.nodes.len() + 1;
        self.nodes.push(Node::new(kind, start, end, next));
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Result<(), SyntaxError> {
        let start = self.at;
        if !self.bytes[start..].starts_with(word) {
            return Err(self.expected("a value"));
        }
        self.at += word.len();
        self.push(kind, start, self.at);
        Ok(())
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        let start = self.at + 1;
        self.at = start;
        let mut kind = Kind::Text;
        loop {
            self.at = find_special(self.bytes, self.at);
            match self.peek() {
                Some(b'"') => {
                    self.push(kind, start, self.at);
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    kind = Kind::Escaped;
                    self.at += 1;
                    match self.peek() {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        Some(b'u') => self.hexadecimal()?,
                        _ => return Err(self.expected("an escape")),
                    }
                }
                Some(_) => return Err(self.expected("no control character")),
                None => return Err(self.expected("`\"`")),
            }
        }
    }

    fn hexadecimal(&mut self) -> Result<(), SyntaxError> {
        self.at += 1;
        for _ in 0..4 {
            if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return Err(self.expected("a hexadecimal digit"));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        self.push(Kind::Number, start, self.at);
        Ok(())
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }
}

/// Where the next quote, backslash or control character stands, at `at` or behind it. Eight bytes at a time: a byte
/// is zero after the exclusive or exactly if subtracting one borrows into its high bit, and only the lowest find of a
/// word counts, which no borrow can have faked.
#[inline]
fn find_special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        let found = ((quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word))
            & HIGH_BITS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
        at += 1;
    }
    at
}
