//! Writes what arrives to a file, on a thread of its own, and adds it up there.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::checksum::Checksum;
use super::identity::Identity;
use super::place::file_error;
use crate::error::{Error, ErrorKind};

/// How many pieces may wait to be written. Pieces have half a megabyte at most.
const QUEUE: usize = 16;

/// How many pieces of each of several parts may wait: together they are not to take more than a whole file does.
const PART_QUEUE: usize = 4;

/// How much is read at a time, in bytes.
const READ_BUFFER: usize = 256 * 1024;

/// A file that is being written.
pub(super) struct Writer {
    queue: mpsc::Sender<Bytes>,
    thread: JoinHandle<io::Result<Checksum>>,
    path: PathBuf,
}

impl Writer {
    /// Writes from `offset` on, and adds up the file from its first byte; what is behind `offset` is cut off.
    pub(super) fn whole(path: &Path, offset: u64, identity: Identity) -> Self {
        let file = path.to_owned();
        Self::start(path, QUEUE, move |queue| write_whole(&file, offset, &identity, queue))
    }

    /// Writes a part of a file that is there, and adds nothing up.
    pub(super) fn part(path: &Path, offset: u64) -> Self {
        let file = path.to_owned();
        Self::start(path, PART_QUEUE, move |queue| {
            let mut file = OpenOptions::new().write(true).open(file)?;
            file.seek(SeekFrom::Start(offset))?;
            write_all(&mut file, &mut Checksum::default(), queue)?;
            Ok(Checksum::default())
        })
    }

    fn start(
        path: &Path,
        waiting: usize,
        write: impl FnOnce(mpsc::Receiver<Bytes>) -> io::Result<Checksum> + Send + 'static,
    ) -> Self {
        let (queue, pieces) = mpsc::channel(waiting);
        Self { queue, thread: spawn_blocking(move || write(pieces)), path: path.to_owned() }
    }

    /// Has a piece written. Waits while there are too many.
    pub(super) async fn write(&mut self, bytes: Bytes) -> Result<(), Error> {
        if self.queue.send(bytes).await.is_ok() {
            return Ok(());
        }
        // The thread has ended, which it only does when it fails.
        let outcome = (&mut self.thread).await;
        Err(finished(&self.path, outcome)
            .err()
            .unwrap_or_else(|| Error::new(ErrorKind::File, "the file has been closed")))
    }

    /// Waits until all is written, and returns what it adds up to.
    pub(super) async fn finish(self) -> Result<Checksum, Error> {
        let Self { queue, thread, path } = self;
        drop(queue);
        finished(&path, thread.await)
    }
}

/// The sums of a file that is there.
pub(super) async fn sums_of(path: &Path, identity: &Identity) -> Result<Checksum, Error> {
    let (file, identity) = (path.to_owned(), identity.clone());
    let read = spawn_blocking(move || {
        let mut sums = Checksum::wanted_by(&identity);
        add_up(&mut File::open(&file)?, u64::MAX, &mut sums)?;
        Ok(sums)
    });
    finished(path, read.await)
}

fn finished(path: &Path, outcome: Result<io::Result<Checksum>, tokio::task::JoinError>) -> Result<Checksum, Error> {
    match outcome {
        Ok(outcome) => outcome.map_err(|error| file_error(path, &error)),
        Err(_) => Err(Error::new(ErrorKind::File, format!("{}: writing was given up", path.display()))),
    }
}

fn write_whole(path: &Path, offset: u64, identity: &Identity, queue: mpsc::Receiver<Bytes>) -> io::Result<Checksum> {
    let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
    file.set_len(offset)?;
    let mut sums = Checksum::wanted_by(identity);
    add_up(&mut file, offset, &mut sums)?;
    file.seek(SeekFrom::Start(offset))?;
    write_all(&mut file, &mut sums, queue)?;
    Ok(sums)
}

fn write_all(file: &mut File, sums: &mut Checksum, mut queue: mpsc::Receiver<Bytes>) -> io::Result<()> {
    while let Some(bytes) = queue.blocking_recv() {
        sums.add(&bytes);
        file.write_all(&bytes)?;
    }
    Ok(())
}

fn add_up(file: &mut File, length: u64, sums: &mut Checksum) -> io::Result<()> {
    let mut buffer = vec![0; READ_BUFFER];
    let mut rest = file.take(length);
    loop {
        match rest.read(&mut buffer)? {
            0 => return Ok(()),
            count => sums.add(&buffer[..count]),
        }
    }
}
