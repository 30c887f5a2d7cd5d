//! Checks waiters, pagers, links and envelopes: their paths lead somewhere, their states are documented.

use crate::diagnostic::Code;
use crate::read::{Node, OperationFile, ProductFolder};
use crate::spec::{Asynchronous, Envelope, Link, Pager, PagerStyle, Path, ResponseKind, Schema, Type, Waiter};

use super::also;
use super::types::known_source;
use super::{Context, Problem, parameters};

pub(super) fn check<'a>(file: &'a OperationFile, context: &mut Context<'a>) {
    for (name, waiter) in &file.operation.waiters {
        if let Some(node) = file.node.get("waiters").and_then(|waiters| waiters.get(name)) {
            check_waiter(file, name, waiter, node, context);
        }
    }
    if let (Some(pager), Some(node)) = (&file.operation.pager, file.node.get("pager")) {
        check_pager(file, pager, node, context);
    }
    if let (Some(link), Some(node)) = (&file.operation.link, file.node.get("link")) {
        check_link(file, link, node, "link", context);
    }
    for (name, link) in &file.operation.links {
        if let Some(node) = file.node.get("links").and_then(|links| links.get(name)) {
            check_link(file, link, node, &format!("links.{name}"), context);
        }
    }
    if let (Some(asynchronous), Some(node)) = (&file.operation.asynchronous, file.node.get("asynchronous")) {
        check_follow_up(asynchronous, node, context);
    }
    only_documents(file, context);
    if let (Some(envelope), Some(node)) = (&file.operation.envelope, file.node.get("envelope")) {
        check_envelope(file, envelope, node, context);
    }
    for (index, error) in file.operation.errors.iter().enumerate() {
        if let Some(source) = &error.from {
            known_source(source, file.node.element("errors", index).at("from"), "errors", context);
        }
    }
}

fn check_waiter<'a>(file: &'a OperationFile, name: &str, waiter: &Waiter, node: &Node, context: &mut Context<'a>) {
    let about = format!("waiters.{name}");
    let found = leads(file, &waiter.path, node.at("path"), &about, context);
    if let Some(reason) = &waiter.reason {
        leads(file, reason, node.at("reason"), &about, context);
    }
    for (index, path) in waiter.present.iter().enumerate() {
        leads(file, path, node.element("present", index), &about, context);
    }
    let lists = [("pending", &waiter.pending), ("success", &waiter.success), ("failure", &waiter.failure)];
    let mut states: Vec<(&str, &Node)> = Vec::new();
    for (key, list) in lists {
        states.extend(list.iter().enumerate().map(|(index, state)| (state.as_str(), node.element(key, index))));
    }
    if let Some(needs) = node.get("needs_action") {
        states.extend(
            waiter.needs_action.keys().filter_map(|state| needs.entry(state).map(|(key, _)| (state.as_str(), key))),
        );
    }
    let fold = |text: &str| if waiter.fold_case { text.to_lowercase() } else { text.to_owned() };
    for (index, (state, at_state)) in states.iter().enumerate() {
        if states[..index].iter().any(|(other, _)| fold(other) == fold(state)) {
            let problem =
                Problem::new(format!("the state `{state}` is named twice"), "which of the two?", "keep one of them");
            context.report(Code::UnknownState, at_state, &about, problem);
        }
        let documented = found.map(|schema| &schema.values).filter(|values| !values.is_empty());
        if documented.is_some_and(|values| !values.iter().any(|value| fold(&value.value) == fold(state))) {
            let known: Vec<&str> = documented.into_iter().flatten().map(|value| value.value.as_str()).collect();
            let help = crate::read::suggest(state, &known);
            let problem = Problem::new(format!("`{state}` is not a documented state"), "unknown state", help);
            context.report(Code::UnknownState, at_state, &about, problem);
        }
    }
    let named: Vec<&str> = states.iter().map(|(state, _)| *state).collect();
    for (alias, meant) in &waiter.aliases {
        let Some((key, value)) = node.get("aliases").and_then(|aliases| aliases.entry(alias)) else { continue };
        if named.iter().any(|state| fold(state) == fold(alias)) {
            let problem =
                Problem::new(format!("the state `{alias}` is named twice"), "named above", "keep one of them");
            context.report(Code::UnknownState, key, &about, problem);
        }
        if !named.iter().any(|state| fold(state) == fold(meant)) {
            let help = crate::read::suggest(meant, &named);
            let problem = Problem::new(format!("`{meant}` is no state of this waiter"), "unknown state", help);
            context.report(Code::UnknownState, value, &about, problem);
        }
    }
    if waiter.of.is_some() && !waiter.path.contains("[]") {
        let problem = Problem::new("`of` is about the elements of a list", "there is no list in `path`", "take it out");
        context.report(Code::StaleOverride, node.at("of"), &about, problem);
    }
    if let Some(also) = &waiter.also {
        also::check(file, also, node.at("also"), &about, context);
    }
    if waiter.success.is_empty() && waiter.present.is_empty() {
        let problem = Problem::new("nothing ends this wait well", "never ends", "add `success` or `present`");
        context.report(Code::UnknownState, node, &about, problem);
    }
}

fn check_pager<'a>(file: &'a OperationFile, pager: &Pager, node: &Node, context: &mut Context<'a>) {
    place(file, &pager.position, node.at("position"), context);
    if let Some(size) = &pager.size {
        place(file, size, node.at("size"), context);
    }
    let paths = [
        ("next", &pager.next),
        ("total", &pager.total),
        ("pages", &pager.pages),
        ("number", &pager.number),
        ("page_size", &pager.page_size),
    ];
    let root = &file.operation.response.schema;
    if context.product.product.follow(root).kind() == Some(Type::Json) {
        let problem = Problem::new(
            "the reply is free-form JSON, so its items have no type",
            "items of what?",
            "write the fields of the response",
        );
        context.report(Code::DeadPath, node.at("items"), "pager", problem);
    }
    leads(file, &pager.items, node.at("items"), "pager", context);
    if !pager.items.ends_with("[]") {
        let problem =
            Problem::new("the items of a pager are the elements of a list", "not elements", "end the path with `[]`");
        context.report(Code::DeadPath, node.at("items"), "pager", problem);
    }
    for (key, path) in paths {
        if let Some(path) = path {
            leads(file, path, node.at(key), "pager", context);
        }
    }
    if pager.style == PagerStyle::Token && pager.next.is_none() {
        let problem = Problem::new(
            "a token pager needs `next`",
            "where is the next token?",
            "add `next`, the path of the token in the reply",
        );
        context.report(Code::MissingKey, node, "pager", problem);
    }
}

/// A parameter that a pager sets, or a field inside of one: it has to be one that holds text or a number.
fn place(file: &OperationFile, path: &str, node: &Node, context: &mut Context<'_>) {
    let product = &context.product.product;
    let begins = |name: &str| path == name || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let parameters = file.operation.parameters.iter().filter(|parameter| begins(&parameter.name));
    let Some(parameter) = parameters.max_by_key(|parameter| parameter.name.len()) else {
        parameters::known(file, path, node, context);
        return;
    };
    let mut at = product.follow(&parameter.schema);
    for name in path[parameter.name.len()..].split('.').filter(|name| !name.is_empty()) {
        let Some(field) = at.fields.iter().find(|field| field.name == name) else {
            let names: Vec<&str> = at.fields.iter().map(|field| field.name.as_str()).collect();
            let help = crate::read::suggest(name, &names);
            let problem = Problem::new(format!("there is no field `{name}` in the parameter"), "unknown field", help);
            context.report(Code::UnknownParameter, node, path, problem);
            return;
        };
        at = product.follow(&field.schema);
    }
    let is_plain = at.kind() == Some(Type::String) && (at.sensitive || at.values.is_empty());
    if !is_plain && !matches!(at.kind(), Some(Type::Integer | Type::Long)) {
        let problem = Problem::new(
            format!("`{path}` is neither text nor a whole number"),
            "cannot tell a page",
            "name the parameter or the field that holds it",
        );
        context.report(Code::UnknownParameter, node, path, problem);
    }
}

/// The operation that tells the end of asynchronous work. That of another product cannot be looked up.
fn check_follow_up(asynchronous: &Asynchronous, node: &Node, context: &mut Context<'_>) {
    let name = &asynchronous.operation;
    let operations = &context.product.operations;
    if !name.contains(' ') && operations.binary_search_by(|file| file.name.as_str().cmp(name)).is_err() {
        let problem = Problem::new(
            format!("no spec of the product has the operation `{name}`"),
            "not among the specs",
            "mend the name, add the spec, or write `<product> <version> <operation>`",
        );
        context.report(Code::NoFollowUp, node.at("operation"), "asynchronous", problem);
    }
}

/// Waiters, pagers and links read one document: there is none in a stream of events.
fn only_documents(file: &OperationFile, context: &mut Context<'_>) {
    if file.operation.response.kind != Some(ResponseKind::Events) {
        return;
    }
    for key in ["waiters", "pager", "link", "links"] {
        if let Some(node) = file.node.get(key) {
            let problem = Problem::new(
                format!("`{key}` goes by one reply, and this operation answers with a stream of events"),
                "in which reply?",
                "take it out",
            );
            context.report(Code::WrongShape, node, key, problem);
        }
    }
}

fn check_link<'a>(file: &'a OperationFile, link: &Link, node: &Node, about: &str, context: &mut Context<'a>) {
    let ready = link.ready.as_ref().map(|ready| &ready.path);
    let paths = [
        (Some(&link.path), node.at("path")),
        (link.internal.as_ref(), node.at("internal")),
        (ready, node.at("ready").at("path")),
        (link.reason.as_ref(), node.at("reason")),
        (link.expires.as_ref(), node.at("expires")),
    ];
    for (path, place) in paths {
        if let Some(path) = path {
            leads(file, path, place, about, context);
        }
    }
}

fn check_envelope<'a>(file: &'a OperationFile, envelope: &Envelope, node: &Node, context: &mut Context<'a>) {
    let one = [("request_id", &envelope.request_id), ("success", &envelope.success)];
    for (key, path) in one {
        if let Some(path) = path {
            leads(file, path, node.at(key), "envelope", context);
        }
    }
    for (key, paths) in [("code", &envelope.code), ("message", &envelope.message)] {
        for (index, path) in paths.iter().enumerate() {
            leads(file, path, node.element(key, index), "envelope", context);
        }
    }
}

/// The envelope of a product: each path must lead somewhere in at least one of its operations.
pub(super) fn check_product(product: &ProductFolder, context: &mut Context<'_>) {
    let Some(node) = product.node.get("envelope") else { return };
    let Envelope { request_id, success, code, message, .. } = &product.product.envelope;
    let one = [("request_id", request_id), ("success", success)];
    let paths = one.into_iter().filter_map(|(key, path)| Some((path.as_ref()?, node.at(key))));
    let lists = [("code", code), ("message", message)].into_iter();
    let listed = lists
        .flat_map(|(key, list)| list.iter().enumerate().map(move |(index, path)| (path, node.element(key, index))));
    for (path, place) in paths.chain(listed) {
        let leads = |file: &OperationFile| {
            let root = &file.operation.response.schema;
            root.kind() == Some(Type::Json) || Path::parse(path).find(root, &product.product).is_ok()
        };
        if !product.operations.is_empty() && !product.operations.iter().any(leads) {
            let problem = Problem::new(
                format!("the path `{path}` leads nowhere in any operation of the product"),
                "in no response",
                "write the path from the root of the responses",
            );
            context.report(Code::DeadPath, place, "envelope", problem);
        }
    }
}

/// What a path leads to in the response. Reports a path that leads nowhere.
pub(super) fn leads<'a>(
    file: &'a OperationFile,
    path: &str,
    node: &Node,
    about: &str,
    context: &mut Context<'a>,
) -> Option<&'a Schema> {
    let root = &file.operation.response.schema;
    match Path::parse(path).find(root, &context.product.product) {
        Ok(schema) => Some(schema),
        // Anything may be in free-form JSON.
        Err(_) if root.kind() == Some(Type::Json) => None,
        Err(wrong) => {
            let problem = Problem::new(
                format!("the path `{path}` leads nowhere: {wrong}"),
                "not in the response",
                "write the path from the root of the response; `[]` goes into a list",
            );
            context.report(Code::DeadPath, node, about, problem);
            None
        }
    }
}
