//! What a request carries.

use super::Wire;
use crate::encode::Encode;
use crate::error::Error;
use crate::pairs::Pairs;
use crate::percent::Space;
use crate::request_body::RequestBody;
use crate::sign::Algorithm;
use crate::xml;

/// What a request carries.
#[derive(Clone)]
pub(crate) enum Body {
    Nothing,
    Form(Pairs),
    Json(String),
    Xml(String),
    /// Bytes as they are, with a content type or none. The hash is there when it had to be computed from a file.
    Raw {
        body: RequestBody,
        content_type: Option<&'static str>,
        hash: Option<String>,
    },
}

impl Wire {
    /// Makes the value the JSON document that is sent. Nothing is sent if it is unset.
    pub fn body_json(&mut self, value: &dyn Encode) {
        if let Some(text) = self.json_text(value) {
            self.body = Body::Json(text);
        }
    }

    /// Sends text that is JSON already, as it is. Nothing is sent if it is unset.
    pub fn body_json_text(&mut self, value: &dyn Encode) {
        if let Some(text) = self.plain_text(value) {
            self.body = Body::Json(text);
        }
    }

    /// Makes the value the XML document that is sent: the element `root`, in which fields are elements, and the elements
    /// of a list are repeated elements. Nothing is sent if it is unset.
    pub fn body_xml(&mut self, root: &str, value: &dyn Encode) {
        if let Some(document) = self.document(value) {
            match xml::write(root, document.root()) {
                Ok(text) => self.body = Body::Xml(text),
                Err(problem) => {
                    self.problem.get_or_insert(problem);
                }
            }
        }
    }

    /// Sends bytes as they are, with this content type or none. Nothing is sent if there are none.
    pub fn body(&mut self, body: Option<&RequestBody>, content_type: Option<&'static str>) {
        if let Some(body) = body {
            self.body = Body::Raw { body: body.clone(), content_type, hash: None };
        }
    }

    /// Reads the files that are sent, for their hash.
    pub(crate) async fn hash_file(&mut self, algorithm: Algorithm) -> Result<(), Error> {
        if let Body::Raw { body, hash, .. } = &mut self.body {
            *hash = Some(body.hash(algorithm).await?);
        }
        Ok(())
    }

    /// Whether the body is in a file.
    pub(crate) fn has_file(&self) -> bool {
        matches!(&self.body, Body::Raw { body, .. } if body.file_path().is_some())
    }
}

/// The form that `body` is made.
pub(super) fn form_pairs(body: &mut Body) -> Option<&mut Pairs> {
    if !matches!(body, Body::Form(_)) {
        *body = Body::Form(Pairs::new(Space::Plus));
    }
    match body {
        Body::Form(pairs) => Some(pairs),
        _ => None,
    }
}
