//! What the examples have in common: who calls, where, and how steps are printed.

use std::env;
use std::error::Error;

use alicloud::{Config, Credentials, DefaultChain};
use alicloud_workflows::{Done, Step, WorkflowError};

/// The configuration: credentials from the default chain, the region from `ALICLOUD_REGION` (`cn-hangzhou` if it is
/// not set), and the endpoint from `ALICLOUD_ENDPOINT` if it is set, such as that of the emulator.
pub fn config() -> Result<Config, alicloud::Error> {
    let region = env::var("ALICLOUD_REGION").unwrap_or_else(|_| "cn-hangzhou".to_owned());
    let config = Config::builder().region(region).credentials(Credentials::provider(DefaultChain::new()));
    match env::var("ALICLOUD_ENDPOINT") {
        Ok(endpoint) => config.endpoint(endpoint).build(),
        Err(_) => config.build(),
    }
}

/// The arguments of the program, if there are as many as `usage` has words.
pub fn arguments<const N: usize>(usage: &str) -> Result<[String; N], Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    arguments.try_into().map_err(|_| format!("arguments: {usage}").into())
}

/// Prints a step as one line.
pub fn print(step: &Step) {
    println!("{:>6.1} s  {step}", step.elapsed.as_secs_f64());
}

/// Prints the file, or says what went wrong and what to resume from.
pub fn finish(outcome: Result<Done, WorkflowError>) -> Result<(), Box<dyn Error>> {
    let done = outcome?;
    println!("{}: {} bytes in {}", done.id(), done.file().bytes(), done.file().path().display());
    Ok(())
}
