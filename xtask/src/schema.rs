//! `schema`: the JSON Schema of the spec format, for editors.

use alicloud_codegen::schema;
use serde_json::Value;

use crate::options::{Failure, Task, root};
use crate::report::MessageFormat;
use crate::tree::{Tree, settle};

pub const TASK: Task = Task {
    name: "schema",
    usage: "schema [--check]",
    summary: "writes the JSON Schema of the spec format",
    help: "Reads the types that are the format, as they are compiled in. Writes schema/operation.json and\n\
           schema/product.json if they changed.\n\
           With --check it writes nothing, and exits with 1 and a diff when they are not what they would be.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    let check = match arguments {
        [] => false,
        [one] if one == "--check" => true,
        _ => return Err(Failure::Usage("takes nothing but --check".to_owned())),
    };
    let files = [("operation.json", schema::operation()), ("product.json", schema::product())];
    let wanted = files.map(|(name, schema)| (name.to_owned(), text(&schema)));
    let changes = Tree { folder: root().join("schema"), marker: None }.changes(wanted)?;
    settle(&changes, check, "cargo xtask schema", MessageFormat::Human)
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
