//! The program `alicloud-emulator`: a local Alibaba Cloud on a port of this machine.

use std::error::Error;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_emulator::{EXAMPLE_ACCESS_KEY_ID, EXAMPLE_ACCESS_KEY_SECRET, Emulator, RecordedRequest};
use lexopt::prelude::*;

const HELP: &str = "\
A local Alibaba Cloud: serves the operations that specs describe, and verifies every signature.

Usage: alicloud-emulator [OPTIONS]

Options:
  --port N          The port of 127.0.0.1 to listen on; 0 is any free one [8787]
  --specs DIR       The folder of specs [specs]
  --workflows       Tickets and tasks of the workflows in place of samples, and a control endpoint /_emulator/
  --exact           Samples are answered as they are: links in them are not replaced, and no files are served
  --access-key ID   The access key to accept [LTAI5tExample]
  --secret SECRET   The secret of that access key [example-secret]
  --help            Prints this

Reads all .yaml files of the folder of specs, once. Prints where it listens and which access key it accepts, then a
line for each request: operation, HTTP status, code. Writes no files. Stops on ctrl-c.

Replies are the documented samples. Links in them lead to a file of 65,536 bytes that the emulator itself serves.
";

/// What the arguments say.
struct Options {
    port: u16,
    specs: PathBuf,
    exact: bool,
    workflows: bool,
    access_key: Option<String>,
    secret: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let Some(options) = arguments()? else {
        print(HELP.trim_end());
        return Ok(());
    };
    let (id, secret, shown) = match (options.access_key, options.secret) {
        // Only the example is printed: a secret that somebody gave may be a real one.
        (Some(id), Some(secret)) => (id, secret, "***"),
        (None, None) => {
            (EXAMPLE_ACCESS_KEY_ID.to_owned(), EXAMPLE_ACCESS_KEY_SECRET.to_owned(), EXAMPLE_ACCESS_KEY_SECRET)
        }
        _ => return Err("--access-key and --secret go together".into()),
    };
    let emulator = Emulator::builder()
        .specs(options.specs)
        .port(options.port)
        .access_key(&id, &secret)
        .files(!options.exact)
        .workflows(options.workflows)
        .log(|request| print(&line(request)))
        .start()
        .await?;
    print(&format!("listening on {}", emulator.url()));
    print(&format!("access key {id}, secret {shown}, {} operations", emulator.operations()));
    tokio::signal::ctrl_c().await?;
    emulator.stop().await;
    Ok(())
}

/// The arguments; `None` if only help is wanted.
fn arguments() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        port: 8787,
        specs: PathBuf::from("specs"),
        exact: false,
        workflows: false,
        access_key: None,
        secret: None,
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("specs") => options.specs = parser.value()?.into(),
            Long("workflows") => options.workflows = true,
            Long("exact") => options.exact = true,
            Long("access-key") => options.access_key = Some(parser.value()?.string()?),
            Long("secret") => options.secret = Some(parser.value()?.string()?),
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(options))
}

fn line(request: &RecordedRequest) -> String {
    // A file has a path and no operation. The query is left out: it may hold what nobody else should see.
    let path = || request.target.split('?').next().unwrap_or_default();
    let what = request.operation.as_deref().unwrap_or_else(path);
    // What a client calls its operation may hold anything.
    let what: String = what.chars().filter(|c| !c.is_control()).take(200).collect();
    let usual = match request.status {
        0 => "closed",
        1..400 => "OK",
        _ => "-",
    };
    let code = request.code.as_deref().unwrap_or(usual);
    format!("{what} {} {code}", request.status)
}

/// Prints a line. Where nobody reads it any more, that is no reason to stop.
fn print(text: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{text}").and_then(|()| output.flush());
}
