//! Who calls.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use zeroize::Zeroizing;

/// Who calls, and how that is proved. Cheap to clone; prints no secret.
#[derive(Clone)]
pub struct Credentials {
    kind: Arc<Kind>,
}

/// What proves who calls.
pub(crate) enum Kind {
    AccessKey { id: String, secret: Zeroizing<String> },
    Sts { id: String, secret: Zeroizing<String>, token: Zeroizing<String> },
    Bearer { token: Zeroizing<String> },
    Anonymous,
}

impl Credentials {
    /// A permanent access key.
    #[must_use]
    pub fn access_key(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::of(Kind::AccessKey { id: id.into(), secret: Zeroizing::new(secret.into()) })
    }

    /// A temporary access key with its security token, as STS hands them out.
    #[must_use]
    pub fn sts(id: impl Into<String>, secret: impl Into<String>, token: impl Into<String>) -> Self {
        let (secret, token) = (Zeroizing::new(secret.into()), Zeroizing::new(token.into()));
        Self::of(Kind::Sts { id: id.into(), secret, token })
    }

    /// A bearer token. Requests are not signed.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::of(Kind::Bearer { token: Zeroizing::new(token.into()) })
    }

    /// Nobody: requests are sent without a signature.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::of(Kind::Anonymous)
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    fn of(kind: Kind) -> Self {
        Self { kind: Arc::new(kind) }
    }
}

impl Debug for Credentials {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::AccessKey { id, .. } => f.debug_struct("AccessKey").field("id", id).finish_non_exhaustive(),
            Kind::Sts { id, .. } => f.debug_struct("Sts").field("id", id).finish_non_exhaustive(),
            Kind::Bearer { .. } => f.debug_struct("Bearer").finish_non_exhaustive(),
            Kind::Anonymous => f.write_str("Anonymous"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_no_secret() {
        for (credentials, printed) in [
            (Credentials::access_key("LTAI", "hush"), "AccessKey { id: \"LTAI\", .. }"),
            (Credentials::sts("STS.x", "hush", "hush"), "Sts { id: \"STS.x\", .. }"),
            (Credentials::bearer("hush"), "Bearer { .. }"),
            (Credentials::anonymous(), "Anonymous"),
        ] {
            assert_eq!(format!("{credentials:?}"), printed);
        }
    }
}
