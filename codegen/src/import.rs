//! Makes specs of what Alibaba Cloud publishes, and says what was guessed and what was corrected.

pub mod write;
