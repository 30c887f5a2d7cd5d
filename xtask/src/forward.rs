//! Tasks that are programs of other crates: whatever needs a network stack is built only when it is called.

use crate::cargo;
use crate::options::{Failure, Task, root};

pub const DEMO: Task = Task {
    name: "demo",
    usage: "demo",
    summary: "fetches four files by the four workflows, from an emulator of its own",
    help: "Starts the emulator in the same program and runs all workflows against it, without credentials or network: a\n\
           query, tracked changes, a backup set, an advanced download. Says each state, and goes on after faults that\n\
           it makes itself. Compares each file with what the emulator serves; exit 1 if one is not the same, or if\n\
           anything was created twice. Reads specs/.\n\
           Writes the files into a new temporary folder, which it prints.",
    run: |arguments| example("alicloud-workflows", &[], "demo", arguments),
};

pub const EMULATE: Task = Task {
    name: "emulate",
    usage: "emulate [--port N] [--specs DIR] [--exact] [--workflows] [--access-key ID --secret SECRET]",
    summary: "serves every operation of specs/ on a port of this machine",
    help: "Reads specs/ (or DIR) and serves its operations on 127.0.0.1 until it is stopped: verifies signatures,\n\
           locations, types and required parameters, and answers with the documented samples. Port 8787 unless told\n\
           otherwise. Links in samples lead to files that the emulator serves; with --exact they stay as documented.\n\
           With --workflows tickets and tasks are made, kept and walked through their states.\n\
           Prints the key pair that it accepts, and one line for each request. Writes nothing.",
    run: |arguments| {
        let mut all = vec!["run", "--quiet", "--package", "alicloud-emulator", "--"];
        all.extend(arguments.iter().map(String::as_str));
        cargo::run(&all)
    },
};

pub const VECTORS: Task = Task {
    name: "vectors",
    usage: "vectors FILE…",
    summary: "checks signatures against recorded ones",
    help: "Reads files of signature vectors in JSON, such as runtime/tests/data/acs3.json, and signs every case:\n\
           ACS3, and RPC V1 and ROA V1 from before it.\n\
           Prints a line for each case that differs, and `N passed, N failed` last. Exit 1 when one failed.\n\
           Writes nothing.",
    run: |arguments| {
        if arguments.is_empty() {
            return Err(Failure::Usage("which files?".to_owned()));
        }
        example("alicloud-runtime", &["--all-features"], "vectors", arguments)
    },
};

/// Runs an example of a package. It runs where the caller stands, so that paths among the arguments mean what they say.
fn example(package: &str, options: &[&str], name: &str, arguments: &[String]) -> Result<(), Failure> {
    let mut command = cargo::command();
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    command.args(["run", "--quiet", "--manifest-path"]).arg(root().join("Cargo.toml"));
    command.args(["--package", package]).args(options).args(["--example", name, "--"]).args(arguments);
    cargo::finish(&mut command)
}
