//! The hash of a file, read piece by piece.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use base16ct::lower;
use sha2::Digest as _;

use super::Algorithm;

/// How much is read at a time, in bytes.
const READ_BUFFER: usize = 256 * 1024;

/// The hash of a file in lower-case hexadecimal digits, and how many bytes it has.
pub(crate) fn hash_file(algorithm: Algorithm, path: &Path) -> io::Result<(String, u64)> {
    let mut file = open(path)?;
    match algorithm {
        Algorithm::HmacSha256 => {
            let mut hash = sha2::Sha256::new();
            let length = pieces(&mut file, |piece| hash.update(piece))?;
            Ok((lower::encode_string(&hash.finalize()), length))
        }
        #[cfg(feature = "sm3")]
        Algorithm::HmacSm3 => {
            let mut hash = sm3::Sm3::new();
            let length = pieces(&mut file, |piece| hash.update(piece))?;
            Ok((lower::encode_string(&hash.finalize()), length))
        }
    }
}

/// Opens a file. A pipe or a device, which may have no end, is refused before: opening it may wait already.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    File::open(path)
}

fn pieces(file: &mut File, mut add: impl FnMut(&[u8])) -> io::Result<u64> {
    let mut buffer = vec![0; READ_BUFFER];
    let mut length = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(length),
            Ok(count) => {
                add(&buffer[..count]);
                length += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
