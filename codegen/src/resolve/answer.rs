//! Names what an operation answers.

use crate::read::OperationFile;
use crate::spec::{ResponseKind, Type};

use super::model::{Answer, Body, Direction, Shape};
use super::types::{Taken, Trail, Types};

/// What the reply of an operation is. `base` is the name of the operation as a type.
pub(super) fn resolve<'a>(
    file: &'a OperationFile,
    base: &str,
    headers_type: String,
    types: &mut Types<'a, '_, '_>,
) -> Answer<'a> {
    let response = &file.operation.response;
    let (root, node) = (&response.schema, file.node.at("response"));
    let has_headers = !response.headers.is_empty();
    let body = match response.kind.unwrap_or(ResponseKind::Json) {
        ResponseKind::None if has_headers => Body::Nothing,
        ResponseKind::Binary => Body::Bytes,
        ResponseKind::None => Body::Object(Vec::new()),
        ResponseKind::Text if root.reference.is_none() && root.kind().is_none() => Body::Value(Shape::Text),
        _ if root.reference.is_some() || !matches!(root.kind(), None | Some(Type::Object)) => {
            // The reply has no name of its own; its parts are called after the operation.
            let name = match root.kind() {
                Some(Type::List) => format!("{base}Item"),
                Some(Type::Map) => format!("{base}Entry"),
                _ => format!("{base}Value"),
            };
            Body::Value(types.shape(root, node, Trail { name: &name, above: None }, Direction::Received))
        }
        _ => Body::Object(types.members(&root.fields, node, None, Direction::Received)),
    };
    let mut taken = match &body {
        Body::Object(members) => members.iter().map(|member| (member.name.clone(), String::new())).collect(),
        Body::Value(_) | Body::Bytes => Taken::from([("body".to_owned(), String::new())]),
        Body::Nothing => Taken::new(),
    };
    let mut headers_field = "headers".to_owned();
    while taken.contains_key(&headers_field) {
        headers_field.push('_');
    }
    taken.clear();
    let headers = types.members_at("headers", &response.headers, node, None, Direction::Received, &mut taken);
    Answer { body, headers, headers_type, headers_field }
}
