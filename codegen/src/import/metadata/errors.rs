//! The documented errors.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::ErrorCode;

use super::json::{self, Object};

/// The errors by status, in the order of the document.
pub(super) fn read(api: &Object, notes: &mut Notes) -> Vec<ErrorCode> {
    let mut errors: Vec<ErrorCode> = Vec::new();
    for (key, list) in json::object(api, "errorCodes").into_iter().flatten() {
        let status = key.parse::<u16>().ok().filter(|status| (100..=599).contains(status));
        if status.is_none() {
            notes.say(Code::StatusDropped, "errors", format!("`{key}` is no status of HTTP: its errors have none"));
        }
        for error in list.as_array().into_iter().flatten().filter_map(Value::as_object) {
            let code = json::printed(error.get("errorCode")).unwrap_or_default();
            let message = json::printed(error.get("errorMessage")).filter(|message| !message.trim().is_empty());
            let error = ErrorCode { status, code, message, from: None };
            if !error.code.trim().is_empty() && !errors.contains(&error) {
                errors.push(error);
            }
        }
    }
    errors
}
