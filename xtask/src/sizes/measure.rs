//! What a product of specs takes as source.

use std::collections::BTreeSet;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::generate;
use alicloud_codegen::read::{ProductFolder, Specs};

use super::pack::{self, Size};

/// What one product takes.
#[derive(Debug)]
pub struct Measured {
    /// Its module.
    pub module: String,
    /// How many operations were generated.
    pub operations: usize,
    /// How many were not, since there is something wrong with them or the generator refuses them.
    pub left_out: usize,
    /// Its source.
    pub size: Size,
}

/// Generates one product by itself and measures its source. Operations with an error are left out.
pub fn product(folder: ProductFolder) -> Measured {
    let (module, all) = (folder.product.module.clone(), folder.operations.len());
    let mut specs = Specs { products: vec![folder] };
    loop {
        let mut report = Report::default();
        let generated = generate(&specs, &mut report);
        let wrong: BTreeSet<String> =
            report.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.source.path.clone()).collect();
        let before = operations(&specs);
        specs.products.iter_mut().for_each(|one| one.operations.retain(|file| !wrong.contains(&file.source.path)));
        let left = operations(&specs);
        // Without an error there are files; with errors in product.yaml alone there will never be any.
        if wrong.is_empty() || left == before || left == 0 {
            let inside = generated.files.iter().filter(|file| file.path.starts_with(&format!("{module}/")));
            let size = pack::size(inside.map(|file| (file.path.as_str(), file.text.as_bytes())));
            let generated = if wrong.is_empty() { left } else { 0 };
            return Measured { module, operations: generated, left_out: all - generated, size };
        }
    }
}

fn operations(specs: &Specs) -> usize {
    specs.products.iter().map(|product| product.operations.len()).sum()
}
