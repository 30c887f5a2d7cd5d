//! Where a download is written to, and nowhere else.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::link::file_name;
use super::source::Source;
use super::state::State;
use crate::error::{Error, ErrorKind};

/// The three files of a download, all in one folder.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file, once it is complete and verified.
    pub(super) file: PathBuf,
    /// Its data until then.
    pub(super) part: PathBuf,
    /// What is known of that data.
    pub(super) state: PathBuf,
}

impl Place {
    /// The place for the file `path`; in the folder `path`, if it is one, with the name that the link has.
    pub(super) async fn find(source: &Source, path: PathBuf) -> Result<Self, Error> {
        let file = if is_folder(&path) {
            let link = source.link(None).await?;
            let name = file_name(&link.url).map_err(|wrong| Error::new(ErrorKind::Download, wrong))?;
            path.join(name)
        } else {
            path
        };
        let place = Self::of(file)?;
        place.check()?;
        Ok(place)
    }

    fn of(file: PathBuf) -> Result<Self, Error> {
        let Some(name) = file.file_name() else {
            return Err(Error::new(ErrorKind::File, format!("{} does not name a file", file.display())));
        };
        let beside = |ending: &str| {
            let mut name = OsString::from(name);
            name.push(ending);
            file.with_file_name(name)
        };
        Ok(Self { part: beside(".part"), state: beside(".part.state"), file })
    }

    /// What is not a file would lead the data elsewhere: a symbolic link into another folder, a device.
    fn check(&self) -> Result<(), Error> {
        for path in [&self.part, &self.state] {
            if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
                let message = format!("{}: it is not a file, and would be written to", path.display());
                return Err(Error::new(ErrorKind::File, message));
            }
        }
        Ok(())
    }

    /// Makes the folder, if it is not there.
    pub(super) fn make_folder(&self) -> Result<(), Error> {
        match self.file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => fs::create_dir_all(folder).map_err(|error| file_error(folder, &error)),
            None => Ok(()),
        }
    }

    /// Notes what is known of the data.
    pub(super) fn save(&self, state: &State) -> Result<(), Error> {
        state.save(&self.state).map_err(|error| file_error(&self.state, &error))
    }

    /// That the data is not what the server said.
    pub(super) fn not_the_file(&self, why: &str) -> Error {
        Error::new(ErrorKind::Download, format!("{} is not what was sent: {why}", self.file.display()))
    }

    /// Gives the data its name, and forgets the state.
    pub(super) fn complete(&self) -> Result<(), Error> {
        fs::rename(&self.part, &self.file).map_err(|error| file_error(&self.file, &error))?;
        // It is of no use any more, and harms nobody.
        let _ = fs::remove_file(&self.state);
        Ok(())
    }

    /// Removes what is there of a file that will not be completed.
    pub(super) fn discard(&self) {
        // The error before this is what matters; there may be nothing to remove.
        let _ = fs::remove_file(&self.state);
        let _ = fs::remove_file(&self.part);
    }
}

/// Whether a path is that of a folder: there is one, or it ends as only paths of folders do.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// What went wrong with a file, in one line.
pub(super) fn file_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::File, format!("{}: {error}", path.display()))
}
