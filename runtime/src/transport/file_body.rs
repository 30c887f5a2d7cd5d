//! A file as the body of a request, read while it is sent.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead as _, ReadBuf};

use crate::request_body::FilePart;

/// How much is read at a time, in bytes.
const READ_BUFFER: usize = 64 * 1024;

/// A file on its way. Exactly as much of it is sent as was hashed.
pub(super) struct FileBody {
    path: Arc<Path>,
    file: File,
    buffer: Vec<u8>,
    left: u64,
}

impl FileBody {
    pub(super) async fn open(part: &FilePart) -> Result<Self, FileError> {
        let file = File::open(&part.path).await.map_err(|error| FileError::new(&part.path, &error))?;
        Ok(Self { path: Arc::clone(&part.path), file, buffer: vec![0; READ_BUFFER], left: part.length })
    }
}

/// Why the file cannot be sent.
#[derive(Debug)]
pub(super) struct FileError(String);

impl FileError {
    fn new(path: &Path, why: &dyn Display) -> Self {
        Self(format!("{}: {why}", path.display()))
    }
}

impl Display for FileError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FileError {}

impl Body for FileBody {
    type Data = Bytes;
    type Error = FileError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, FileError>>> {
        let this = &mut *self;
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let wanted = usize::try_from(this.left).unwrap_or(READ_BUFFER).min(READ_BUFFER);
        let mut piece = ReadBuf::new(&mut this.buffer[..wanted]);
        let read: io::Result<()> = ready!(Pin::new(&mut this.file).poll_read(context, &mut piece));
        if let Err(error) = read {
            return Poll::Ready(Some(Err(FileError::new(&this.path, &error))));
        }
        let piece = piece.filled();
        if piece.is_empty() {
            return Poll::Ready(Some(Err(FileError::new(&this.path, &"the file has become shorter"))));
        }
        this.left -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(Bytes::copy_from_slice(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
