//! Checks the other operation that a waiter asks.

use crate::diagnostic::Code;
use crate::read::{Node, OperationFile};
use crate::spec::{Also, Location};

use super::behaviour::leads;
use super::{Context, Problem, parameters};

pub(super) fn check<'a>(file: &'a OperationFile, also: &Also, node: &Node, about: &str, context: &mut Context<'a>) {
    let product = context.product;
    let operations = &product.operations;
    let Some(other) = operations.iter().find(|operation| operation.name == also.operation) else {
        let names: Vec<&str> = operations.iter().map(|operation| operation.name.as_str()).collect();
        let help = crate::read::suggest(&also.operation, &names);
        let problem =
            Problem::new(format!("the product has no operation `{}`", also.operation), "unknown operation", help);
        context.report(Code::UnknownOperation, node.at("operation"), about, problem);
        return;
    };
    for (name, from) in &also.with {
        let Some((key, value)) = node.at("with").entry(name) else { continue };
        passed(other, name, key, about, context);
        passed(file, from, value, about, context);
    }
    for parameter in &other.operation.parameters {
        if parameter.schema.required && !also.with.contains_key(&parameter.name) {
            let name = &parameter.name;
            let problem = Problem::new(
                format!("`{}` requires `{name}`", also.operation),
                "not passed on",
                format!("add `{name}: <a parameter of this operation>`"),
            );
            context.report(Code::UnknownParameter, node.at("with"), about, problem);
        }
    }
    let found = leads(other, &also.path, node.at("path"), about, context);
    if let Some(reason) = &also.reason {
        leads(other, reason, node.at("reason"), about, context);
    }
    let documented = found.map(|schema| &schema.values).filter(|values| !values.is_empty());
    let fold = |text: &str| if also.fold_case { text.to_lowercase() } else { text.to_owned() };
    // Other operations may tell more states of the same thing than this one documents; but not only such.
    let is_known = |state: &String| documented.into_iter().flatten().any(|value| fold(&value.value) == fold(state));
    if also.failure.is_empty() || (documented.is_some() && !also.failure.iter().any(is_known)) {
        let problem = Problem::new(
            "none of these states is documented",
            "nothing would ever fail",
            "name those that end the wait badly",
        );
        context.report(Code::UnknownState, node.at("failure"), about, problem);
    }
}

/// A parameter whose value goes from one request to another is there, and is in the query or the form.
fn passed(file: &OperationFile, name: &str, node: &Node, about: &str, context: &mut Context<'_>) {
    let Some(parameter) = file.operation.parameters.iter().find(|parameter| parameter.name == name) else {
        parameters::known(file, name, node, context);
        return;
    };
    if !matches!(parameter.location, Location::Query | Location::Form) {
        let problem = Problem::new(
            format!("`{name}` is neither in the query nor in the form"),
            "cannot be passed on",
            "pass on what is",
        );
        context.report(Code::UnknownParameter, node, about, problem);
    }
}
