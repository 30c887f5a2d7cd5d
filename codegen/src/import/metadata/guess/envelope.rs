//! Where replies tell success and failure.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Envelope, Operation, Product, Schema, Type};

/// Spellings of the id of a request.
const REQUEST_ID: &[&str] = &["RequestId", "requestId", "request_id", "RequestID", "requestID"];
/// Spellings of the flag of success.
const SUCCESS: &[&str] = &["Success", "success"];
/// Spellings of a code, those that only failures have in front.
const CODE: &[&str] = &["ErrorCode", "ErrCode", "errorCode", "error_code", "errCode", "Code", "code"];
/// Spellings of a message, as for codes.
const MESSAGE: &[&str] = &[
    "ErrorMessage",
    "ErrMessage",
    "errorMessage",
    "error_message",
    "errMessage",
    "ErrorMsg",
    "errorMsg",
    "Message",
    "message",
    "msg",
];
/// Codes that mean success wherever they are seen.
const OK: &[&str] =
    &["200", "OK", "Ok", "ok", "Success", "success", "SUCCESS", "0", "0000", "Succeed", "succeed", "Succeeded"];

/// What most operations have, as far as they have it at the root of an object.
pub(super) fn of_product(operations: &[(String, Operation)], product: &Product, notes: &mut Notes) -> Envelope {
    let roots = || operations.iter().map(|(_, operation)| product.follow(&operation.response.schema));
    let envelope = Envelope {
        request_id: most(roots(), REQUEST_ID, is_text).into_iter().next(),
        success: most(roots(), SUCCESS, is_flag).into_iter().next(),
        code: most(roots(), CODE, is_code),
        message: most(roots(), MESSAGE, is_text),
        ok_codes: Vec::new(),
    };
    let envelope = Envelope { ok_codes: ok_codes(operations, product, &envelope), ..envelope };
    if envelope != Envelope::default() {
        let what = format!("replies tell success in {}", described(&envelope));
        notes.say(Code::EnvelopeGuessed, "envelope", what);
    }
    envelope
}

/// The names that are there, in the order of `names`; for two of the same meaning, the more frequent one first.
fn most<'a>(roots: impl Iterator<Item = &'a Schema>, names: &[&str], fits: fn(&Schema) -> bool) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for root in roots {
        for name in names.iter().filter(|name| field(root, name).is_some_and(fits)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut found: Vec<&str> = names.iter().filter(|name| counts.contains_key(*name)).copied().collect();
    found.sort_by_key(|name| std::cmp::Reverse(counts.get(name).copied()));
    found.into_iter().map(str::to_owned).collect()
}

/// The codes of success, where operations without a flag mostly show such.
fn ok_codes(operations: &[(String, Operation)], product: &Product, envelope: &Envelope) -> Vec<String> {
    let (mut good, mut other) = (0, 0);
    let mut seen: Vec<String> = Vec::new();
    for (_, operation) in operations {
        let root = product.follow(&operation.response.schema);
        let has_flag = envelope.success.as_ref().is_some_and(|name| field(root, name).is_some_and(is_flag));
        let examples = envelope.code.iter().filter_map(|name| field(root, name)?.example.as_deref());
        for example in examples {
            let is_ok = OK.contains(&example);
            if !has_flag && is_ok {
                good += 1;
            } else if !has_flag {
                other += 1;
            }
            if is_ok && !seen.iter().any(|code| code == example) {
                seen.push(example.to_owned());
            }
        }
    }
    seen.sort();
    if good > other { seen } else { Vec::new() }
}

/// The envelope of an operation, where that of the product does not do.
pub(super) fn of_operation(operation: &Operation, product: &Product, notes: &mut Notes) -> Option<Envelope> {
    let root = product.follow(&operation.response.schema);
    let common = &product.envelope;
    let one = |names: &[&str], common: &Option<String>, fits: fn(&Schema) -> bool| {
        let has = |name: &&str| field(root, name).is_some_and(fits);
        match common {
            Some(name) if has(&name.as_str()) => Some(name.clone()),
            // What no reply of this operation has does no harm in the envelope, but for a field that is something else.
            Some(name) if field(root, name).is_none() && !names.iter().any(has) => Some(name.clone()),
            _ => names.iter().copied().find(|name| has(name)).map(str::to_owned),
        }
    };
    let kept = |list: &[String], fits: fn(&Schema) -> bool| -> Vec<String> {
        list.iter().filter(|name| field(root, name).is_none_or(fits)).cloned().collect()
    };
    let mut own = Envelope {
        request_id: one(REQUEST_ID, &common.request_id, is_text),
        success: one(SUCCESS, &common.success, is_flag),
        code: kept(&common.code, is_code),
        message: kept(&common.message, is_text),
        ok_codes: common.ok_codes.clone(),
    };
    let has_flag = own.success.as_ref().is_some_and(|name| field(root, name).is_some());
    let example = own.code.iter().find_map(|name| field(root, name)?.example.as_deref());
    let is_data = |example: &str| !OK.contains(&example) && !example.contains('*');
    if !has_flag && !own.ok_codes.is_empty() && example.is_some_and(is_data) {
        let example = example.unwrap_or_default();
        let what =
            format!("the code {example:?} is none of success as far as known: no code is taken as a failure here");
        notes.say(Code::EnvelopeGuessed, "envelope", what);
        own.ok_codes.clear();
    }
    if own == *common {
        return None;
    }
    // Paths of an operation's own envelope have to lead somewhere.
    let leads = |name: &String| field(root, name).is_some();
    own.request_id = own.request_id.filter(leads);
    own.success = own.success.filter(leads);
    own.code.retain(leads);
    own.message.retain(leads);
    notes.say(Code::EnvelopeGuessed, "envelope", format!("replies tell success in {}, unlike others", described(&own)));
    Some(own)
}

fn described(envelope: &Envelope) -> String {
    let all = envelope.success.iter().chain(&envelope.code).chain(&envelope.message).chain(&envelope.request_id);
    let names: Vec<&str> = all.map(String::as_str).collect();
    let ok =
        if envelope.ok_codes.is_empty() { String::new() } else { format!(" (well: {})", envelope.ok_codes.join(", ")) };
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") + &ok }
}

fn field<'a>(root: &'a Schema, name: &str) -> Option<&'a Schema> {
    root.fields.iter().find(|field| field.name == name).map(|field| &field.schema)
}

fn is_text(schema: &Schema) -> bool {
    schema.kind == Some(Type::String)
}

fn is_flag(schema: &Schema) -> bool {
    matches!(schema.kind, Some(Type::Boolean | Type::String))
}

fn is_code(schema: &Schema) -> bool {
    matches!(schema.kind, Some(Type::String | Type::Integer | Type::Long))
}
