//! One operation.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::naming::summary;
use crate::import::notes::Notes;
use crate::spec::{
    Asynchronous, Authentication, Authorization, Deprecation, Document, FORMAT, Grant, Method, Operation, Product,
    Style,
};

use super::api::Api;
use super::json::{self, Object};
use super::schema::{Direction, Reader};
use super::version::Version;
use super::{Options, errors, guess, parameters, path, response, samples, text};

/// What is around an operation.
pub(super) struct Context<'a> {
    pub(super) version: &'a Version,
    pub(super) product: &'a Product,
    pub(super) known: &'a BTreeSet<&'a str>,
    pub(super) options: &'a Options,
}

/// Reads one operation: what it says, not yet how it behaves.
pub(super) fn read(api: &Api, context: &Context<'_>, notes: &mut Notes) -> Operation {
    let Context { version, product, known, options } = context;
    let object = &api.object;
    let mut reader = Reader { known, options, notes, direction: Direction::Sent };
    let mut parameters = parameters::read(json::list(object, "parameters"), &mut reader);
    reader.direction = Direction::Received;
    let response = response::read(object, &mut reader);

    let style = guess::style::of_operation(api, product, notes);
    let is_rpc = style.unwrap_or(product.style) == Style::Rpc;
    let path = match json::text(object, "path").filter(|path| !path.is_empty() && !is_rpc) {
        Some(written) => Some(path::settle(written, &mut parameters, notes)).filter(|path| path != "/"),
        None => {
            path::nowhere(&mut parameters, &[], notes);
            None
        }
    };
    guess::fill::mark(&mut parameters, notes);
    let (method, methods) = methods(object, notes);
    let samples = samples::read(object, &response, notes);
    let words = options.descriptions.then(|| text::of(json::text(object, "summary"), json::text(object, "title")));
    let description = options.descriptions.then(|| text::of(json::text(object, "description"), None)).flatten();
    Operation {
        format: FORMAT,
        summary: words.flatten().unwrap_or_else(|| summary::of(&api.name)),
        description,
        document: Some(Document {
            title: format!("Metadata of {} {}, {}", version.product, version.version, api.name),
            file: None,
            updated: None,
            changes: Vec::new(),
        }),
        authorization: authorization(object),
        deprecated: deprecated(object, version),
        style,
        method,
        methods,
        schemes: json::texts(object, "schemes").map(str::to_owned).collect(),
        path,
        authentication: authentication(object),
        idempotent: guess::idempotent::is(&api.name, object, notes),
        parameters,
        requires: Vec::new(),
        response,
        envelope: None,
        errors: errors::read(object, notes),
        samples,
        waiters: Default::default(),
        pager: None,
        link: None,
        links: Default::default(),
        asynchronous: asynchronous(object, version, notes),
        notes: Vec::new(),
        acknowledge: Vec::new(),
    }
}

/// The method that is sent: POST where it is listed, otherwise the first; and all of them where there are several.
fn methods(object: &Object, notes: &mut Notes) -> (Option<Method>, Vec<Method>) {
    let mut methods = Vec::new();
    for word in json::texts(object, "methods") {
        let method = match word.to_ascii_lowercase().as_str() {
            "get" => Method::Get,
            "post" => Method::Post,
            "put" => Method::Put,
            "delete" => Method::Delete,
            "patch" => Method::Patch,
            "head" => Method::Head,
            "options" => Method::Options,
            _ => {
                notes.say(Code::JunkDropped, "methods", format!("`{word}` is no method that is ever sent: dropped"));
                continue;
            }
        };
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let sent = if methods.contains(&Method::Post) { None } else { methods.first().copied() };
    (sent, if methods.len() > 1 { methods } else { Vec::new() })
}

/// Who may call. Whatever is not said to be open to everybody, or to bearers alone, is signed.
fn authentication(object: &Object) -> Option<Authentication> {
    let ways = || json::list(object, "security").iter().filter_map(Value::as_object).flat_map(|way| way.keys());
    ways().next()?;
    if ways().all(|way| way == "Anonymous" || way == "ARS_OIDC") {
        Some(Authentication::Anonymous)
    } else if ways().all(|way| way == "BearerToken") {
        Some(Authentication::Bearer)
    } else {
        None
    }
}

/// The first action that a policy must grant; newer metadata tells it in one of two ways.
fn authorization(object: &Object) -> Option<Authorization> {
    let granted = |action: &Value| {
        let action = action.as_object()?;
        let inner = json::object(action, "ramAction").unwrap_or(action);
        Some((
            json::text(inner, "action")?.to_owned(),
            inner.clone(),
            json::text(action, "operationType").map(str::to_owned),
        ))
    };
    let mut actions = json::list(object, "ramActions").iter().filter_map(granted);
    let (action, inner, level) = actions.next()?;
    let resources = json::list(&inner, "resources").iter().filter_map(Value::as_object);
    let resources = resources.filter_map(|resource| json::text(resource, "arn")).map(str::to_owned).collect();
    let associated = actions.map(|(action, ..)| action).collect();
    let level = level.filter(|level| level != "none").map(|level| level.to_lowercase());
    Some(Authorization::Grant(Grant { action, level, resources, condition: None, associated }))
}

/// That the metadata marks the operation, and what it names in its place.
fn deprecated(object: &Object, version: &Version) -> Option<Deprecation> {
    if !json::is_true(object, "deprecated") {
        return None;
    }
    let fixed = json::object(object, "staticInfo");
    let instead = fixed.into_iter().flat_map(|fixed| json::texts(fixed, "substitutions")).next();
    let instead = instead.map(|name| named(name, version));
    Some(Deprecation { reason: "The metadata marks it.".to_owned(), instead })
}

/// The operation that tells the end of the work.
fn asynchronous(object: &Object, version: &Version, notes: &mut Notes) -> Option<Asynchronous> {
    let fixed =
        json::object(object, "staticInfo").filter(|fixed| json::text(fixed, "returnType") == Some("asynchronous"))?;
    let operation = named(json::text(fixed, "callback")?, version);
    let number = |key: &str| json::printed(fixed.get(key)).and_then(|text| text.parse::<u64>().ok());
    let every = number("callbackInterval").filter(|every| *every > 0).map(|every| {
        // Nobody asks several times in a tenth of a second: small numbers are seconds.
        if every >= 100 {
            return every;
        }
        notes.say(Code::IntervalMended, "asynchronous", format!("the interval of {every} is taken as seconds"));
        every * 1000
    });
    let times = number("maxCallbackTimes").and_then(|times| u32::try_from(times).ok());
    Some(Asynchronous { operation, every, times })
}

/// `Vpc::2016-04-28::DescribeVpcs` becomes `DescribeVpcs`, or `Vpc 2016-04-28 DescribeVpcs` in another product.
fn named(name: &str, version: &Version) -> String {
    let mut parts = name.split("::");
    match (parts.next(), parts.next(), parts.next()) {
        (Some(product), Some(of), Some(operation))
            if product.eq_ignore_ascii_case(&version.product) && of == version.version =>
        {
            operation.to_owned()
        }
        (Some(product), Some(of), Some(operation)) => format!("{product} {of} {operation}"),
        _ => name.to_owned(),
    }
}
