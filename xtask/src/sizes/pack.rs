//! How large files are once they are packed as `cargo package` packs them: a tar archive, compressed with gzip.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The block of a tar archive: a header for each file, and what its content is filled up to.
const BLOCK: usize = 512;

/// The length of files in bytes, as they are and packed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Size {
    /// As they are.
    pub plain: u64,
    /// Packed.
    pub packed: u64,
}

/// Measures files, pairs of a path and what is in them, packed in this order.
pub fn size<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Size {
    let mut plain = 0;
    let mut any = false;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    for (path, content) in files {
        plain += content.len() as u64;
        any = true;
        let mut header = [0; BLOCK];
        let name = path.as_bytes().iter().take(100);
        header.iter_mut().zip(name).for_each(|(to, from)| *to = *from);
        // Owner, mode and time are the same in all headers of a package, so that zeros stand for them.
        let size = format!("{:011o}", content.len());
        header[124..124 + size.len().min(12)].copy_from_slice(&size.as_bytes()[..size.len().min(12)]);
        let filled = [0; BLOCK];
        let fill = &filled[..content.len().next_multiple_of(BLOCK) - content.len()];
        for part in [&header, content, fill] {
            // A vector takes everything that is written.
            drop(packed.write_all(part));
        }
    }
    if !any {
        return Size::default();
    }
    Size { plain, packed: packed.finish().map_or(0, |bytes| bytes.len() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_itself_packs_well_and_what_does_not_does_not() {
        let text = "pub fn describe(&self) {}\n".repeat(4_000);
        let same = size([("src/a.rs", text.as_bytes())]);
        assert_eq!(same.plain, text.len() as u64);
        assert!(same.packed < same.plain / 100, "{same:?}");

        // A linear congruence is as good as noise for a compressor.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(100_000)
        .collect();
        let noise = size([("src/a.rs", noise.as_slice())]);
        assert!(noise.packed > noise.plain, "{noise:?}");
        assert_eq!(size([]), Size::default());
    }
}
