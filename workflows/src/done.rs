//! How a workflow ended well.

use alicloud::runtime::DownloadedFile;

use crate::id::Id;

/// What a workflow ended with: the file, and where it came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Done {
    pub(crate) id: Id,
    pub(crate) file: DownloadedFile,
}

impl Done {
    /// The ticket or the task that made the file.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// The ticket, if it was one.
    #[must_use]
    pub fn ticket(&self) -> Option<i64> {
        self.id.ticket()
    }

    /// The task, if it was one.
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        self.id.task()
    }

    /// The file, complete and verified.
    #[must_use]
    pub fn file(&self) -> &DownloadedFile {
        &self.file
    }
}
