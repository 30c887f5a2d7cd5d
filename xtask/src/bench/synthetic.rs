//! Specs of a product that does not exist, of the size that real operations have.

use std::fmt::Write as _;

const PRODUCT: &str = "\
format: 1
product: Synthetic
version: \"2026-01-01\"
title: Synthetic
description: Operations that nobody offers.
module: synthetic
feature: synthetic
style: rpc
endpoints:
  networks:
    - name: public
      regions: { cn-hangzhou: synthetic.cn-hangzhou.aliyuncs.com }
envelope: { request_id: RequestId, success: Success }
";

/// The kinds of things that operations are about: they make the names differ.
const THINGS: &[&str] = &["Instance", "Backup", "Account", "Database", "Task", "Policy", "Node", "Ticket"];
const VERBS: &[&str] = &["Describe", "Create", "Modify", "Delete", "List"];

/// A product of so many operations: nine parameters each, two of them required; a response of three structs with
/// fourteen fields in all, a list among them, and an enum for every other one.
pub fn specs(operations: usize) -> Vec<(String, String)> {
    let folder = "specs/synthetic/2026-01-01";
    let mut files = vec![(format!("{folder}/product.yaml"), PRODUCT.to_owned())];
    files.extend((0..operations).map(|index| {
        let (verb, thing) = (VERBS[index % VERBS.len()], THINGS[index % THINGS.len()]);
        (format!("{folder}/{verb}{thing}{index}.yaml"), operation(verb, thing, index))
    }));
    files
}

fn operation(verb: &str, thing: &str, index: usize) -> String {
    let mut text = format!("format: 1\nsummary: {verb}s the {thing} of a region, number {index}.\nparameters:\n");
    let mut parameter = |name: &str, kind: &str, more: &str| {
        let example = if kind == "boolean" { "true" } else { "1" };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "  - {{ name: {name}, in: query, type: {kind}, description: The {name} of the {thing} that is meant., example: \"{example}\"{more} }}"
        );
    };
    parameter(&format!("{thing}Id"), "string", ", required: true");
    parameter("OwnerNumber", "long", ", required: true");
    parameter("PageNumber", "integer", "");
    parameter("PageSize", "integer", "");
    parameter("ResourceGroupId", "string", "");
    parameter("DryRun", "boolean", "");
    parameter("Description", "string", "");
    parameter("Engine", "string", "");
    parameter("SwitchTime", "string", "");
    let state = if index.is_multiple_of(2) {
        ", enum: [{ value: RUNNING }, { value: STOPPED }, { value: DELETING }]"
    } else {
        ""
    };
    let _ = write!(
        text,
        "\
response:
  fields:
    - {{ name: RequestId, type: string, description: The id of the request. }}
    - {{ name: TotalCount, type: integer, description: How many there are. }}
    - {{ name: PageNumber, type: integer, description: The page. }}
    - {{ name: Success, type: boolean, description: Whether it worked. }}
    - name: {thing}s
      description: What was found.
      items:
        fields:
          - {{ name: {thing}Id, type: string, description: The id. }}
          - {{ name: State, type: string, description: The state.{state} }}
          - {{ name: CreateTime, type: string, description: When it came into being. }}
          - {{ name: Size, type: long, description: How large it is. }}
          - {{ name: Locked, type: boolean, description: Whether it is locked. }}
          - name: Network
            description: Where it is reached.
            fields:
              - {{ name: VpcId, type: string, description: The network. }}
              - {{ name: Port, type: integer, description: The port. }}
              - {{ name: Addresses, description: The addresses., items: {{ type: string }} }}
"
    );
    text
}

#[cfg(test)]
mod tests {
    use alicloud_codegen::diagnostic::Report;
    use alicloud_codegen::{generate, read};

    #[test]
    fn what_is_made_up_is_right() {
        let mut report = Report::default();
        let specs = read::texts(super::specs(80), &mut report);
        let generated = generate(&specs, &mut report);
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics.first().map(ToString::to_string));
        assert_eq!(generated.files.len(), 82);
    }
}
