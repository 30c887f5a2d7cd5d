//! `sizes`: how far the crate is from what crates.io takes.

mod measure;
mod pack;

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read;

use crate::options::{Failure, Task, because, root};
use crate::report;
use measure::Measured;
use pack::Size;

pub const TASK: Task = Task {
    name: "sizes",
    usage: "sizes [SPECS]",
    summary: "says how far the crate is from what crates.io takes",
    help: "Reads specs/ or another folder of specs, and generated/. Generates each product by itself, in memory, and\n\
           prints its operations, its source, and its source packed as `cargo package` packs it; then what the whole crate\n\
           would take beside what crates.io takes, and what all of the metadata would take, extrapolated by operations.\n\
           Operations with an error are left out and counted. Writes nothing.",
    run,
};

/// How many features crates.io takes.
const MOST_FEATURES: usize = 300;
/// How many bytes of a package crates.io takes.
const MOST_BYTES: u64 = 10_000_000;
/// All operations that Alibaba Cloud publishes metadata for, and the products that they are of.
const ALL_OPERATIONS: usize = 18_157;
const ALL_PRODUCTS: usize = 263;

fn run(arguments: &[String]) -> Result<(), Failure> {
    let folder = match arguments {
        [] => root().join("specs"),
        [one] if !one.starts_with('-') => PathBuf::from(one),
        _ => return Err(Failure::Usage("takes a folder of specs and nothing else".to_owned())),
    };
    let mut unread = Report::default();
    let specs = read::folder(&folder, &mut unread);
    if specs.products.is_empty() {
        return Err(because(&folder, "there are no specs"));
    }
    let mut measured: Vec<Measured> = specs.products.into_iter().map(measure::product).collect();
    measured.sort_by(|a, b| b.size.packed.cmp(&a.size.packed).then_with(|| a.module.cmp(&b.module)));
    let around = around(&root().join("generated"))?;
    report::put_out(&table(&measured, &around));
    if !unread.diagnostics.is_empty() {
        let count = unread.diagnostics.len();
        report::put_out(&format!("{count} files could not be read: `cargo xtask lint --specs` says why\n"));
    }
    Ok(())
}

/// What the package has beside its products.
struct Around {
    features: usize,
    size: Size,
}

/// The features of the manifest that are no products, and all files beside `src`.
fn around(generated: &Path) -> Result<Around, Failure> {
    let manifest = generated.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| because(&manifest, error))?;
    let section = text.lines().skip_while(|line| *line != "[features]").skip(1);
    let all = section.take_while(|line| !line.starts_with('[')).filter(|line| line.contains(" = [")).count();
    let products = crate::regen::committed_features()?.len();
    let mut files = Vec::new();
    collect(generated, &mut files).map_err(|error| because(generated, error))?;
    let size = pack::size(files.iter().map(|(path, content)| (path.as_str(), content.as_slice())));
    Ok(Around { features: all.saturating_sub(products), size })
}

fn collect(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|one| one.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_file() {
            files.push((path.to_string_lossy().into_owned(), fs::read(&path)?));
        } else if !path.ends_with("src") && !path.ends_with("target") {
            collect(&path, files)?;
        }
    }
    Ok(())
}

/// All figures as text.
fn table(measured: &[Measured], around: &Around) -> String {
    let mut text = row(&["product", "operations", "left out", "source", "packed", "packed each"]);
    let sum = |of: &dyn Fn(&Measured) -> u64| measured.iter().map(of).sum::<u64>();
    for one in measured {
        text += &figures(&one.module, one.operations as u64, one.left_out as u64, one.size);
    }
    let (operations, left_out) = (sum(&|one| one.operations as u64), sum(&|one| one.left_out as u64));
    let products = Size { plain: sum(&|one| one.size.plain), packed: sum(&|one| one.size.packed) };
    text += &figures(&format!("all {}", measured.len()), operations, left_out, products);
    let made = measured.iter().filter(|one| one.operations > 0).count();
    let features = made + around.features;
    text += &format!(
        "\na package of them: {features} of {MOST_FEATURES} features ({} of products), {} of {} packed, with {} for the rest\n",
        made,
        bytes(products.packed + around.size.packed),
        bytes(MOST_BYTES),
        bytes(around.size.packed),
    );
    if operations == 0 {
        return text;
    }
    let scaled = |part: u64| (u128::from(part) * ALL_OPERATIONS as u128 / u128::from(operations)) as u64;
    let all = Size { plain: scaled(products.plain), packed: scaled(products.packed) };
    let features = ALL_PRODUCTS + around.features;
    text += &format!(
        "all of the metadata ({ALL_OPERATIONS} operations of {ALL_PRODUCTS} products), extrapolated from {operations} operations: \
         {features} of {MOST_FEATURES} features, {} of source, {} of {} packed: {}\n",
        bytes(all.plain),
        bytes(all.packed + around.size.packed),
        bytes(MOST_BYTES),
        verdict(features, all.packed + around.size.packed),
    );
    text
}

fn verdict(features: usize, packed: u64) -> String {
    match (features > MOST_FEATURES, packed > MOST_BYTES) {
        (false, false) => "one crate can hold it".to_owned(),
        (true, false) => "too many features for one crate".to_owned(),
        (_, true) => format!("too large for one crate, by {:.1} times", packed as f64 / MOST_BYTES as f64),
    }
}

fn figures(name: &str, operations: u64, left_out: u64, size: Size) -> String {
    let each = size.packed.checked_div(operations).map_or_else(|| "-".to_owned(), bytes);
    row(&[name, &operations.to_string(), &left_out.to_string(), &bytes(size.plain), &bytes(size.packed), &each])
}

/// A line of six columns, the first to the left.
fn row(columns: &[&str; 6]) -> String {
    let [name, rest @ ..] = columns;
    let rest: String = rest.iter().map(|column| format!("{column:>13}")).collect();
    format!("{name:<24}{rest}\n")
}

/// A number of bytes with its unit, to three digits or so.
fn bytes(count: u64) -> String {
    match count {
        0..10_000 => format!("{count} B"),
        10_000..10_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}
