//! What the service says when it fails, in whatever form.

use crate::error::AccessDenied;
use crate::json::{Document, Json};
use crate::line::shorten;
use crate::xml;

/// What an error reply says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) recommend: Option<String>,
    pub(crate) access_denied: Option<AccessDenied>,
}

/// The spellings of the request id.
pub(crate) const REQUEST_ID: [&str; 5] = ["RequestId", "requestId", "RequestID", "requestid", "request_id"];

/// Reads the body of an error reply: JSON, XML, or the first line of anything else.
pub(crate) fn read(body: &str) -> ServiceError {
    let body = body.trim_start_matches('\u{feff}').trim();
    if body.starts_with('{')
        && let Ok(document) = Document::parse(body.to_owned())
    {
        return from_json(document.root());
    }
    if body.starts_with('<') {
        let code = xml::element(body, "Code");
        if code.is_some() {
            return ServiceError {
                code,
                message: xml::element(body, "Message"),
                request_id: REQUEST_ID.iter().find_map(|name| xml::element(body, name)),
                recommend: xml::element(body, "Recommend"),
                access_denied: None,
            };
        }
        // A page for people: its title says most.
        let title = xml::element(body, "title").or_else(|| xml::element(body, "h1"));
        return ServiceError { message: title.or_else(|| first_line(body)), ..ServiceError::default() };
    }
    ServiceError { message: first_line(body), ..ServiceError::default() }
}

/// What an object says that is an error, or the reply of a call that failed.
pub(crate) fn from_json(root: Json<'_>) -> ServiceError {
    // Some gateways put the error into an object of its own.
    let inner = ["Error", "error"].iter().find_map(|name| root.pointer(name)).filter(|value| value.is_object());
    let find = |names: &[&str]| [inner, Some(root)].into_iter().flatten().find_map(|object| first_text(object, names));
    let detail = ["AccessDeniedDetail", "accessDeniedDetail"]
        .iter()
        .find_map(|name| inner.and_then(|inner| inner.pointer(name)).or_else(|| root.pointer(name)));
    ServiceError {
        code: find(&["Code", "code", "ErrorCode", "errorCode", "ErrCode"]),
        message: find(&["Message", "message", "ErrorMessage", "errorMessage", "ErrMessage"]),
        request_id: find(&REQUEST_ID),
        recommend: find(&["Recommend", "recommend"]),
        access_denied: detail.filter(|detail| detail.is_object()).map(access_denied),
    }
}

/// The first of the fields that has text in it.
pub(crate) fn first_text(object: Json<'_>, paths: &[&str]) -> Option<String> {
    paths
        .iter()
        .filter_map(|path| object.pointer(path))
        .filter(|value| !value.is_null() && !value.is_container())
        .find_map(|value| value.text().filter(|text| !text.is_empty()))
        .map(std::borrow::Cow::into_owned)
}

fn access_denied(detail: Json<'_>) -> AccessDenied {
    let text = |name: &str| first_text(detail, &[name]).unwrap_or_default();
    AccessDenied {
        action: text("AuthAction"),
        principal_type: text("AuthPrincipalType"),
        principal: text("AuthPrincipalDisplayName"),
        no_permission_type: text("NoPermissionType"),
        policy_type: text("PolicyType"),
        encoded_diagnostic_message: text("EncodedDiagnosticMessage"),
    }
}

fn first_line(body: &str) -> Option<String> {
    body.lines().map(|line| shorten(line, 200)).find(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        for (body, code, message, request_id) in [
            (r#"{"Code":"A","Message":"m","RequestId":"r"}"#, Some("A"), Some("m"), Some("r")),
            (r#"{"code":400,"message":"m","requestid":"r"}"#, Some("400"), Some("m"), Some("r")),
            (r#"{"Code":"","code":"B","request_id":"r"}"#, Some("B"), None, Some("r")),
            (r#"{"Error":{"Code":"C","Message":"m"},"RequestId":"r"}"#, Some("C"), Some("m"), Some("r")),
            (
                "<?xml?><Error><Code>D</Code><Message>m</Message><RequestId>r</RequestId></Error>",
                Some("D"),
                Some("m"),
                Some("r"),
            ),
            ("<html><head><title>502 Bad Gateway</title></head></html>", None, Some("502 Bad Gateway"), None),
            ("\n  upstream down \nmore", None, Some("upstream down"), None),
            ("", None, None, None),
            ("[1]", None, Some("[1]"), None),
            ("null", None, Some("null"), None),
            (r#"{"Code":"#, None, Some(r#"{"Code":"#), None),
        ] {
            let error = read(body);
            assert_eq!(
                (error.code.as_deref(), error.message.as_deref(), error.request_id.as_deref()),
                (code, message, request_id),
                "{body}"
            );
        }
    }

    #[test]
    fn reads_which_permission_is_missing() {
        let body = r#"{"Code":"NoPermission","AccessDeniedDetail":{"AuthAction":"ecs:X","PolicyType":"P","Other":1}}"#;
        let denied = read(body).access_denied.unwrap();
        assert_eq!((denied.action.as_str(), denied.policy_type.as_str()), ("ecs:X", "P"));
    }
}
