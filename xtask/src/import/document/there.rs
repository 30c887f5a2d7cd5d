//! The product whose folder is imported into: what is there must be readable, or it could be taken for not there.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use alicloud_codegen::diagnostic::{Code, Report};
use alicloud_codegen::read::{self, ProductFolder, Source};

use crate::options::Failure;
use crate::report::{self, MessageFormat};

/// Where the reader is told that the files are: what a spec says does not depend on where its product is.
const PLACE: &str = "specs/product/version";

/// Reads the specs of a folder. `None` where there are none yet. Fails, after printing why, if one cannot be read or
/// has no `product.yaml` beside it.
pub fn read(folder: &Path, format: MessageFormat) -> Result<Option<ProductFolder>, Failure> {
    let because = |path: &Path, error: io::Error| Failure::Because(format!("{}: {error}", path.display()));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(because(folder, error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| because(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let text = fs::read_to_string(&path).map_err(|error| because(&path, error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((format!("{PLACE}/{name}"), text));
        }
    }
    let mut report = Report::default();
    let specs = read::texts(files, &mut report);
    // The version of the product cannot be that of the place that was made up.
    report.diagnostics.retain(|one| one.code != Code::Misplaced || !one.source.path.ends_with("/product.yaml"));
    if report.has_errors() {
        for one in &mut report.diagnostics {
            let path = one.source.path.replace(PLACE, &folder.to_string_lossy());
            one.source = Arc::new(Source { path, text: one.source.text.clone() });
        }
        report.sort();
        report::print(&report.diagnostics, format);
        return Err(Failure::Because(format!("{}: mend the specs that are there first", folder.display())));
    }
    Ok(specs.products.into_iter().next())
}
