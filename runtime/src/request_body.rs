//! What a request carries: bytes in memory, or a file that is read while it is sent.

use std::fmt::{self, Debug, Formatter};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::error::{Error, ErrorKind};
use crate::sign::Algorithm;
use crate::sign::file::{hash_file, open};

/// What a request carries: bytes in memory, or a file that is read while it is sent. Cheap to clone.
///
/// ```
/// use alicloud_runtime::RequestBody;
///
/// let _ = RequestBody::from("text".to_owned());
/// let _ = RequestBody::from(vec![0, 1, 2]);
/// let _ = RequestBody::file("video.mp4");
/// ```
#[derive(Clone)]
pub struct RequestBody {
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    /// A file that nobody has looked at.
    Named(Arc<Path>),
    File(FilePart),
}

/// A file of which it is known how much is sent.
#[derive(Clone)]
pub(crate) struct FilePart {
    pub(crate) path: Arc<Path>,
    pub(crate) length: u64,
}

impl RequestBody {
    /// The content of a file. It is read twice and never kept: once for the hash that is part of the signature, and then
    /// while it is sent. A request that is sent again reads it again. What changes in between, the service refuses.
    ///
    /// The hash counts towards [`call_timeout`](crate::ConfigBuilder::call_timeout), sending it towards the
    /// [`timeout`](crate::ConfigBuilder::timeout) of an attempt: large files need longer ones than the usual. Pipes and devices
    /// are refused.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { content: Content::Named(path.into().into()) }
    }

    /// The bytes, unless they are in a file.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Named(_) | Content::File(_) => None,
        }
    }

    /// The file, unless the bytes are in memory.
    #[must_use]
    pub fn file_path(&self) -> Option<&Path> {
        match &self.content {
            Content::Bytes(_) => None,
            Content::Named(path) => Some(path),
            Content::File(file) => Some(&file.path),
        }
    }

    /// How many bytes it has. Of a file that is known from when it was hashed on; what a
    /// [`Transport`](crate::Transport) is given always has a length.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Named(_) => None,
            Content::File(file) => Some(file.length),
        }
    }

    /// Whether it is known to have no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// All of it in memory: for a [`Transport`](crate::Transport) that cannot send a file piece by piece.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or has become shorter than it was when its length was found.
    pub async fn read(&self) -> std::io::Result<Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Named(path) => {
                let path = Arc::clone(path);
                aside(move || read_file(&path, None)).await
            }
            Content::File(FilePart { path, length }) => {
                let (path, length) = (Arc::clone(path), *length);
                aside(move || read_file(&path, Some(length))).await
            }
        }
    }

    /// The file, if its length is known and it is not empty.
    pub(crate) fn file_part(&self) -> Option<&FilePart> {
        match &self.content {
            Content::File(file) => Some(file),
            Content::Bytes(_) | Content::Named(_) => None,
        }
    }

    /// The bytes in memory; none of a file.
    pub(crate) fn bytes(&self) -> Bytes {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Named(_) | Content::File(_) => Bytes::new(),
        }
    }

    /// Its hash in hexadecimal digits. From then on the length of a file is known.
    pub(crate) async fn hash(&mut self, algorithm: Algorithm) -> Result<String, Error> {
        let path = match &self.content {
            Content::Bytes(bytes) => return Ok(algorithm.hash(bytes)),
            Content::Named(path) => path,
            Content::File(file) => &file.path,
        };
        let path = Arc::clone(path);
        let file = Arc::clone(&path);
        let outcome = aside(move || hash_file(algorithm, &file)).await;
        let (hash, length) =
            outcome.map_err(|error| Error::new(ErrorKind::File, format!("{}: {error}", path.display())))?;
        self.content = match length {
            0 => Content::Bytes(Bytes::new()),
            length => Content::File(FilePart { path, length }),
        };
        Ok(hash)
    }
}

/// Reads on a thread where waiting is allowed. Outside of tokio there is no other thread.
async fn aside<T: Send + 'static>(read: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match Handle::try_current() {
        Ok(runtime) => {
            let outcome = runtime.spawn_blocking(read).await;
            outcome.unwrap_or_else(|_| Err(io::Error::other("reading was given up")))
        }
        Err(_) => read(),
    }
}

/// The content of a file: all of it, or as many bytes as it is known to have.
fn read_file(path: &Path, length: Option<u64>) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    open(path)?.take(length.unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    if length.is_some_and(|length| length > bytes.len() as u64) {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file has become shorter"));
    }
    Ok(bytes.into())
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self { content: Content::Bytes(bytes) }
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for RequestBody {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl<const N: usize> From<&'static [u8; N]> for RequestBody {
    fn from(bytes: &'static [u8; N]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for RequestBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl Default for RequestBody {
    /// Nothing.
    fn default() -> Self {
        Bytes::new().into()
    }
}

impl Debug for RequestBody {
    /// Prints how much it is, and not what.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(length) => write!(f, "RequestBody({length} bytes)"),
            None => f.write_str("RequestBody(a file)"),
        }
    }
}
