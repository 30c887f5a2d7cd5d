//! The program that tries the generated code of a product: for each type how it is read and made, in as little code as
//! it takes, since there are thousands of them.

use std::fmt::Write as _;

use alicloud_codegen::resolve::model::{Body, Definition, Direction, Home, Member, Object, Operation, Product, Shape};

/// With more required parameters than this, they are one struct.
const MOST_ARGUMENTS: usize = 3;

/// The files below the program's `src`. `values` is where the file of that name of the probe is.
pub fn files(product: &Product<'_>, krate: &str, values: &str) -> Vec<(String, String)> {
    let root = format!("{krate}::{}", product.module);
    let modules: String = product.operations.iter().map(|one| format!("mod {};\n", one.module)).collect();
    let table: String = product.operations.iter().map(|one| format!("    {}::OPERATION,\n", one.module)).collect();
    let main = format!(
        "#![allow(deprecated)]\n#[path = {values:?}]\nmod values;\nmod shared_types;\n{modules}\nuse alicloud_probe::Pending;\n\n\
         fn main() -> std::process::ExitCode {{\n    alicloud_probe::run(TABLE)\n}}\n\n\
         static TABLE: &[alicloud_probe::Operation] = &[\n{table}];\n"
    );
    let mut shared = HEAD.to_owned();
    for one in &product.types {
        one.definitions.iter().for_each(|it| definition(it, &format!("{root}::types::{}", one.module), &mut shared));
    }
    let mut files = vec![("main.rs".to_owned(), main), ("shared_types.rs".to_owned(), shared)];
    files.extend(product.operations.iter().map(|one| (format!("{}.rs", one.module), operation(one, &root))));
    files
}

const HEAD: &str = "#![allow(unused_imports, unused_mut, unused_variables, clippy::all)]\nuse crate::values::*;\n";

fn operation(of: &Operation<'_>, root: &str) -> String {
    let here = format!("{root}::{}", of.module);
    let mut text = HEAD.to_owned();
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "\npub const OPERATION: alicloud_probe::Operation = alicloud_probe::Operation {{ name: {:?}, decode: \
         decode::<{here}::{}>, send }};\n",
        of.file.name, of.request
    );
    text.push_str(&send(of, root, &here));
    if of.answer.is_struct() {
        let name = format!("{here}::{}", of.response);
        match &of.answer.body {
            Body::Object(members) => read(&name, members, &mut text),
            Body::Value(_) | Body::Bytes => {
                let _ = writeln!(
                    text,
                    "impl Read for {name} {{ fn read(&self) -> serde_json::Value {{ self.body.read() }} }}"
                );
            }
            Body::Nothing => read(&name, &[], &mut text),
        }
    }
    of.definitions.iter().for_each(|it| definition(it, &here, &mut text));
    text
}

/// How a request is made of values: what is required through the method, the rest through the public fields.
fn send(of: &Operation<'_>, root: &str, here: &str) -> String {
    let required = || of.parameters.iter().filter(|one| one.is_argument());
    let arguments = if required().count() > MOST_ARGUMENTS {
        let fields: String =
            required().map(|one| format!("{}: make(values, {:?}), ", one.name, one.spec.name)).collect();
        format!("{here}::{} {{ {fields}}}", of.required)
    } else {
        let one = |shape: &Shape, name: &str| format!("make::<{}>(values, {name:?})", full_type(shape, root, here));
        required().map(|it| one(&it.shape, &it.spec.name)).collect::<Vec<_>>().join(", ")
    };
    let rest = of.parameters.iter().filter(|one| !one.is_argument());
    let rest: String =
        rest.map(|one| format!("    request.{} = make(values, {:?});\n", one.name, one.spec.name)).collect();
    format!(
        "fn send(config: &alicloud_runtime::Config, values: &serde_json::Value) -> Result<crate::Pending, \
         alicloud_runtime::Error> {{\n    let mut request = {root}::Client::new(config)?.{}({arguments});\n{rest}    \
         Ok(pending(&request))\n}}\n",
        of.module
    )
}

fn definition(definition: &Definition<'_>, here: &str, text: &mut String) {
    match definition {
        Definition::Object(object) => {
            let name = format!("{here}::{}", object.name);
            if object.direction != Direction::Sent {
                read(&name, &object.members, text);
            }
            if object.direction != Direction::Received {
                make(&name, object, text);
            }
        }
        Definition::Choice(choice) => {
            let name = format!("{here}::{}", choice.name);
            if choice.received {
                let _ = writeln!(
                    text,
                    "impl Read for {name} {{ fn read(&self) -> serde_json::Value {{ self.as_str().into() }} }}"
                );
            }
            if choice.sent {
                let _ = writeln!(
                    text,
                    "impl Make for {name} {{ fn make(value: &serde_json::Value) -> Self {{ Self::from(String::make(value).as_str()) }} }}"
                );
            }
        }
    }
}

fn read(name: &str, members: &[Member<'_>], text: &mut String) {
    let fields: String = members
        .iter()
        .map(|member| match member.inner {
            Some(inner) => format!("({:?}, &Wrapped({inner:?}, &self.{})), ", member.spec.name, member.name),
            None => format!("({:?}, &self.{}), ", member.spec.name, member.name),
        })
        .collect();
    let _ = writeln!(text, "impl Read for {name} {{ fn read(&self) -> serde_json::Value {{ object(&[{fields}]) }} }}");
}

fn make(name: &str, object: &Object<'_>, text: &mut String) {
    let fields: String =
        object.members.iter().map(|one| format!("{}: make(value, {:?}), ", one.name, one.spec.name)).collect();
    let _ = writeln!(
        text,
        "impl Make for {name} {{ fn make(value: &serde_json::Value) -> Self {{ Self {{ {fields}}} }} }}"
    );
}

/// A type with its whole path.
fn full_type(shape: &Shape, root: &str, here: &str) -> String {
    match shape {
        Shape::Text => "String".to_owned(),
        Shape::Sensitive => "alicloud_runtime::SensitiveString".to_owned(),
        Shape::Integer => "i64".to_owned(),
        Shape::Float => "f64".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Json => "serde_json::Value".to_owned(),
        Shape::Binary => "alicloud_runtime::RequestBody".to_owned(),
        Shape::List(inner) => format!("Vec<{}>", full_type(inner, root, here)),
        Shape::Map(inner) => format!("std::collections::BTreeMap<String, {}>", full_type(inner, root, here)),
        Shape::Object(name) | Shape::Choice(name) => match &name.home {
            Home::Here => format!("{here}::{}", name.name),
            Home::Shared(module) | Home::Inside(module) => format!("{root}::types::{module}::{}", name.name),
        },
    }
}
