//! What a product says to a call that makes no sense in its world.

/// A failure of business: the gateway took the call, and the product refuses it.
#[derive(Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Failure {
    /// What the call is about does not exist, or not for this tenant or instance.
    pub(crate) fn unknown(code: &'static str, what: &str) -> Self {
        Self { code, message: format!("The specified {what} does not exist.") }
    }

    /// It exists, and is in no state for this call.
    pub(crate) fn state(code: &'static str, what: &str, state: &str) -> Self {
        Self { code, message: format!("The {what} is in the state {state}, which does not allow this.") }
    }
}
