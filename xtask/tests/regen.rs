//! What `cargo xtask regen` promises, with the real program on folders of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A copy of the repository's specs and of the manifest of the generated crate.
struct Scratch {
    folder: TempDir,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        copy(&root.join("specs"), &folder.path().join("specs"));
        fs::create_dir(folder.path().join("generated")).expect("a folder");
        fs::copy(root.join("generated/Cargo.toml"), folder.path().join("generated/Cargo.toml")).expect("a manifest");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn regen(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("regen")
            .arg("--specs")
            .arg(self.path("specs"))
            .arg("--generated")
            .arg(self.path("generated"))
            .args(more)
            .output()
            .expect("xtask runs")
    }

    /// All generated files.
    fn files(&self) -> BTreeMap<PathBuf, (String, std::time::SystemTime)> {
        let mut files = BTreeMap::new();
        walk(&self.path("generated"), &mut files);
        files
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, (String, std::time::SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            let changed = fs::metadata(&path).and_then(|about| about.modified()).expect("a time");
            files.insert(path.clone(), (fs::read_to_string(&path).expect("text"), changed));
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_same_specs_give_the_same_bytes_and_nothing_is_written_twice() {
    let (one, other) = (Scratch::new(), Scratch::new());
    assert!(one.regen(&[]).status.success());
    assert!(other.regen(&[]).status.success());
    let texts = |scratch: &Scratch| scratch.files().into_values().map(|(text, _)| text).collect::<Vec<_>>();
    assert!(texts(&one).len() > 8);
    assert_eq!(texts(&one), texts(&other));

    let before = one.files();
    let again = one.regen(&[]);
    assert!(again.status.success() && !said(&again).contains("wrote"), "{}", said(&again));
    assert_eq!(one.files(), before, "not even the time of a file has changed");
}

#[test]
fn the_committed_crate_is_what_the_specs_say() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["regen", "--check"]).output().expect("xtask runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_spec_with_an_error_leaves_everything_as_it_was() {
    let scratch = Scratch::new();
    assert!(scratch.regen(&[]).status.success());
    let before = scratch.files();
    let spec = scratch.path("specs/dbs/2021-01-01/DescribeDownloadTask.yaml");
    let text = fs::read_to_string(&spec).expect("a spec");
    fs::write(&spec, text.replace("    type: string", "    type: strong")).expect("a spec");
    // Another spec changes too, which would change the crate.
    fs::remove_file(scratch.path("specs/dms-enterprise/2018-11-01/GetDataExportDownloadURL.yaml")).expect("a spec");

    let output = scratch.regen(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("error[E101]: `strong` is not a value of `type`"), "{}", said(&output));
    assert_eq!(scratch.files(), before);
}

#[test]
fn a_folder_without_products_changes_nothing() {
    let scratch = Scratch::new();
    assert!(scratch.regen(&[]).status.success());
    let before = scratch.files();
    fs::remove_dir_all(scratch.path("specs")).expect("a folder");
    fs::create_dir(scratch.path("specs")).expect("a folder");
    let out = scratch.path("mine");
    let specs = scratch.path("specs").display().to_string();
    for output in [scratch.regen(&[]), regen_out(&out, &["--specs", &specs])] {
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("there are no products in this folder"), "{}", said(&output));
    }
    assert_eq!(scratch.files(), before);
    assert!(!out.exists());
}

#[test]
fn an_operation_that_is_gone_takes_its_module_with_it() {
    let scratch = Scratch::new();
    assert!(scratch.regen(&[]).status.success());
    let module = scratch.path("generated/src/oceanbasepro/describe_backup_set_download_link.rs");
    assert!(module.is_file());

    fs::remove_file(scratch.path("specs/oceanbasepro/2019-09-01/DescribeBackupSetDownloadLink.yaml")).expect("a spec");
    assert!(scratch.regen(&[]).status.success());
    assert!(!module.exists());
    let client = fs::read_to_string(scratch.path("generated/src/oceanbasepro/mod.rs")).expect("the client");
    assert!(!client.contains("describe_backup_set_download_link"));

    fs::remove_dir_all(scratch.path("specs/oceanbasepro")).expect("the product");
    assert!(scratch.regen(&[]).status.success());
    assert!(!scratch.path("generated/src/oceanbasepro").exists());
    let manifest = fs::read_to_string(scratch.path("generated/Cargo.toml")).expect("the manifest");
    assert!(!manifest.contains("oceanbasepro = []") && manifest.contains("dms-enterprise = []"));
}

#[test]
fn a_stale_file_fails_the_check_with_a_diff_and_is_left_alone() {
    let scratch = Scratch::new();
    assert!(scratch.regen(&[]).status.success());
    assert!(scratch.regen(&["--check"]).status.success());
    let module = scratch.path("generated/src/dbs/mod.rs");
    let text = fs::read_to_string(&module).expect("a module");
    let stale = text.replace("dbs-api.cn-chengdu", "dbs-api.cn-elsewhere");
    assert_ne!(stale, text);
    fs::write(&module, &stale).expect("a module");

    let output = scratch.regen(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    let differs = |sign: char, word: &str| said.lines().any(|line| line.starts_with(sign) && line.contains(word));
    assert!(differs('-', "dbs-api.cn-elsewhere") && differs('+', "dbs-api.cn-chengdu"), "{said}");
    assert!(said.contains("cargo xtask regen"), "{said}");
    assert_eq!(fs::read_to_string(&module).expect("a module"), stale);
}

#[test]
fn a_file_that_was_written_by_hand_is_not_overwritten() {
    let scratch = Scratch::new();
    fs::create_dir_all(scratch.path("generated/src/dbs")).expect("a folder");
    fs::write(scratch.path("generated/src/dbs/mod.rs"), "// mine\n").expect("a file");
    fs::write(scratch.path("generated/src/mine.rs"), "// mine\n").expect("a file");
    let output = scratch.regen(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("was put there by hand"), "{}", said(&output));
    assert!(!scratch.path("generated/src/lib.rs").exists(), "nothing was written");

    fs::remove_file(scratch.path("generated/src/dbs/mod.rs")).expect("the file");
    assert!(scratch.regen(&[]).status.success());
    assert!(scratch.path("generated/src/mine.rs").exists(), "only what was generated is removed");
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_left_alone() {
    let scratch = Scratch::new();
    assert!(scratch.regen(&[]).status.success());
    let outside = scratch.path("outside");
    fs::create_dir(&outside).expect("a folder");
    let notes = "// @generated by `cargo xtask regen` is what the files say.\n";
    fs::write(outside.join("notes.rs"), notes).expect("a file");
    std::os::unix::fs::symlink(&outside, scratch.path("generated/src/link")).expect("a link");
    fs::write(scratch.path("generated/src/mine.rs"), format!("fn mine() {{}}\n{notes}")).expect("a file");
    assert!(scratch.regen(&[]).status.success());
    assert!(outside.join("notes.rs").exists(), "links are not followed");
    assert!(scratch.path("generated/src/mine.rs").exists(), "the marker counts only where a file begins");

    let module = scratch.path("generated/src/dbs/mod.rs");
    fs::remove_file(&module).expect("the file");
    std::os::unix::fs::symlink(outside.join("notes.rs"), &module).expect("a link");
    assert_eq!(scratch.regen(&[]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(outside.join("notes.rs")).expect("a file"), notes);
}

#[test]
fn every_task_says_what_it_reads_and_writes() {
    let help = |task: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args([task, "--help"]).output().expect("xtask runs");
        assert!(output.status.success());
        said(&output)
    };
    for task in [
        "demo", "regen", "lint", "explain", "new", "diff", "import", "schema", "emulate", "vectors", "sizes", "corpus",
        "bench", "ci",
    ] {
        let help = help(task);
        assert!(help.starts_with(&format!("cargo xtask {task}")), "{help}");
        assert!(help.to_lowercase().contains("writes") && help.to_lowercase().contains("reads"), "{task}: {help}");
    }
}

/// `regen --out` into a folder that is not there yet.
fn regen_out(out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("regen").arg("--out").arg(out).args(more).output().expect("xtask runs")
}

#[test]
fn a_crate_of_its_own_has_what_was_asked_for_and_what_its_waiters_ask() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("mine");
    let wanted = ["--name", "my-cloud", "--products", "dms-enterprise,DBS/2021-01-01", "--operations"];
    let wanted = [&wanted[..], &["GetDataExportOrderDetail,dbs/DescribeDownloadTask"]].concat();
    let output = regen_out(&out, &wanted);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("GetOrderBaseInfo is taken as well: the waiters of GetDataExportOrderDetail ask it")
    );

    let mut files = BTreeMap::new();
    walk(&out, &mut files);
    let names: Vec<_> =
        files.keys().map(|path| path.strip_prefix(&out).expect("below it").display().to_string()).collect();
    let expected = [
        "Cargo.toml",
        "README.md",
        "src/dbs/describe_download_task.rs",
        "src/dbs/mod.rs",
        "src/dms_enterprise/get_data_export_order_detail.rs",
        "src/dms_enterprise/get_order_base_info.rs",
        "src/dms_enterprise/mod.rs",
        "src/lib.rs",
    ];
    assert_eq!(names, expected);
    let manifest = &files[&out.join("Cargo.toml")].0;
    for line in [
        "name = \"my-cloud\"",
        "default = [\"rustls\", \"tracing\", \"dbs\", \"dms-enterprise\"]",
        &format!("alicloud-runtime = {{ version = \"{}\", default-features = false }}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(manifest.lines().any(|found| found == line), "{line}\n{manifest}");
    }
    assert!(!manifest.contains("path ="), "nothing of this repository: {manifest}");
    let module = &files[&out.join("src/dbs/describe_download_task.rs")].0;
    assert!(module.contains("let client = my_cloud::dbs::Client::new(config)?;"), "{module}");

    // A build of the crate is in nobody's way, and a second run has nothing to do.
    fs::create_dir_all(out.join("target/debug")).expect("a folder");
    fs::write(out.join("target/debug/x.rs"), "fn main() {}\n").expect("a file");
    assert!(regen_out(&out, &[&wanted[..], &["--check"]].concat()).status.success());
    // What is no longer wanted goes.
    assert!(regen_out(&out, &["--name", "my-cloud", "--products", "dbs"]).status.success());
    assert!(!out.join("src/dms_enterprise").exists() && out.join("src/dbs/retry_download_task.rs").exists());
    // What somebody wrote stays.
    fs::write(out.join("Cargo.toml"), "[package]\nname = \"mine\"\n").expect("a file");
    let output = regen_out(&out, &["--products", "dbs"]);
    assert!(!output.status.success() && said(&output).contains("was put there by hand"), "{}", said(&output));
}

#[test]
fn what_is_not_there_is_an_error_with_the_nearest_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("mine");
    for (arguments, expected) in [
        (&["--products", "dms"][..], "there is no product `dms`: did you mean `dms-enterprise/2018-11-01`"),
        (
            &["--operations", "GetOrderBaseinfo"],
            "there is no operation `GetOrderBaseinfo`: did you mean `GetOrderBaseInfo`",
        ),
        (&["--operations", "dbs/GetOrderBaseInfo"], "there is no operation `dbs/GetOrderBaseInfo`: did you mean"),
        (&["--products", "dbs", "--operations", "rds/X"], "there is no product `rds` among those that are wanted"),
        (
            &["--products", "dbs,rds", "--operations", "rds/DescribeBackups"],
            "nothing is left of `dbs/2021-01-01`: name one of its operations, or leave it out",
        ),
        (&["--name", "My Crate"], "`My Crate` is no name for a crate"),
    ] {
        let output = regen_out(&out, arguments);
        assert!(!output.status.success() && said(&output).contains(expected), "{arguments:?}: {}", said(&output));
    }
    assert!(!out.exists(), "nothing was written");
}
