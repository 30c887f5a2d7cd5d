//! Responses without a call.

use super::Reply;
use crate::attempts::transport_error;
use crate::error::Error;
use crate::json::Document;
use crate::reply::{DecodeReply, Reply as Decodable};

/// The typed response that a reply is decoded into. Responses cannot be constructed field by field, since fields are
/// added to them: this is how a test comes by one. Whether the reply means success is not looked at.
///
/// ```
/// use alicloud_runtime::testing::response;
///
/// let numbers: Vec<i64> = response("[1, 2]")?;
/// assert_eq!(numbers, [1, 2]);
/// # Ok::<(), alicloud_runtime::Error>(())
/// ```
///
/// # Errors
///
/// When the reply lacks what the response calls certain or is something else altogether, and when it is a failure on
/// the way. A body that begins with `<` and is XML is read as a reply in XML is; one that is neither is a text.
pub fn response<T: DecodeReply>(reply: impl Into<Reply>) -> Result<T, Error> {
    let (status, headers, body) = reply.into().into_parts().map_err(|error| transport_error(&error))?;
    let text = String::from_utf8_lossy(&body).into_owned();
    let document = if text.trim().is_empty() {
        Document::empty()
    } else if let Some(document) = xml(&text) {
        document
    } else {
        Document::parse(text).unwrap_or_else(|(_, text)| Document::plain(text))
    };
    let mut reply = Decodable::new(document, status, headers, 1);
    reply.bytes = body;
    reply.decode()
}

/// The document, if the text is one in XML.
fn xml(text: &str) -> Option<Document> {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<').then(|| Document::parse_xml(text).ok()).flatten()
}
