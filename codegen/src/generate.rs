//! All stages in one call: from files to files.

use crate::check;
use crate::diagnostic::Report;
use crate::emit::{self, Destination, File};
use crate::read::Specs;
use crate::resolve::{self, Refused};

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
    if report.has_errors() {
        return Generated { refused: resolve::refused(specs), ..Generated::default() };
    }
    let features = emit::features(&products).into_iter().map(str::to_owned).collect();
    Generated { files: emit::emit(&products, destination), features, refused: Vec::new() }
}
