//! The program: what it prints, and what it makes of its arguments.

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::SystemTime;

use support::SPECS;
use support::call::dms;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alicloud-emulator"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program runs")
}

/// Ends the program with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn it_serves_and_logs() {
    let child = program(&["--port", "0", "--specs", SPECS]).stdout(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = lines.next().unwrap().strip_prefix("listening on ").unwrap().to_owned();
    let accepted = lines.next().unwrap();
    assert!(accepted.starts_with("access key LTAI5tExample, secret example-secret, "), "{accepted}");

    // The clock of the program goes: a request of today is wanted.
    let date = alicloud_runtime::format_timestamp(SystemTime::now());
    let call = || dms("GetDataExportDownloadURL").header("x-acs-date", &date);
    let reply = call().query("OrderId", "546").wire().send(&url).await;
    assert_eq!(reply.status, 200);
    let link = reply.json()["DownloadURLResult"]["URL"].as_str().unwrap().to_owned();
    let target = link.strip_prefix(&url).unwrap();
    assert_eq!(support::wire::Wire::get(&format!("{target}?Signature=x")).send(&url).await.status, 200);
    assert_eq!(call().wire().send(&url).await.status, 400);
    assert_eq!(lines.next().unwrap(), "GetDataExportDownloadURL 200 OK");
    assert_eq!(lines.next().unwrap(), "/files/GetDataExportDownloadURL/xxx.zip 200 OK");
    assert_eq!(lines.next().unwrap(), "GetDataExportDownloadURL 400 MissingOrderId");
}

#[tokio::test]
async fn it_plays_the_workflows() {
    let arguments = ["--port", "0", "--workflows", "--specs", SPECS];
    let mut running = Running(program(&arguments).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = lines.next().unwrap().strip_prefix("listening on ").unwrap().to_owned();
    // Before anything is asked for: the log of a quick request may come first otherwise.
    assert!(lines.next().unwrap().starts_with("access key "));
    let fault = r#"{"operation": "ListOrders", "kind": "reset_before"}"#;
    let control = support::wire::Wire::get("/_emulator/faults").method("POST");
    let control = support::wire::Wire { body: fault.as_bytes().to_vec(), ..control };
    assert_eq!(control.send(&url).await.status, 200);

    let date = alicloud_runtime::format_timestamp(SystemTime::now());
    let call = || dms("ListOrders").header("x-acs-date", &date);
    assert_eq!(support::wire::exchange(&url, &call().wire().bytes()).await, b"");
    assert_eq!(call().wire().send(&url).await.json()["TotalCount"], 0);
    assert_eq!(lines.next().unwrap(), "ListOrders 0 closed");
    assert_eq!(lines.next().unwrap(), "ListOrders 200 OK");
}

#[test]
fn it_helps() {
    let output = run(&["--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("--port N") && text.contains("Reads all .yaml files"), "{text}");
}

#[test]
fn it_says_what_is_wrong() {
    for (arguments, expected) in [
        (&["--colour"][..], "invalid option '--colour'"),
        (&["--port", "x"], "cannot parse argument \"x\""),
        (&["--specs", "no/such/folder"], "cannot be read"),
        (&["--access-key", "a"], "--access-key and --secret go together"),
    ] {
        let output = run(arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(text.starts_with("error: ") && text.contains(expected), "{text}");
    }
}
