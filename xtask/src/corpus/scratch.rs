//! The scratch workspace: a crate for each product, and a program for each that tries it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::options::{Failure, root};
use crate::tree;

/// The folder that everything is written into.
pub struct Scratch {
    /// The folder.
    pub folder: PathBuf,
}

/// How everything is compiled: nobody debugs it, and it is compiled once.
const PROFILE: &str = "\n[profile.dev]\ndebug = false\nincremental = false\nopt-level = 0\n";

impl Scratch {
    /// The name of the crate of a product.
    pub fn krate(module: &str) -> String {
        format!("corpus_{module}")
    }

    /// The name of the program of a product.
    pub fn program(module: &str) -> String {
        format!("probe_{module}")
    }

    /// Writes files below a folder of the scratch folder, but for those that are there: what did not change is not
    /// compiled again. What an earlier run left of other operations stays, and nobody reads it.
    pub fn write(&self, below: &str, files: impl IntoIterator<Item = (String, String)>) -> Result<(), Failure> {
        for (name, text) in files {
            let path = tree::below(&self.folder.join(below), &name)?;
            if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
                continue;
            }
            let made = path.parent().map_or(Ok(()), fs::create_dir_all);
            made.and_then(|()| fs::write(&path, text)).map_err(|error| because(&path, &error))?;
        }
        Ok(())
    }

    /// The crate of a product: its sources and its manifest.
    pub fn write_crate(
        &self,
        module: &str,
        feature: &str,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Failure> {
        let (name, runtime) = (Self::krate(module), root().join("runtime"));
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [lib]\ndoctest = false\n\n[features]\ndefault = [{feature:?}]\n{feature} = []\nblocking = []\ntest-util = []\n\n\
             [dependencies]\nalicloud-runtime = {{ path = {runtime:?}, default-features = false }}\n"
        );
        self.write(&format!("crates/{module}"), [("Cargo.toml".to_owned(), manifest)])?;
        self.write(&format!("crates/{module}/src"), files)
    }

    /// The program of a product.
    pub fn write_program(
        &self,
        module: &str,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Failure> {
        let (krate, name) = (Self::krate(module), Self::program(module));
        let (runtime, probe) = (root().join("runtime"), root().join("xtask/probe"));
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
             {krate} = {{ path = \"../../crates/{module}\" }}\nalicloud-probe = {{ path = {probe:?} }}\n\
             alicloud-runtime = {{ path = {runtime:?}, default-features = false, features = [\"test-util\"] }}\n\
             serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n"
        );
        self.write(&format!("programs/{module}"), [("Cargo.toml".to_owned(), manifest)])?;
        self.write(&format!("programs/{module}/src"), files)
    }

    /// The workspace of these members, such as `crates/vpc`, with the versions of this repository.
    pub fn write_workspace(&self, members: &[String]) -> Result<(), Failure> {
        let members: String = members.iter().map(|member| format!("    {member:?},\n")).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n{PROFILE}");
        self.write("", [("Cargo.toml".to_owned(), manifest)])?;
        let lock = self.folder.join("Cargo.lock");
        fs::copy(root().join("Cargo.lock"), &lock).map(drop).map_err(|error| because(&lock, &error))
    }
}

fn because(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Because(format!("{}: {error}", path.display()))
}
