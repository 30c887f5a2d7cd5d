//! Checks the parameters of an operation, and what they need of one another.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::read::{Node, OperationFile};
use crate::spec::{Location, Parameter, ParameterStyle, Schema, Type};

use super::types::{self, is_scalar};
use super::{Context, Problem, visit};

pub(super) fn check(file: &OperationFile, context: &mut Context<'_>) {
    let mut seen = HashSet::new();
    for (index, parameter) in file.operation.parameters.iter().enumerate() {
        let node = file.node.element("parameters", index);
        one(parameter, node, context);
        types::name(&parameter.name, node, &format!("parameters.{}", parameter.name), context);
        header_name(parameter, node, context);
        where_it_travels(parameter, node, context);
        if !seen.insert((parameter.location as u8, &parameter.name)) {
            let name = &parameter.name;
            let problem = Problem::new(
                format!("there are two parameters `{name}`"),
                "the second one",
                "merge them; it is required if one of them is",
            );
            context.report(Code::Duplicate, node.at("name"), &format!("parameters.{name}"), problem);
        }
    }
    one_body(file, context);
    placeholders(file, context);
    requirements(file, context);
}

/// What goes only where it travels: stars, bytes, XML, and what is in front of the host.
fn where_it_travels(parameter: &Parameter, node: &Node, context: &mut Context<'_>) {
    let about = format!("parameters.{}", parameter.name);
    if parameter.location == Location::Header {
        star(&parameter.name, &parameter.schema, node, &about, context);
    }
    let is_body = parameter.location == Location::Body;
    if !(is_body && parameter.schema.kind() == Some(Type::Binary)) {
        visit::schema(&parameter.schema, node, &about, &mut |visited| {
            no_bytes(visited.schema, visited.node, &visited.about, context);
        });
    }
    if parameter.style == Some(ParameterStyle::Xml) && !is_body {
        let problem = Problem::new("XML is a whole body", "not a body", "use `json`, or `in: body`");
        context.report(Code::WrongShape, node.at("style"), &about, problem);
    }
    if parameter.location == Location::Host && !parameter.schema.required {
        let problem = Problem::new(
            format!("`{}` is in the host but not required", parameter.name),
            "there is no host without it",
            "add `required: true`",
        );
        context.report(Code::WrongPath, node.at("in"), &about, problem);
    }
}

/// A star in the name of a header stands for the keys of a map.
pub(super) fn star(name: &str, schema: &Schema, node: &Node, about: &str, context: &mut Context<'_>) {
    let is_map = context.product.product.follow(schema).kind() == Some(Type::Map);
    let has_star = name.contains('*');
    if name == "*" {
        let problem = Problem::new(
            "`*` could be any header",
            "nothing before the star",
            "write what the names begin with, such as `x-meta-*`",
        );
        return context.report(Code::WrongShape, node.at("name"), about, problem);
    }
    if has_star != is_map || (has_star && name.find('*') != Some(name.len() - 1)) {
        let problem = Problem::new(
            format!("`{name}` is either one header or a map of headers"),
            if is_map { "a map, whose keys are the end of the name" } else { "one value" },
            "a map of headers ends in `*` and has `entries`; nothing else has either",
        );
        context.report(Code::WrongShape, node.at("name"), about, problem);
    }
}

/// Bytes are a whole body, never a part of something.
pub(super) fn no_bytes(schema: &Schema, node: &Node, about: &str, context: &mut Context<'_>) {
    if schema.kind() == Some(Type::Binary) {
        let problem = Problem::new(
            "bytes are a whole body, never a part of something",
            "a part",
            "write `type: string`; what is base64 is text",
        );
        context.report(Code::WrongShape, node.at("type"), about, problem);
    }
}

/// A request has one body: one parameter that is all of it, or a form.
fn one_body(file: &OperationFile, context: &mut Context<'_>) {
    let parameters = || file.operation.parameters.iter().enumerate();
    let mut bodies = parameters().filter(|(_, parameter)| parameter.location == Location::Body);
    let first = bodies.next();
    let form = parameters().find(|(_, parameter)| parameter.location == Location::Form);
    if let Some((index, parameter)) = bodies.next().or(first.and(form)) {
        let problem = Problem::new(
            "the request has two bodies",
            "another one",
            "keep one parameter with `in: body`, or put all of them `in: form`",
        );
        let node = file.node.element("parameters", index);
        context.report(Code::WrongShape, node.at("in"), &format!("parameters.{}", parameter.name), problem);
    }
}

/// The name of a header is a token of HTTP; a star stands for any end of it.
fn header_name(parameter: &Parameter, node: &Node, context: &mut Context<'_>) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if parameter.location == Location::Header && !parameter.name.chars().all(is_token) {
        let problem = Problem::new(
            format!("no header can be called {:?}", parameter.name),
            "not a token of HTTP",
            "write the name as it is sent; documents sometimes print another dash",
        );
        context.report(Code::BadName, node.at("name"), &format!("parameters.{}", parameter.name), problem);
    }
}

fn one(parameter: &Parameter, node: &Node, context: &mut Context<'_>) {
    let about = format!("parameters.{}", parameter.name);
    let schema = &parameter.schema;
    if schema.required && schema.default.is_some() {
        let problem = Problem::new(
            format!("`{}` is required and has a default", parameter.name),
            "never applies to a required parameter",
            "find out which of the two is right and take the other out",
        );
        context.report(Code::RequiredWithDefault, node.at("default"), &about, problem);
    }
    if matches!(parameter.style, Some(ParameterStyle::Simple))
        && schema.items.as_deref().is_none_or(|items| !is_scalar(items))
    {
        let problem = Problem::new(
            "`style: simple` joins the elements of a list",
            "not a list of plain values",
            "use `json` or `flat`",
        );
        context.report(Code::WrongShape, node.at("style"), &about, problem);
    }
    if parameter.style.is_some() && is_scalar(schema) && schema.kind().is_some() {
        let problem = Problem::new("a plain value has no style", "says nothing", "take it out");
        context.report(Code::StaleOverride, node.at("style"), &about, problem);
    }
}

/// Placeholders of the path and parameters in the path are the same.
fn placeholders(file: &OperationFile, context: &mut Context<'_>) {
    let path = file.operation.path.as_deref().unwrap_or("/");
    let node = file.node.at("path");
    let is_whole = |path: &str| path.starts_with('{') && path.find('}') == Some(path.len() - 1);
    if !path.starts_with('/') && !is_whole(path) {
        let problem = Problem::new(
            format!("the path `{path}` does not begin with `/`"),
            "no path",
            "begin with `/`, or write one placeholder that is the whole path",
        );
        context.report(Code::WrongPath, node, "path", problem);
    }
    let in_path = |parameter: &&Parameter| parameter.location == Location::Path;
    for name in names_in(path) {
        if !file.operation.parameters.iter().filter(in_path).any(|parameter| parameter.name == name) {
            let problem = Problem::new(
                format!("the path has a placeholder `{name}`, but no parameter of that name is `in: path`"),
                "nothing fills it",
                format!("add a parameter `{name}` with `in: path` and `required: true`"),
            );
            context.report(Code::WrongPath, node, "path", problem);
        }
    }
    for (index, parameter) in file.operation.parameters.iter().enumerate() {
        if parameter.location != Location::Path {
            continue;
        }
        let name = &parameter.name;
        let at_parameter = file.node.element("parameters", index);
        if !names_in(path).any(|placeholder| placeholder == name) {
            let problem = Problem::new(
                format!("the path has no placeholder for `{name}`"),
                "goes nowhere",
                format!("add `{{{name}}}` to `path`, or mend `in`"),
            );
            context.report(Code::WrongPath, at_parameter.at("in"), &format!("parameters.{name}"), problem);
        }
        if !parameter.schema.required {
            let problem = Problem::new(
                format!("`{name}` is in the path but not required"),
                "the path is broken without it",
                "add `required: true`",
            );
            context.report(Code::WrongPath, at_parameter.at("in"), &format!("parameters.{name}"), problem);
        }
    }
}

/// The names in braces.
pub(crate) fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Rules name parameters that are there.
fn requirements(file: &OperationFile, context: &mut Context<'_>) {
    for (index, rule) in file.operation.requires.iter().enumerate() {
        let node = file.node.element("requires", index);
        for (key, names) in [("any_of", &rule.any_of), ("all_of", &rule.all_of)] {
            for (position, name) in names.iter().enumerate() {
                known(file, name, node.element(key, position), context);
            }
        }
        if rule.any_of.is_empty() == rule.all_of.is_empty() {
            let problem =
                Problem::new("a rule has either `any_of` or `all_of`", "neither, or both", "write one of the two");
            context.report(Code::WrongShape, node, "requires", problem);
        }
    }
}

/// Reports a parameter that the operation does not have.
pub(super) fn known(file: &OperationFile, name: &str, node: &Node, context: &mut Context<'_>) {
    let names: Vec<&str> = file.operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    if !names.contains(&name) {
        let help = crate::read::suggest(name, &names);
        let problem = Problem::new(format!("there is no parameter `{name}`"), "unknown parameter", help);
        context.report(Code::UnknownParameter, node, name, problem);
    }
}
