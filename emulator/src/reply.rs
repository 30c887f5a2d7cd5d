//! What is answered to a request that is as it should be.

use alicloud_codegen::spec::{Envelope, Location, Operation, Pager, PagerStyle, Path, ResponseKind};
use bytes::Bytes;
use serde_json::{Map, Value};

use crate::catalog::Served;
use crate::pairs;
use crate::refusal::Refusal;
use crate::request::Incoming;
use crate::sample::{encode, request_id_path};
use crate::schema::typed;
use crate::states::States;
use crate::walk;

/// A body and the request id that goes with it.
pub(crate) struct Answer {
    pub(crate) body: Bytes,
    pub(crate) request_id: String,
}

/// The documented sample, changed as far as states, pages and links ask for it.
pub(crate) fn success(
    served: &Served,
    request: &Incoming,
    states: &mut States,
    links_to: Option<&str>,
    fresh_id: &str,
) -> Answer {
    let mut value = served.sample.value.clone();
    let mut changed = states.play(served, &mut value);
    if let Some(pager) = &served.operation.pager {
        changed |= later_page(pager, &served.operation, request, &mut value);
    }
    if let (Some(link), Some(url)) = (&served.operation.link, links_to) {
        changed = true;
        for path in [Some(&link.path), link.internal.as_ref()].into_iter().flatten() {
            walk::change(&mut value, &Path::parse(path).0, &mut |link| local_link(link, url, &served.action));
        }
    }
    let request_id = request_id_path(&served.operation, &served.product)
        .and_then(|path| walk::first(&value, &path.0)?.as_str().map(str::to_owned))
        .unwrap_or_else(|| fresh_id.to_owned());
    let body = if changed { encode(&value, served.kind()) } else { served.sample.bytes.clone() };
    Answer { body, request_id }
}

/// The media type of answers.
pub(crate) fn content_type(kind: ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Json | ResponseKind::None => "application/json;charset=utf-8",
        ResponseKind::Xml => "text/xml;charset=utf-8",
        ResponseKind::Text => "text/plain;charset=utf-8",
        ResponseKind::Binary => "application/octet-stream",
        ResponseKind::Events => "text/event-stream;charset=utf-8",
    }
}

/// Of several parameters one is needed and none is there: not the gateway but the product says so, in a reply that
/// HTTP calls a success, as far as the product has a way to say it.
pub(crate) fn none_of(served: &Served, names: &[String], fresh_id: &str) -> Result<Answer, Refusal> {
    let told = Refusal::missing(names.first().map_or("", String::as_str));
    let text = format!("{} can not be empty", names.join(" or "));
    business_failure(served, &told.code, &text, fresh_id).ok_or(told)
}

/// A failure in the words of the product; none if its replies have no way to say it.
pub(crate) fn business_failure(served: &Served, told: &str, text: &str, fresh_id: &str) -> Option<Answer> {
    let Operation { envelope, response, .. } = &served.operation;
    let Envelope { request_id, success, code, message, ok_codes } =
        envelope.as_ref().unwrap_or(&served.product.envelope);
    if success.is_none() && ok_codes.is_empty() {
        return None;
    }
    let mut value = Value::Object(Map::new());
    let mut put = |path: &str, text: &str| {
        let path = Path::parse(path);
        let schema = path.find(&response.schema, &served.product).cloned().unwrap_or_default();
        walk::put(&mut value, &path.0, typed(text, &schema));
    };
    request_id.iter().for_each(|path| put(path, fresh_id));
    code.iter().for_each(|path| put(path, told));
    success.iter().for_each(|path| put(path, "false"));
    message.iter().for_each(|path| put(path, text));
    Some(Answer { body: encode(&value, ResponseKind::Json), request_id: fresh_id.to_owned() })
}

/// Behind the first page there is nothing: an empty list, the number of the page and no next token.
fn later_page(pager: &Pager, operation: &Operation, request: &Incoming, value: &mut Value) -> bool {
    let Some(position) = parameter(&pager.position, operation, request) else { return false };
    let number = position.parse::<i64>().ok();
    let later = match pager.style {
        PagerStyle::PageNumber => number.is_some_and(|number| number > pager.first.unwrap_or(1)),
        PagerStyle::Offset => number.is_some_and(|number| number > 0),
        PagerStyle::Token => !position.is_empty(),
    };
    if !later {
        return false;
    }
    let mut items = Path::parse(&pager.items).0;
    if let Some(last) = items.last_mut() {
        last.each = false;
    }
    walk::change(value, &items, &mut |items| *items = Value::Array(Vec::new()));
    if let (Some(path), Some(number)) = (&pager.number, number) {
        // A number stays a number, and a text a text.
        walk::change(value, &Path::parse(path).0, &mut |at| {
            *at = if at.is_string() { number.to_string().into() } else { number.into() };
        });
    }
    if let Some(path) = &pager.next {
        walk::remove(value, &Path::parse(path).0);
    }
    true
}

/// The text of a parameter, wherever it travels.
pub(crate) fn parameter(name: &str, operation: &Operation, request: &Incoming) -> Option<String> {
    let body = || serde_json::from_slice::<Value>(&request.body).ok();
    match operation.parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.location) {
        Some(Location::Form) => pairs::get(&request.form().ok()?, name).map(str::to_owned),
        Some(Location::Header) => request.header(&name.to_ascii_lowercase()).map(str::to_owned),
        Some(_) => pairs::get(request.query().ok()?, name).map(str::to_owned),
        None => {
            // A part of the body, which may be named as one of the parameter that the body is.
            let body = body()?;
            let inside = operation.parameters.iter().find(|parameter| {
                let rest = name.strip_prefix(parameter.name.as_str());
                parameter.location == Location::Body && rest.is_some_and(|rest| rest.starts_with('.'))
            });
            let path = inside.map_or(name, |parameter| &name[parameter.name.len() + 1..]);
            match body.get(path).or_else(|| walk::first(&body, &Path::parse(path).0))? {
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            }
        }
    }
}

/// A link to the emulator with the file name of the documented one, and with its white space at the end.
fn local_link(link: &mut Value, url: &str, action: &str) {
    let Value::String(text) = link else { return };
    let bare = text.trim_end();
    let white = text.get(bare.len()..).unwrap_or_default();
    let path = bare.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("file");
    *link = Value::String(format!("{url}/files/{action}/{name}{white}"));
}
