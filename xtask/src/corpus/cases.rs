//! What the program of a product is asked, and what its answers should be.

use alicloud_codegen::read::{OperationFile, ProductFolder};
use alicloud_codegen::spec::{Authentication, Operation, Product, ResponseKind, Schema, Type};
use serde_json::{Value, json};

use super::expected::expected;
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

/// What is wrong with the samples that the program read of an operation, in an answer of it.
pub fn decoded(file: &OperationFile, product: &Product, answer: &Value) -> Option<String> {
    let mut causes = Vec::new();
    let root = root(&file.operation);
    for (sample, read) in samples(&file.operation).into_iter().zip(answer["samples"].as_array().into_iter().flatten()) {
        match (read["error"].as_str(), serde_json::from_str::<Value>(sample)) {
            (Some(error), _) => causes.push(error.replace('\n', " ")),
            (None, Ok(sample)) => causes.extend(leaves::differences(&sample, &read["read"], &root, product)),
            (None, Err(error)) => causes.push(format!("the sample is not JSON: {error}")),
        }
    }
    in_one_line(causes)
}

/// What is wrong with the request that the program would send of an operation, in an answer of it.
pub fn encoded(file: &OperationFile, product: &Product, answer: &Value) -> Option<String> {
    if let Some(error) = answer["error"].as_str() {
        return Some(format!("nothing would be sent: {}", error.replace('\n', " ")));
    }
    let values = examples::values(&file.operation.parameters, product);
    in_one_line(sent::differences(&expected(&file.operation, product, &values), &answer["sent"]))
}

/// The first of several causes, and how many more there are.
fn in_one_line(causes: Vec<String>) -> Option<String> {
    let more = causes.len().saturating_sub(1);
    let first = causes.into_iter().next()?;
    Some(if more > 0 { format!("{first} (and {more} more)") } else { first })
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
