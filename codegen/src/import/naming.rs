//! What names tell, alike for metadata and for help pages: their words, a sentence, whether something only reads, and
//! whether it is a secret.

pub(super) mod reads;
pub(super) mod secret;
pub(super) mod summary;
pub(super) mod words;
