//! One product from its documents to the source of its crate.

use std::time::Instant;

use super::generate::{Made, generate};
use super::scratch::Scratch;
use super::source::{self, Source};
use crate::options::Failure;

/// What one product took, in seconds, and what became of it.
pub struct Step {
    /// Its folder.
    pub folder: String,
    /// The operations that became specs.
    pub operations: Vec<String>,
    /// The operations that could not be imported, and why.
    pub lost: Vec<(String, String)>,
    /// How many operations the service hides.
    pub hidden: usize,
    /// What was generated.
    pub made: Made,
    /// Importing, linting with the deciding of names, writing source.
    pub seconds: [f64; 3],
}

/// Imports, lints and generates one product, and writes its specs and its crate.
pub fn step(source: &Source, scratch: &Scratch) -> Result<Step, Failure> {
    let begin = Instant::now();
    let product = source::specs(source).map_err(|error| Failure::Because(error.to_string()))?;
    let imported = begin.elapsed().as_secs_f64();
    let files = product.files.iter().map(|(path, text)| (format!("specs/{path}"), text.clone())).collect();
    scratch.write("specs", product.files)?;
    let linting = Instant::now();
    let (_, mut made) = generate(files);
    let linted = linting.elapsed().as_secs_f64() - made.emitting;
    let (module, feature) = made.names.clone();
    let sources = std::mem::take(&mut made.files).into_iter().map(|file| (file.path, file.text));
    let sources: Vec<(String, String)> = sources.collect();
    if !sources.is_empty() {
        // That there are files is all that is asked later.
        made.files = vec![alicloud_codegen::emit::File { path: "lib.rs".to_owned(), text: String::new() }];
        scratch.write_crate(&module, &feature, sources)?;
    }
    let seconds = [imported, linted, begin.elapsed().as_secs_f64() - imported - linted];
    Ok(Step {
        folder: product.folder,
        operations: product.operations,
        lost: product.lost,
        hidden: product.hidden,
        made,
        seconds,
    })
}
