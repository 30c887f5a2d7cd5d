//! Where the generated code is to live.

/// Where the generated code is to live.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// In a crate of its own, of this name as Rust spells it, such as `alicloud`: one file for each operation, and a
    /// cargo feature for each product. Its examples are compiled.
    Crate(String),
    /// In a module of somebody else's crate, which includes it: one file, no features, no root documentation. Its
    /// examples are not compiled, since nobody knows where the module is.
    Module,
}

impl Destination {
    /// The crate `alicloud` of this repository.
    #[must_use]
    pub fn alicloud() -> Self {
        Self::Crate("alicloud".to_owned())
    }

    /// What paths in examples begin with.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Crate(name) => name,
            Self::Module => "alicloud",
        }
    }

    /// What an example is marked with.
    pub(super) fn fence(&self) -> &'static str {
        match self {
            Self::Crate(_) => "no_run",
            Self::Module => "ignore",
        }
    }
}
