//! What `cargo xtask explain` promises, with the real program.

use std::process::{Command, Output, Stdio};

use alicloud_codegen::diagnostic::CODES;

fn explain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("explain").args(arguments).output().expect("xtask runs")
}

#[test]
fn every_code_is_listed_in_a_line_and_explained_at_length() {
    let list = String::from_utf8(explain(&[]).stdout).expect("text");
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(listed, CODES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>());
    for (code, name, explanation) in CODES {
        let output = explain(&[&name.to_lowercase()]);
        assert!(output.status.success());
        let page = String::from_utf8(output.stdout).expect("text");
        assert_eq!(page, format!("{}[{name}]: {explanation}", code.severity()));
    }
}

#[test]
fn an_unknown_code_is_a_failure_that_says_where_the_known_ones_are() {
    let output = explain(&["E999"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "error: there is no code `E999`: `cargo xtask explain` lists all of them\n");
    assert_eq!(explain(&["E001", "E002"]).status.code(), Some(2));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    for arguments in [&["explain"][..], &["explain", "E101"], &["--help"], &["diff", "--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let child = command.args(arguments).stdout(writer).stderr(Stdio::piped()).spawn().expect("xtask runs");
        // The pipe is closed once the command has no end of it any more either.
        drop(command);
        let output = child.wait_with_output().expect("xtask ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}
