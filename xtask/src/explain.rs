//! `explain`: what is behind the code of a diagnostic.

use alicloud_codegen::diagnostic::{CODES, Code};

use crate::options::{Failure, Task};
use crate::report;

pub const TASK: Task = Task {
    name: "explain",
    usage: "explain [CODE]",
    summary: "says what a diagnostic means and how to mend it",
    help: "Prints what is wrong, why it matters, how to mend it, and where it helps a spec before and after. Without a\n\
           code it lists all of them. Reads nothing but what is compiled in. Writes nothing.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [] => report::put_out(&list()),
        [name] => {
            let code = Code::named(name).ok_or_else(|| {
                Failure::Because(format!("there is no code `{name}`: `cargo xtask explain` lists all of them"))
            })?;
            report::put_out(&page(code));
        }
        _ => return Err(Failure::Usage("one code at a time".to_owned())),
    }
    Ok(())
}

/// All codes with what is wrong, a line each.
fn list() -> String {
    let line = |(code, name, _): &(Code, &str, &str)| {
        format!("{name}  {:<8} {}\n", code.severity().to_string(), code.summary())
    };
    CODES.iter().map(line).collect()
}

/// One code in full.
fn page(code: Code) -> String {
    format!("{}[{code}]: {}", code.severity(), code.explanation())
}
