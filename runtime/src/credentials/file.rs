//! Files that may hold secrets.

use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Error;

/// The text of a file.
pub(crate) async fn read(path: &Path) -> Result<Zeroizing<String>, Error> {
    match tokio::fs::read_to_string(path).await {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => Err(Error::credentials(format!("{} cannot be read: {error}", path.display()))),
    }
}
