//! One change, as plain data.

use std::collections::BTreeSet;
use std::fmt;

/// What a change does to code that was written for the version before, the mildest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Effect {
    /// The same code compiles and nothing new can be written: documentation, or what goes over the wire. A patch.
    Compatible,
    /// Something new can be written. A minor version.
    Additive,
    /// Code that compiled may not compile any more, or calls that worked are refused. A major version.
    Breaking,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compatible => "compatible",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

/// One change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// What it does to users.
    pub effect: Effect,
    /// What kind of change it is, in words joined by dashes, such as `parameter-added`.
    pub kind: &'static str,
    /// The module of the product.
    pub product: String,
    /// The operation, or `None` where it is about the product.
    pub operation: Option<String>,
    /// What changed, in words without a full stop.
    pub what: String,
    /// Why it has that effect, in words without a full stop.
    pub reason: String,
}

/// The same in one line: `breaking[parameter-removed]: dbs/CreateDownload: the parameter … is gone (the field …)`.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.effect, self.kind, self.product)?;
        if let Some(operation) = &self.operation {
            write!(f, "/{operation}")?;
        }
        write!(f, ": {} ({})", self.what, self.reason)
    }
}

/// Collects the changes of one product or operation.
#[derive(Debug, Default)]
pub(super) struct Changes {
    product: String,
    operation: Option<String>,
    /// What was found so far.
    pub(super) found: Vec<Change>,
    /// What is documented otherwise, by name.
    pub(super) documented: Vec<String>,
}

impl Changes {
    pub(super) fn of(product: &str, operation: Option<&str>) -> Self {
        Self { product: product.to_owned(), operation: operation.map(str::to_owned), ..Self::default() }
    }

    pub(super) fn breaking(&mut self, kind: &'static str, what: String, reason: impl Into<String>) {
        self.add(Effect::Breaking, kind, what, reason.into());
    }

    pub(super) fn additive(&mut self, kind: &'static str, what: String, reason: impl Into<String>) {
        self.add(Effect::Additive, kind, what, reason.into());
    }

    pub(super) fn compatible(&mut self, kind: &'static str, what: String, reason: impl Into<String>) {
        self.add(Effect::Compatible, kind, what, reason.into());
    }

    /// All changes, with one for everything that is only documented otherwise.
    pub(super) fn finish(mut self) -> Vec<Change> {
        let mut named = BTreeSet::new();
        self.documented.retain(|name| named.insert(name.clone()));
        if !self.documented.is_empty() {
            let what = format!("documented otherwise: {}", self.documented.join(", "));
            self.compatible("documentation", what, "the generated code reads otherwise, and nothing else");
        }
        self.found
    }

    fn add(&mut self, effect: Effect, kind: &'static str, what: String, reason: String) {
        let (product, operation) = (self.product.clone(), self.operation.clone());
        self.found.push(Change { effect, kind, product, operation, what, reason });
    }
}
