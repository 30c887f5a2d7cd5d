//! All stages in one call: from files to files.

use std::sync::Arc;

use crate::check;
use crate::diagnostic::Report;
use crate::emit::{self, Destination, File};
use crate::read::Specs;
use crate::resolve::{self, Refused, model::Product};
use crate::select::{Selection, choose, keep_operations, keep_products};

/// What the specs make.
#[derive(Debug, Default)]
pub struct Generated {
    /// The files below the crate's `src`, by path. Empty when there is an error.
    pub files: Vec<File>,
    /// The features of the crate, sorted. Empty when there is an error.
    pub features: Vec<String>,
    /// The products that no code is generated for, and why. Each of them is an error in the report as well.
    pub refused: Vec<Refused>,
}

/// Checks specs that were read, and generates the crate `alicloud` unless there is an error. Acknowledged warnings are
/// gone from the report afterwards, and its problems are in the order of the files.
pub fn generate(specs: &Specs, report: &mut Report) -> Generated {
    generate_for(specs, &Destination::alicloud(), report)
}

/// The same for another crate.
pub fn generate_for(specs: &Specs, destination: &Destination, report: &mut Report) -> Generated {
    check::check(specs, report);
    // Names are decided even for specs that are wrong, as long as they could be read, so that all is said in one run.
    let products = resolve::resolve(specs, report);
    check::acknowledge(specs, report);
    report.sort();
    finish(specs, &products, destination, report)
}

/// The same for some of the specs, which alone are left of them afterwards. Tells which operations were added, and why.
///
/// Products are checked as a whole, since an envelope or an acknowledgement may be about an operation that is not
/// wanted. What is wrong with such an operation by itself is not said.
///
/// # Errors
///
/// What is wanted but not there, with the nearest names, one line each. The specs are as they were then.
pub fn generate_some(
    specs: &mut Specs,
    wanted: &Selection,
    destination: &Destination,
    report: &mut Report,
) -> Result<(Generated, Vec<String>), Vec<String>> {
    // What cannot be read is not among the products, and would seem not to be there.
    if report.has_errors() {
        return Ok((generate_for(specs, destination, report), Vec::new()));
    }
    let chosen = choose(specs, wanted)?;
    let chosen = keep_products(specs, chosen);
    let mut found = Report::default();
    check::check(specs, &mut found);
    let mut named = Report::default();
    drop(resolve::resolve(specs, &mut named));
    // A name may be taken by an operation that is not wanted: only the names of what is left matter.
    found.diagnostics.extend(named.diagnostics.into_iter().filter(|one| !one.is_error()));
    check::acknowledge(specs, &mut found);
    let left_out = keep_operations(specs, &chosen);
    found.diagnostics.retain(|one| !left_out.iter().any(|file| Arc::ptr_eq(&file.source, &one.source)));
    report.diagnostics.append(&mut found.diagnostics);

    let mut named = Report::default();
    let products = resolve::resolve(specs, &mut named);
    report.diagnostics.extend(named.diagnostics.into_iter().filter(|one| one.is_error()));
    report.sort();
    Ok((finish(specs, &products, destination, report), chosen.notes))
}

fn finish(specs: &Specs, products: &[Product<'_>], destination: &Destination, report: &Report) -> Generated {
    if report.has_errors() {
        return Generated { refused: resolve::refused(specs), ..Generated::default() };
    }
    let features = emit::features(products).into_iter().map(str::to_owned).collect();
    Generated { files: emit::emit(products, destination), features, refused: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::read;

    const PRODUCT: &str = "\
format: 1
product: Things
version: '2024-01-01'
title: Things
description: Keeps things.
module: things
feature: things
style: rpc
endpoints: { networks: [{ name: public, everywhere: things.example }] }
envelope: { request_id: RequestId, code: [Code] }
";

    /// Specs of a product, of which only `GetThing` has what the envelope of the product is about.
    fn specs(of_list: &str) -> Specs {
        let operation =
            |fields: &str| format!("format: 1\nsummary: Gets things.\nresponse: {{ fields: [{fields}] }}\n");
        let field = |name: &str| format!("{{ name: {name}, type: string, description: It. }}");
        let texts = [
            ("product", PRODUCT.to_owned()),
            ("GetThing", operation(&[field("RequestId"), field("Code")].join(", "))),
            ("ListThings", operation(&field("Things")) + of_list),
        ];
        let texts = texts.map(|(name, text)| (format!("specs/things/2024-01-01/{name}.yaml"), text));
        let mut report = Report::default();
        let specs = read::texts(texts.to_vec(), &mut report);
        assert!(!report.has_errors(), "{:?}", report.diagnostics);
        specs
    }

    fn some(specs: &mut Specs, operation: &str) -> (Generated, Report) {
        let wanted = Selection { operations: vec![operation.to_owned()], ..Selection::default() };
        let mut report = Report::default();
        let generated = generate_some(specs, &wanted, &Destination::alicloud(), &mut report);
        (generated.expect("it is there").0, report)
    }

    #[test]
    fn one_operation_is_generated_of_a_product_whose_envelope_is_about_others() {
        for (wanted, other) in [("GetThing", "list_things"), ("ListThings", "get_thing")] {
            let mut specs = specs("");
            let (generated, report) = some(&mut specs, wanted);
            assert!(report.diagnostics.is_empty(), "{wanted}: {:?}", report.diagnostics);
            let paths: Vec<&str> = generated.files.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(paths.len(), 3, "{paths:?}");
            assert!(!paths.iter().any(|path| path.contains(other)), "{paths:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_of_what_is_wanted_alone() {
        let wrong = "samples:\n  - json: '{'\n";
        let (generated, report) = some(&mut specs(wrong), "GetThing");
        assert!(!generated.files.is_empty() && report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let (generated, report) = some(&mut specs(wrong), "ListThings");
        assert!(generated.files.is_empty() && report.has_errors(), "{:?}", report.diagnostics);
        // What every operation of the product lacks is still wrong.
        let mut specs = specs("");
        specs.products[0].product.envelope.request_id = Some("Nowhere".to_owned());
        let (_, report) = some(&mut specs, "GetThing");
        assert_eq!(report.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::DeadPath]);
    }
}
