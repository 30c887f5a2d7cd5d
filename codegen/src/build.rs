//! The generator as a build script calls it: a module for just the operations that a crate uses.

use std::fmt::{self, Debug, Display, Formatter};
use std::fs;
use std::path::PathBuf;

use crate::diagnostic::{Report, render};
use crate::emit::Destination;
use crate::generate::generate_some;
use crate::read;
use crate::select::Selection;

/// Starts what a build script does: reads specs, and writes a module with the wanted operations to
/// `$OUT_DIR/alicloud.rs`.
///
/// In `build.rs`, with `alicloud-codegen` among the build dependencies:
///
/// ```no_run
/// fn main() -> Result<(), alicloud_codegen::BuildError> {
///     alicloud_codegen::build()
///         .specs("specs")
///         .products(["dms-enterprise"])
///         .operations(["ListOrders", "GetOrderBaseInfo"])
///         .run()
/// }
/// ```
///
/// In the crate, with `alicloud-runtime` among the dependencies; nothing else is needed:
///
/// ```text
/// pub mod alicloud {
///     include!(concat!(env!("OUT_DIR"), "/alicloud.rs"));
/// }
/// ```
pub fn build() -> Build {
    Build { specs: Vec::new(), wanted: Selection::default(), out_dir: None }
}

/// What a build script is to generate: see [`build`].
#[derive(Clone, Debug)]
#[must_use = "nothing is generated before `run`"]
pub struct Build {
    specs: Vec<PathBuf>,
    wanted: Selection,
    out_dir: Option<PathBuf>,
}

impl Build {
    /// A folder of specs, from the folder of the crate. Can be called again for further folders.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs.push(folder.into());
        self
    }

    /// The products, each by its folder, `folder/version`, feature, module or code. All unless this is called.
    pub fn products(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.wanted.products.extend(names.into_iter().map(Into::into));
        self
    }

    /// The operations, each as `Operation` or `product/Operation`; those that their waiters ask come with them. All of
    /// the products unless this is called.
    pub fn operations(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.wanted.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Where to write `alicloud.rs`. `$OUT_DIR` unless this is called.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes the module unless it is there already, and tells cargo to run the script again when a spec changes.
    ///
    /// # Errors
    ///
    /// All errors of the specs, with their places; what is wanted and not there; files that cannot be read or written.
    pub fn run(self) -> Result<(), BuildError> {
        let folder = match self.out_dir.clone().or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from)) {
            Some(folder) => folder,
            None => return Err(BuildError("there is no `OUT_DIR`: call this from a build script".to_owned())),
        };
        for specs in &self.specs {
            println!("cargo:rerun-if-changed={}", specs.display());
        }
        let path = folder.join("alicloud.rs");
        let text = self.generate()?;
        // What has not changed is not compiled again.
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text));
        written.map_err(|error| BuildError(format!("{}: {error}", path.display())))
    }

    /// The text of the module. Reads the specs and writes nothing.
    ///
    /// # Errors
    ///
    /// All errors of the specs, with their places; what is wanted and not there.
    pub fn generate(&self) -> Result<String, BuildError> {
        if self.specs.is_empty() {
            return Err(BuildError("no folder of specs: call `specs`".to_owned()));
        }
        let mut report = Report::default();
        let mut specs = read::Specs::default();
        for folder in &self.specs {
            specs.products.extend(read::folder(folder, &mut report).products);
        }
        let generated = generate_some(&mut specs, &self.wanted, &Destination::Module, &mut report);
        let (generated, _) = generated.map_err(|problems| BuildError(problems.join("\n")))?;
        match generated.files.into_iter().next() {
            Some(file) => Ok(file.text),
            None => {
                let errors = report.diagnostics.iter().filter(|one| one.is_error());
                let errors: Vec<String> = errors.map(|one| render(one, false)).collect();
                Err(BuildError(errors.join("\n\n")))
            }
        }
    }
}

/// Why nothing was generated. Build scripts end by printing it, so both ways of printing tell everything.
pub struct BuildError(String);

impl Display for BuildError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Debug for BuildError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "no code could be generated\n\n{}", self.0)
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

    #[test]
    fn writes_one_module_with_what_was_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let build = build().specs(SPECS).operations(["DescribeBackups"]).out_dir(folder.path());
        build.clone().run().expect("it is generated");
        let path = folder.path().join("alicloud.rs");
        let text = fs::read_to_string(&path).expect("it was written");
        assert!(syn::parse_file(&text).is_ok());
        assert!(text.contains("pub mod rds {") && text.contains("pub mod describe_backups {"), "{text}");
        assert!(!text.contains("dms_enterprise") && !text.contains("cfg(feature"), "{text}");
        assert!(!text.contains("no_run"), "nobody can compile its examples");

        let written = || fs::metadata(&path).and_then(|about| about.modified()).expect("a time");
        let before = written();
        build.run().expect("it is generated");
        assert_eq!(written(), before, "nothing is compiled again");
    }

    #[test]
    fn says_everything_that_is_wrong() {
        let failure = |build: Build| format!("{:?}", build.generate().expect_err("it cannot be"));
        assert!(failure(build()).contains("no folder of specs: call `specs`"));
        assert!(
            failure(build().specs(SPECS).products(["rdss"])).contains("there is no product `rdss`: did you mean `rds")
        );
        let folder = tempfile::tempdir().expect("a folder");
        let specs = folder.path().join("specs/x/2020-01-01");
        fs::create_dir_all(&specs).expect("a folder");
        fs::write(specs.join("GetX.yaml"), "format: 1\nsumary: Gets.\n").expect("a spec");
        let said = failure(build().specs(folder.path().join("specs")).operations(["GetX"]));
        assert!(said.contains("error[E002]") && said.contains("specs/x/2020-01-01/GetX.yaml:2:1"), "{said}");
    }
}
