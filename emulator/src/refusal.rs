//! What the service says to a request that it refuses.

use serde_json::{Value, json};

/// A refused request: the HTTP status, the code and the message of the reply.
#[derive(Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into() }
    }

    /// Something that the service cannot do without.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(400, format!("Missing{name}"), format!("{name} is mandatory for this action."))
    }

    /// A value that is not of its type.
    pub(crate) fn invalid(name: &str) -> Self {
        Self::new(400, format!("Invalid{name}"), format!("Specified parameter {name} is not valid."))
    }

    /// A signature that cannot be judged, and why.
    pub(crate) fn incomplete(why: &str) -> Self {
        let message = format!("The request signature does not conform to Aliyun standards. {why}");
        Self::new(400, "IncompleteSignature", message)
    }

    /// The body of the reply.
    pub(crate) fn body(&self, request_id: &str, host: &str, product: &str) -> Value {
        json!({
            "RequestId": request_id,
            "HostId": host,
            "Code": self.code,
            "Message": self.message,
            "Recommend": format!(
                "https://api.aliyun.com/troubleshoot?q={}&product={product}&requestId={request_id}",
                self.code,
            ),
        })
    }
}
