//! What `cargo xtask sizes` promises, with the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sizes(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("sizes").args(arguments).output().expect("xtask runs")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The columns of the row that begins with a name.
fn columns(text: &str, name: &str) -> Vec<String> {
    let row = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in\n{text}"));
    row[name.len()..].split("  ").map(str::trim).filter(|column| !column.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_figures_are_those_of_the_committed_crate() {
    let output = sizes(&[]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    for module in ["dbs", "dms_enterprise", "oceanbasepro"] {
        let files: Vec<PathBuf> = fs::read_dir(root().join("generated/src").join(module))
            .expect("the module")
            .map(|entry| entry.expect("a file").path())
            .collect();
        let bytes: u64 = files.iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
        let columns = columns(&text, module);
        assert_eq!(columns[..2], [(files.len() - 1).to_string(), "0".to_owned()], "one file is the client");
        assert_eq!(columns[2], format!("{:.1} kB", bytes as f64 / 1e3), "{module}");
        assert_eq!(columns.len(), 5);
    }
    assert!(text.contains(" of 300 features (") && text.contains(" of 10.0 MB packed"), "{text}");
    let all = "all of the metadata (18157 operations of 263 products), extrapolated from ";
    assert!(text.lines().last().is_some_and(|line| line.starts_with(all)), "{text}");
}

#[test]
fn what_the_generator_refuses_is_left_out_and_counted() {
    let vocabulary = root().join("codegen/tests/vocabulary");
    let output = sizes(&[vocabulary.to_str().expect("a path")]);
    let text = String::from_utf8(output.stdout).expect("text");
    // A gateway with a signature of its own: nothing of it is generated.
    assert_eq!(columns(&text, "oss "), ["0", "6", "0 B", "0 B", "-"]);
    assert!(columns(&text, "ecs ")[0].parse::<u32>().is_ok_and(|count| count > 0), "{text}");
}

#[test]
fn a_folder_without_specs_is_a_failure() {
    let empty = tempfile::tempdir().expect("a folder");
    let output = sizes(&[empty.path().to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there are no specs"));
    assert_eq!(sizes(&["--all"]).status.code(), Some(2));
}
