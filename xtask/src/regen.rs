//! `regen`: specs to source.

mod out;
pub mod package;

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::emit::MARKER;
use alicloud_codegen::select::Selection;

use lexopt::ValueExt as _;

use crate::lint;
use crate::options::{Failure, Task, because, root};
use crate::report::MessageFormat;
use crate::tree::{Change, Tree, settle};

pub const TASK: Task = Task {
    name: "regen",
    usage: "regen [--check] [--specs DIR] [--generated DIR] [--message-format human|json]\n\
            cargo xtask regen --out DIR [--products A,B] [--operations X,A/Y] [--name NAME] [--runtime-path DIR]\n\
            \x20                 [--check] [--specs DIR]",
    summary: "writes the crate in generated/ from specs/",
    help: "Reads specs/ (or DIR) and writes generated/src and the features in generated/Cargo.toml: only files that\n\
           changed, and removes those that no spec describes any more. Changes nothing when any spec has an error.\n\
           With --check it writes nothing, and exits with 1 and a diff when generated/ is not what specs/ says.\n\
           With --message-format json stdout has a JSON object for each problem of a spec in a line and nothing else:\n\
           docs/diagnostics.md.\n\
           \n\
           With --out it writes a crate called alicloud-custom (or NAME) into DIR, wherever that is: Cargo.toml, a README\n\
           and src/, for just the products (by folder, folder/version, feature or module) and operations that are\n\
           named, and those that their waiters ask. It depends on the published runtime of this version, or on that\n\
           in the DIR of --runtime-path.",
    run,
};

/// Between these lines of the manifest stand the features of the products.
const FEATURES_BEGIN: &str = "# Products: kept by `cargo xtask regen`.\n";
const FEATURES_END: &str = "# End of products.\n";

fn run(arguments: &[String]) -> Result<(), Failure> {
    let (mut check, mut specs, mut generated) = (false, root().join("specs"), None);
    let (mut out, mut name, mut runtime, mut selection) = (None, None, None, Selection::default());
    let mut format = MessageFormat::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("check") => check = true,
            lexopt::Arg::Long("specs") => specs = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("message-format") => format = MessageFormat::parse(&mut parser)?,
            lexopt::Arg::Long("generated") => generated = Some(PathBuf::from(parser.value()?)),
            lexopt::Arg::Long("out") => out = Some(PathBuf::from(parser.value()?)),
            lexopt::Arg::Long("name") => name = Some(parser.value()?.string()?),
            lexopt::Arg::Long("runtime-path") => runtime = Some(PathBuf::from(parser.value()?)),
            lexopt::Arg::Long("products") => selection.products.extend(names(&parser.value()?.string()?)),
            lexopt::Arg::Long("operations") => selection.operations.extend(names(&parser.value()?.string()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(out) = out else {
        if name.is_some() || runtime.is_some() || selection != Selection::default() {
            return Err(Failure::Usage("only a crate of its own can have some of the specs: add --out DIR".to_owned()));
        }
        return regenerate(&specs, &generated.unwrap_or_else(|| root().join("generated")), check, format);
    };
    if generated.is_some() {
        return Err(Failure::Usage("--out and --generated are two places".to_owned()));
    }
    let name = name.unwrap_or_else(|| "alicloud-custom".to_owned());
    // In the manifest, a path is one from the crate.
    let runtime = runtime.map(|path: PathBuf| path.canonicalize().map_err(|error| because(&path, error)));
    out::write(&specs, &out::Wanted { out, name, selection, runtime: runtime.transpose()? }, check, format)
}

/// The names in `a,b`.
fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Brings a generated crate up to date, or with `check` only says whether it is.
pub fn regenerate(specs: &Path, generated: &Path, check: bool, format: MessageFormat) -> Result<(), Failure> {
    let (output, report) = lint::load(specs, format);
    if report.has_errors() {
        return Err(Failure::Because("nothing was generated: mend the errors first".to_owned()));
    }
    if output.features.is_empty() {
        return Err(no_products(specs));
    }
    let tree = Tree { folder: generated.join("src"), marker: Some(MARKER) };
    let mut changes = tree.changes(output.files.into_iter().map(|file| (file.path, file.text)))?;
    changes.extend(manifest(&generated.join("Cargo.toml"), &output.features)?);
    settle(&changes, check, "cargo xtask regen", format)
}

/// A crate without products would be nobody's wish: what was there would go.
fn no_products(specs: &Path) -> Failure {
    because(specs, "there are no products in this folder, so nothing was generated")
}

/// What has to change in the manifest for it to have exactly these features for products.
fn manifest(path: &Path, features: &[String]) -> Result<Option<Change>, Failure> {
    let old = fs::read_to_string(path).map_err(|error| because(path, error))?;
    let [before, _, after] = parts(path, &old)?;
    let lines: String = features.iter().map(|feature| format!("{feature} = []\n")).collect();
    let new = format!("{before}{FEATURES_BEGIN}{lines}{FEATURES_END}{after}");
    Ok((new != old).then(|| Change { path: path.to_owned(), old, new: Some(new) }))
}

/// The features of the products that the committed crate has.
pub fn committed_features() -> Result<Vec<String>, Failure> {
    let path = root().join("generated/Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| because(&path, error))?;
    let [_, features, _] = parts(&path, &text)?;
    Ok(features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.to_owned()).collect())
}

/// What stands before the features of the products, those features, and what stands behind them.
fn parts<'a>(path: &Path, text: &'a str) -> Result<[&'a str; 3], Failure> {
    let found = text
        .split_once(FEATURES_BEGIN)
        .and_then(|(before, rest)| rest.split_once(FEATURES_END).map(|(features, after)| [before, features, after]));
    found.ok_or_else(|| {
        because(path, format!("there is no `{}` … `{}`", FEATURES_BEGIN.trim_end(), FEATURES_END.trim_end()))
    })
}
