//! The access keys that the emulator accepts.

use std::fmt::{self, Debug, Formatter};

/// An access key that the emulator accepts.
#[derive(Clone)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// The token that must come with it, if it is a temporary one.
    pub(crate) security_token: Option<String>,
}

/// The secret and the token are not shown.
impl Debug for AccessKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}
