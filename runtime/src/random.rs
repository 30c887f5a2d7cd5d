//! Random bits for nonces and client tokens.

use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Where nonces and client tokens come from; tests bring their own.
pub trait Random: Debug + Send + Sync + 'static {
    /// Bits that have not been returned before.
    fn bits(&self) -> u128;
}

/// A keyed hash of a counter. The keys are random, the counter makes every value differ; nothing is asked of
/// the operating system after the start. Not for secrets.
#[derive(Debug)]
pub struct SystemRandom {
    keys: RandomState,
    counter: AtomicU64,
}

impl SystemRandom {
    /// Keys and a starting point that no other source has.
    #[must_use]
    pub fn new() -> Self {
        let keys = RandomState::new();
        let start = keys.hash_one(std::process::id());
        Self { keys, counter: AtomicU64::new(start) }
    }
}

impl Default for SystemRandom {
    fn default() -> Self {
        Self::new()
    }
}

impl Random for SystemRandom {
    fn bits(&self) -> u128 {
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        u128::from(self.keys.hash_one(count)) << 64 | u128::from(count)
    }
}

/// `bits` as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bits: u128) -> [u8; 32] {
    let mut digits = [0; 32];
    for (digit, byte) in digits.chunks_exact_mut(2).zip(bits.to_be_bytes()) {
        digit[0] = HEXADECIMAL[usize::from(byte >> 4)];
        digit[1] = HEXADECIMAL[usize::from(byte & 0xf)];
    }
    digits
}

const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_32_digits() {
        assert_eq!(&hexadecimal(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef), b"0123456789abcdef0123456789abcdef");
        assert_eq!(hexadecimal(0), [b'0'; 32]);
    }

    #[test]
    fn never_repeats() {
        let (one, other) = (SystemRandom::new(), SystemRandom::new());
        let mut seen: Vec<u128> = (0..1000).flat_map(|_| [one.bits(), other.bits()]).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 2000);
    }
}
