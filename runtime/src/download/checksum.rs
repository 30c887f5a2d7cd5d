//! What the bytes of a file add up to.

use crc64fast::Digest as Crc64;
use md5::{Digest as _, Md5};

use super::identity::Identity;

/// The sums of the bytes so far: those that will be compared, and no others.
#[derive(Clone, Default)]
pub(super) struct Checksum {
    crc64: Option<Crc64>,
    md5: Option<Md5>,
    bytes: u64,
}

impl Checksum {
    /// The sums that a file is to be compared with.
    pub(super) fn wanted_by(identity: &Identity) -> Self {
        Self { crc64: identity.crc64.map(|_| Crc64::new()), md5: identity.md5.map(|_| Md5::new()), bytes: 0 }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        if let Some(crc64) = &mut self.crc64 {
            crc64.write(bytes);
        }
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
        self.bytes += bytes.len() as u64;
    }

    /// Whether all bytes have been added, and the sums are those that the server told. Says what differs.
    pub(super) fn verify(&self, identity: &Identity) -> Result<(), String> {
        if let Some(length) = identity.length.filter(|length| *length != self.bytes) {
            return Err(format!("{} of {length} bytes arrived", self.bytes));
        }
        if let (Some(expected), Some(crc64)) = (identity.crc64, &self.crc64)
            && crc64.sum64() != expected
        {
            return Err(format!("its CRC-64 is {}, the server says {expected}", crc64.sum64()));
        }
        if let (Some(expected), Some(md5)) = (identity.md5, &self.md5)
            && <[u8; 16]>::from(md5.clone().finalize()) != expected
        {
            return Err("its MD5 is not the one that the server says".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_what_was_told() {
        let mut told = Identity { length: Some(9), crc64: Some(0x995D_C9BB_DF19_39FA), ..Identity::default() };
        told.md5 = Some(Md5::digest(b"123456789").into());
        let mut sum = Checksum::wanted_by(&told);
        sum.add(b"1234");
        assert_eq!(sum.verify(&told).unwrap_err(), "4 of 9 bytes arrived");
        sum.add(b"56789");
        assert_eq!(sum.verify(&told), Ok(()));
        let wrong = Identity { crc64: Some(1), ..told.clone() };
        assert_eq!(sum.verify(&wrong).unwrap_err(), "its CRC-64 is 11051210869376104954, the server says 1");
        let wrong = Identity { md5: Some([0; 16]), ..told };
        assert_eq!(sum.verify(&wrong).unwrap_err(), "its MD5 is not the one that the server says");
        assert_eq!(sum.verify(&Identity::default()), Ok(()));
    }
}
