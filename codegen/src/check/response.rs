//! Checks what is particular about responses: headers, bytes.

use crate::diagnostic::Code;
use crate::read::OperationFile;
use crate::spec::{ResponseKind, Type};

use super::{Context, Problem, parameters, types, visit};

pub(super) fn check(file: &OperationFile, context: &mut Context<'_>) {
    let (response, node) = (&file.operation.response, file.node.at("response"));
    for (index, header) in response.headers.iter().enumerate() {
        let at = node.element("headers", index);
        let about = format!("headers.{}", header.name);
        types::name(&header.name, at, &about, context);
        types::not_certain(&header.schema, at, &about, context);
        parameters::star(&header.name, &header.schema, at, &about, context);
        if response.headers[..index].iter().any(|other| other.name.eq_ignore_ascii_case(&header.name)) {
            let problem = Problem::new(
                format!("there are two headers `{}`", header.name),
                "the second one",
                "keep one of them; upper and lower case are the same in headers",
            );
            context.report(Code::Duplicate, at.at("name"), &about, problem);
        }
    }
    if response.kind == Some(ResponseKind::Events) && !response.headers.is_empty() {
        let problem = Problem::new(
            "results in headers do not go with a stream of events",
            "of which event?",
            "take them out; a note can tell of them",
        );
        context.report(Code::WrongShape, node.at("headers"), "headers", problem);
    }
    if response.schema.kind() != Some(Type::Binary) {
        visit::schema(&response.schema, node, "", &mut |visited| {
            parameters::no_bytes(visited.schema, visited.node, &visited.about, context);
        });
    }
}
