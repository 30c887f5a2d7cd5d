//! The program around the generated code of a product: cases in, findings out, both as lines of JSON.

use std::future::Future;
use std::io::{self, BufRead, Write};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use alicloud_runtime::testing::Script;
use alicloud_runtime::{Config, Credentials, Error};
use serde_json::{Value, json};

use crate::recorder::Recorder;

/// A call whose reply nobody looks at: it ends with why nothing was sent, or why the empty reply would not do.
pub type Pending = Pin<Box<dyn Future<Output = Option<Error>>>>;

/// An operation of the product, as the program was generated for it.
pub struct Operation {
    /// Its name on the wire.
    pub name: &'static str,
    /// A sample as the typed response, read back through its fields; or why it cannot be decoded.
    pub decode: fn(&str) -> Result<Value, String>,
    /// A request of these values by parameter.
    pub send: fn(&Config, &Value) -> Result<Pending, Error>,
}

/// Reads cases from stdin, `{"operation", "bearer", "samples": [text…], "values": {…}}` in each line, and writes a line for
/// each: `{"operation", "samples": [{"read"} or {"error"}…], "sent" or "error"}`.
pub fn run(operations: &[Operation]) -> ExitCode {
    match answer(operations) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn answer(operations: &[Operation]) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let recorder = Recorder::default();
    let script = Script::new().config().transport(Arc::new(recorder.clone()));
    let signed = script.clone().build().map_err(|error| error.to_string())?;
    let bearer = script.credentials(Credentials::bearer("bearer-token"));
    let bearer = bearer.build().map_err(|error| error.to_string())?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let case: Value = serde_json::from_str(&line).map_err(|error| format!("{error}: {line}"))?;
        let name = case["operation"].as_str().unwrap_or_default();
        let Some(operation) = operations.iter().find(|operation| operation.name == name) else {
            return Err(format!("the program was generated without {name}"));
        };
        let samples: Vec<Value> = case["samples"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|sample| match (operation.decode)(sample.as_str().unwrap_or_default()) {
                Ok(read) => json!({ "read": read }),
                Err(error) => json!({ "error": error }),
            })
            .collect();
        let config = if case["bearer"] == true { &bearer } else { &signed };
        let error = match (operation.send)(config, &case["values"]) {
            Ok(pending) => runtime.block_on(pending),
            Err(error) => Some(error),
        };
        let mut finding = json!({ "operation": name, "samples": samples });
        match recorder.take() {
            Some(sent) => finding["sent"] = sent,
            None => finding["error"] = error.map_or_else(String::new, |error| error.to_string()).into(),
        }
        writeln!(out, "{finding}").map_err(|error| error.to_string())?;
    }
    Ok(())
}
