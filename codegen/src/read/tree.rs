//! YAML as a tree in which everything knows where it stands.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::{Place, Position};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub kind: NodeKind,
    /// Where it stands.
    pub place: Place,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A scalar: its text, and whether it is quoted or a block, so that it is text whatever it looks like.
    Scalar(String, bool),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in order, with repeated keys.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// Reads one YAML document. An error has its place and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, (Place, String)> {
        let mut builder = Builder::default();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| {
                let start = position(*error.marker());
                (Place { start, end: start }, error.info().to_owned())
            })?;
            builder.take(event, span);
            if let Some((place, what)) = builder.refused {
                return Err((place, what.to_owned()));
            }
        }
        builder.root.ok_or_else(|| (Place::default(), "the file is empty".to_owned()))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key and its value.
    pub fn entry(&self, key: &str) -> Option<(&Node, &Node)> {
        match &self.kind {
            NodeKind::Mapping(entries) => {
                entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(name, value)| (name, value))
            }
            _ => None,
        }
    }

    /// The value of a key, or the nearest thing to it: the node itself where the key is not written.
    pub fn at(&self, key: &str) -> &Node {
        self.get(key).unwrap_or(self)
    }

    /// An element of the sequence that a key has, or the nearest thing to it.
    pub fn element(&self, key: &str, index: usize) -> &Node {
        self.get(key).and_then(|list| list.item(index)).unwrap_or(self)
    }

    /// An element of a sequence.
    pub fn item(&self, index: usize) -> Option<&Node> {
        match &self.kind {
            NodeKind::Sequence(items) => items.get(index),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }
}

/// How deep a file may be nested: three times as deep as the deepest real response.
const DEEPEST: usize = 128;

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    refused: Option<(Place, &'static str)>,
}

/// A sequence or a mapping that has not ended yet.
struct Open {
    start: Position,
    mapping: bool,
    nodes: Vec<Node>,
}

impl Builder {
    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None if self.root.is_some() => self.refuse(node.place, "there is a second document in the file"),
            None => self.root = Some(node),
        }
    }

    fn close(&mut self, end: Position) {
        let Some(Open { start, mapping, nodes }) = self.open.pop() else { return };
        let kind = if mapping {
            let mut entries = Vec::with_capacity(nodes.len() / 2);
            let mut nodes = nodes.into_iter();
            while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
                entries.push((key, value));
            }
            NodeKind::Mapping(entries)
        } else {
            NodeKind::Sequence(nodes)
        };
        self.add(Node { kind, place: Place { start, end } });
    }

    fn refuse(&mut self, place: Place, what: &'static str) {
        self.refused.get_or_insert((place, what));
    }
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) {
        let place = Place { start: position(span.start), end: position(span.end) };
        match event {
            Event::Scalar(text, style, _, _) => {
                let quoted = !matches!(style, ScalarStyle::Plain);
                self.add(Node { kind: NodeKind::Scalar(Cow::into_owned(text), quoted), place });
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= DEEPEST => {
                self.refuse(place, "it is nested too deep");
            }
            Event::SequenceStart(..) => self.open.push(Open { start: place.start, mapping: false, nodes: Vec::new() }),
            Event::MappingStart(..) => self.open.push(Open { start: place.start, mapping: true, nodes: Vec::new() }),
            Event::SequenceEnd | Event::MappingEnd => self.close(place.end),
            Event::Alias(_) => self.refuse(place, "specs are written out: aliases are not read"),
            _ => {}
        }
    }
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}
