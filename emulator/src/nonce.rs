//! Nonces that were used already.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// How long a nonce is remembered: a request may be dated 15 minutes ahead and is then good for 30.
const KEPT: Duration = Duration::from_secs(30 * 60);

/// The nonces of the last half hour, by access key.
#[derive(Default)]
pub(crate) struct Nonces {
    known: HashSet<Arc<(String, String)>>,
    in_order: VecDeque<(SystemTime, Arc<(String, String)>)>,
}

impl Nonces {
    /// Remembers a nonce. False if the access key used it before.
    pub(crate) fn remember(&mut self, access_key_id: &str, nonce: &str, now: SystemTime) -> bool {
        while let Some((seen, _)) = self.in_order.front() {
            // A clock that was set back keeps everything.
            if now.duration_since(*seen).is_ok_and(|age| age > KEPT) {
                if let Some((_, old)) = self.in_order.pop_front() {
                    self.known.remove(&old);
                }
            } else {
                break;
            }
        }
        let entry = Arc::new((access_key_id.to_owned(), nonce.to_owned()));
        let fresh = self.known.insert(Arc::clone(&entry));
        if fresh {
            self.in_order.push_back((now, entry));
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_nonce_once_per_key_and_forgets_it_in_the_end() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut nonces = Nonces::default();
        assert!(nonces.remember("a", "1", start));
        assert!(!nonces.remember("a", "1", start));
        assert!(nonces.remember("b", "1", start));
        assert!(!nonces.remember("a", "1", start + KEPT));
        assert!(nonces.remember("a", "1", start + KEPT + Duration::from_secs(1)));
    }
}
