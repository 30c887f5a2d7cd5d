//! Checks signature vectors: `vectors FILE…`. Prints a line for each that fails, then how many passed.

mod check;
#[cfg(feature = "legacy-signatures")]
mod legacy;
mod pipeline;

use std::process::ExitCode;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: vectors FILE…");
        return ExitCode::from(2);
    }
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        let outcome =
            std::fs::read_to_string(&file).map_err(|error| error.to_string()).and_then(|text| check::check_all(&text));
        match outcome {
            Ok(results) => {
                for (name, result) in results {
                    match result {
                        Ok(()) => passed += 1,
                        Err(why) => {
                            failed += 1;
                            println!("{name}: {why}");
                        }
                    }
                }
            }
            Err(why) => {
                failed += 1;
                println!("{file}: {why}");
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
