//! What the program of a product is asked, and what its answers should be.

use alicloud_codegen::read::ProductFolder;
use alicloud_codegen::spec::{Authentication, Operation, ResponseKind, Schema, Type};
use serde_json::{Value, json};

use super::expected::expected;
use super::outcome::{Failed, Stage};
use super::{examples, leaves, sent};

/// What the program is asked, a line for each of these operations.
pub fn questions(folder: &ProductFolder, operations: &[&str]) -> Vec<String> {
    let wanted = folder.operations.iter().filter(|file| operations.contains(&file.name.as_str()));
    let line = |name: &str, operation: &Operation| {
        let bearer = operation.authentication == Some(Authentication::Bearer);
        let values = examples::values(&operation.parameters, &folder.product);
        json!({ "operation": name, "bearer": bearer, "samples": samples(operation), "values": values }).to_string()
    };
    wanted.map(|file| line(&file.name, &file.operation)).collect()
}

/// The samples of success that are JSON, where the reply is.
fn samples(operation: &Operation) -> Vec<&str> {
    let response = &operation.response;
    if !matches!(response.kind, None | Some(ResponseKind::Json | ResponseKind::Text | ResponseKind::Events)) {
        return Vec::new();
    }
    let is_success = |status: Option<u16>| {
        let status = status.unwrap_or(200);
        response.status.contains(&status) || (response.status.is_empty() && (200..300).contains(&status))
    };
    let wanted = operation.samples.iter().filter(|sample| is_success(sample.status));
    wanted.filter_map(|sample| sample.json.as_deref()).collect()
}

/// What is wrong with an answer of the program.
pub fn judge(folder: &ProductFolder, product: &str, answer: &Value) -> Vec<Failed> {
    let name = answer["operation"].as_str().unwrap_or_default();
    let Some(file) = folder.operations.iter().find(|file| file.name == name) else { return Vec::new() };
    let failed = |stage: Stage, mut causes: Vec<String>| {
        let more = causes.len().saturating_sub(1);
        let first = causes.drain(..).next()?;
        let cause = if more > 0 { format!("{first} (and {more} more)") } else { first };
        Some(Failed { product: product.to_owned(), operation: name.to_owned(), stage, cause })
    };
    let mut causes = Vec::new();
    let root = root(&file.operation);
    for (sample, read) in samples(&file.operation).into_iter().zip(answer["samples"].as_array().into_iter().flatten()) {
        match (read["error"].as_str(), serde_json::from_str::<Value>(sample)) {
            (Some(error), _) => causes.push(error.replace('\n', " ")),
            (None, Ok(sample)) => causes.extend(leaves::differences(&sample, &read["read"], &root, &folder.product)),
            (None, Err(error)) => causes.push(format!("the sample is not JSON: {error}")),
        }
    }
    let decoded = failed(Stage::Decoded, causes);
    let wrong = match answer["error"].as_str() {
        Some(error) => vec![format!("nothing would be sent: {}", error.replace('\n', " "))],
        None => {
            let values = examples::values(&file.operation.parameters, &folder.product);
            sent::differences(&expected(&file.operation, &folder.product, &values), &answer["sent"])
        }
    };
    decoded.into_iter().chain(failed(Stage::Encoded, wrong)).collect()
}

/// The schema of the reply. Where nothing is said of it, it is an object that nothing is known of.
fn root(operation: &Operation) -> Schema {
    let mut schema = operation.response.schema.clone();
    if schema.kind().is_none() && schema.reference.is_none() {
        let is_text = operation.response.kind == Some(ResponseKind::Text);
        schema.kind = Some(if is_text { Type::String } else { Type::Object });
    }
    schema
}
