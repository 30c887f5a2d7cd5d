//! Rebuilds a tree from the rows of a flattened table: the sample shows what is inside of what, and the order of the
//! rows tells the rest.

mod finish;
mod place;

use serde_json::{Map, Value};

use super::findings::Findings;
use super::rows::Entry;
use super::{Options, guess, sample_tree, schema};
use crate::diagnostic::Code;
use crate::spec::{Schema, Type};

/// Deeper than the deepest real response. Beyond it rows stay where they are.
const DEEPEST: usize = 48;

/// A tree that is being rebuilt.
pub(super) struct Tree<'a, 'f> {
    nodes: Vec<Node>,
    /// The containers that are open, outermost first.
    open: Vec<Open>,
    /// Whether the root takes whatever no sample has elsewhere, as the parameters of a request do.
    takes_all: bool,
    options: &'a Options,
    findings: &'a mut Findings<'f>,
}

/// A value.
#[derive(Default)]
struct Node {
    name: String,
    about: String,
    line: usize,
    schema: Schema,
    fields: Vec<usize>,
    /// The elements of a list or the values of a map.
    inner: Option<usize>,
    /// What the sample has in the object.
    sample: Option<Map<String, Value>>,
}

/// A container that rows may still belong to.
struct Open {
    node: usize,
    /// What the sample has in its fields, or in those of its elements.
    sample: Option<Map<String, Value>>,
    /// Whether the sample says that its elements are no objects.
    of_scalars: bool,
    /// The name of the list that the sample has inside, which the table may have as a row of its own.
    wrapped: Option<String>,
}

impl<'a, 'f> Tree<'a, 'f> {
    /// A tree with nothing in it.
    pub(super) fn new(
        sample: Option<&Value>,
        takes_all: bool,
        options: &'a Options,
        findings: &'a mut Findings<'f>,
    ) -> Self {
        let kind = if sample.is_some_and(Value::is_array) { Type::List } else { Type::Object };
        let root = Node { schema: Schema { kind: Some(kind), ..Schema::default() }, line: 1, ..Node::default() };
        let mut tree = Self { nodes: vec![root], open: Vec::new(), takes_all, options, findings };
        tree.open_container(0, sample);
        tree
    }

    /// Puts the rows of a table where they belong.
    pub(super) fn add(&mut self, entries: &[Entry]) {
        for (index, entry) in entries.iter().enumerate() {
            if entry.name.is_empty() {
                self.unnamed(entry, index == 0);
            } else if !self.is_wrapped(entry) && !self.is_element(entry) {
                self.named(entry, &entries[index + 1..]);
            }
        }
    }

    /// The root, or the elements of the innermost list.
    fn unnamed(&mut self, entry: &Entry, first: bool) {
        if first {
            let mut schema = schema::of(entry, "response", self.options, self.findings);
            // An object with nothing told about it stays open for what follows.
            schema.kind = schema.kind.filter(|kind| !matches!(kind, Type::String) || !entry.type_text.is_empty());
            let kind = self.nodes[0].schema.kind;
            schema.kind = schema.kind.filter(|kind| *kind != Type::Object).or(kind);
            self.nodes[0].schema = schema;
            self.nodes[0].line = entry.line;
            return;
        }
        // An object with values that have no names is a map.
        if let Some(last) = self.open.last_mut().filter(|last| last.node != 0)
            && self.nodes[last.node].schema.kind == Some(Type::Object)
            && self.nodes[last.node].fields.is_empty()
        {
            // Its keys in the sample are data, not names.
            last.sample = None;
            self.nodes[last.node].sample = None;
            self.nodes[last.node].schema.kind = Some(Type::Map);
        }
        let lists = self.open.iter().rposition(|open| {
            let node = &self.nodes[open.node];
            matches!(node.schema.kind, Some(Type::List | Type::Map)) && (node.inner.is_none() || open.of_scalars)
        });
        if let Some(position) = lists {
            self.open.truncate(position + 1);
            self.element(entry);
        }
    }

    /// Whether a row is the list that the sample has inside of the one above.
    fn is_wrapped(&mut self, entry: &Entry) -> bool {
        let is = self.open.last().is_some_and(|open| open.wrapped.as_ref() == Some(&entry.name));
        if is && let Some(open) = self.open.last_mut() {
            open.wrapped = None;
        }
        is
    }

    /// Takes a row for the elements of the list right above it, if that is what it is: its name is in no sample.
    fn is_element(&mut self, entry: &Entry) -> bool {
        let Some(last) = self.open.last() else { return false };
        let node = &self.nodes[last.node];
        let empty = matches!(node.schema.kind, Some(Type::List | Type::Map)) && node.inner.is_none();
        let in_a_sample = self.open.iter().any(|open| self.waits_for(open, &entry.name));
        if !empty || in_a_sample {
            return false;
        }
        let is_object = entry.shape.is_none_or(|shape| shape.kind == Type::Object);
        let fits = if last.of_scalars { !is_object } else { is_object || (last.sample.is_none() && !self.takes_all) };
        if fits {
            self.element(entry);
        }
        fits
    }

    /// Sets what the elements of the innermost container are.
    fn element(&mut self, entry: &Entry) {
        let Some(last) = self.open.last() else { return };
        let (list, about) = (last.node, format!("{}[]", self.nodes[last.node].about));
        let schema = schema::of(entry, &about, self.options, self.findings);
        let kind = schema.kind;
        let sample = last.sample.clone().map(Value::Object);
        let node = self.push(Node { about, line: entry.line, schema, ..Node::default() });
        self.nodes[list].inner = Some(node);
        if matches!(kind, Some(Type::List | Type::Map)) && self.open.len() < DEEPEST {
            self.open_container(node, sample.as_ref());
        } else if kind != Some(Type::Object) {
            // Nothing can be inside of elements that are scalars.
            self.open.pop();
        }
    }

    /// Puts a row into the container that it belongs to.
    fn named(&mut self, entry: &Entry, rest: &[Entry]) {
        // Nothing with a name can be inside of scalars.
        while self.open.len() > 1 && self.open.last().is_some_and(|open| open.of_scalars) {
            self.open.pop();
        }
        let (position, certain) = self.container(&entry.name, rest);
        self.open.truncate(position + 1);
        let Some(open) = self.open.last() else { return };
        let value = open.sample.as_ref().and_then(|sample| sample.get(&entry.name)).cloned();
        let parent = self.fields_of(open.node);
        let prefix = Some(self.nodes[parent].about.as_str()).filter(|about| !about.is_empty());
        let about = prefix.map_or_else(|| entry.name.clone(), |prefix| format!("{prefix}.{}", entry.name));
        if self.has(parent, &entry.name) {
            let message = format!("there are two rows `{}`", entry.name);
            self.findings.note(Code::SecondRow, entry.line, &about, message, "the first one was kept");
            return;
        }
        if !certain {
            let place = prefix.map_or_else(|| "at the root".to_owned(), |prefix| format!("into `{prefix}`"));
            let message = format!("nothing shows where `{}` belongs; it was put {place}", entry.name);
            self.findings.note(Code::GuessedPlace, entry.line, &about, message, "move it if that is wrong");
        }
        let mut schema = schema::of(entry, &about, self.options, self.findings);
        if schema.example.is_none() && self.is_scalar(&schema) {
            schema.example = sample_tree::example(value.as_ref());
            guess::mark(&entry.name, &mut schema, &about, entry.line, self.findings);
        }
        let is_list = value.as_ref().is_some_and(Value::is_array);
        if schema.kind == Some(Type::Object) && is_list {
            let message = format!("`{}` is called an object, but the sample has a list", entry.name);
            self.findings.note(Code::SampleContradicts, entry.line, &about, message, "a list was written");
            schema.kind = Some(Type::List);
        }
        let inner = entry.shape.and_then(|shape| shape.inner);
        let container = matches!(schema.kind, Some(Type::Object | Type::List | Type::Map));
        let node = self.push(Node { name: entry.name.clone(), about, line: entry.line, schema, ..Node::default() });
        self.nodes[parent].fields.push(node);
        if !container {
            return;
        }
        // In a request the example of a parameter is the only sample there is of it.
        let own = serde_json::from_str::<Value>(&entry.example).ok().filter(|_| self.takes_all);
        let value = value.or(own);
        if self.open.len() < DEEPEST {
            self.open_container(node, value.as_ref());
        }
        if let Some(kind) = inner.filter(|kind| !matches!(kind, Type::Object | Type::List | Type::Map)) {
            let list = self.open.last().map_or(node, |open| open.node);
            let schema = Schema { kind: Some(kind), ..Schema::default() };
            let about = format!("{}[]", self.nodes[list].about);
            if let Some(open) = self.open.last_mut() {
                open.of_scalars = true;
            }
            self.set_hint(list, schema, about, entry.line);
        }
    }

    /// Remembers what the elements of a list are, until a row says it better.
    fn set_hint(&mut self, list: usize, schema: Schema, about: String, line: usize) {
        let node = self.push(Node { about, line, schema, ..Node::default() });
        self.nodes[list].inner = Some(node);
    }

    /// The node that fields of a container go into: its elements, if it is a list or a map.
    fn fields_of(&mut self, node: usize) -> usize {
        if !matches!(self.nodes[node].schema.kind, Some(Type::List | Type::Map)) {
            return node;
        }
        if let Some(inner) = self.nodes[node].inner {
            self.nodes[inner].schema.kind = Some(Type::Object);
            return inner;
        }
        let about = format!("{}[]", self.nodes[node].about);
        let schema = Schema { kind: Some(Type::Object), ..Schema::default() };
        let inner = self.push(Node { about, line: self.nodes[node].line, schema, ..Node::default() });
        self.nodes[node].inner = Some(inner);
        inner
    }

    fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn is_scalar(&self, schema: &Schema) -> bool {
        !matches!(schema.kind, Some(Type::Object | Type::List | Type::Map | Type::Json) | None)
    }

    /// Opens a container. Where the sample has one list in an object in place of a list, both are written.
    fn open_container(&mut self, node: usize, value: Option<&Value>) {
        let kind = self.nodes[node].schema.kind;
        let wrapped = sample_tree::only_list(value).filter(|_| kind == Some(Type::List));
        if let Some((name, list)) = wrapped {
            let about = format!("{}.{name}", self.nodes[node].about);
            let schema = Schema { kind, ..Schema::default() };
            let inner =
                self.push(Node { name: name.clone(), about, line: self.nodes[node].line, schema, ..Node::default() });
            self.nodes[node].schema.kind = Some(Type::Object);
            self.nodes[node].fields.push(inner);
            self.open_sampled(inner, Some(list), Some(name.clone()));
        } else {
            self.open_sampled(node, value, None);
        }
    }

    fn open_sampled(&mut self, node: usize, value: Option<&Value>, wrapped: Option<String>) {
        let kind = self.nodes[node].schema.kind;
        let value = match (kind, value) {
            // The values of a map are alike, whatever their keys.
            (Some(Type::Map), Some(Value::Object(map))) => {
                sample_tree::merged(&map.values().cloned().collect::<Vec<_>>())
            }
            (_, value) => value.cloned(),
        };
        let of_scalars = match &value {
            Some(Value::Array(items)) => items.first().is_some_and(|item| !item.is_object() && !item.is_array()),
            Some(value) => kind == Some(Type::Map) && !value.is_object(),
            None => false,
        };
        let sample = sample_tree::object(value.as_ref());
        self.nodes[node].sample = sample.clone();
        if of_scalars {
            let first = value.as_ref().map(|value| value.as_array().and_then(|items| items.first()).unwrap_or(value));
            let schema = first.map(|first| schema::inferred("", first)).unwrap_or_default();
            self.nodes[node].schema.items = Some(Box::new(schema));
        }
        self.open.push(Open { node, sample, of_scalars, wrapped });
    }
}
