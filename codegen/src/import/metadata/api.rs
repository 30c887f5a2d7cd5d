//! One operation as it was published.

use super::json::Object;

/// The name of an operation and what the metadata says about it.
#[derive(Debug)]
pub(super) struct Api {
    /// The name, as the service spells it.
    pub(super) name: String,
    /// How the document is shown.
    pub(super) path: String,
    /// The document.
    pub(super) object: Object,
}
