//! The program that stands for all users, `examples/contract.rs`, against the emulator: what it prints, line by line.

use std::process::Command;

use alicloud_emulator::Emulator;

#[tokio::test(flavor = "multi_thread")]
async fn the_contract_holds() {
    let emulator = Emulator::builder()
        .specs(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
        .files(true)
        .start()
        .await
        .expect("the emulator starts");
    let folder = tempfile::tempdir().expect("a folder");
    let (url, path) = (emulator.url().to_owned(), folder.path().to_owned());
    let run = move || {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args(["run", "--quiet", "--all-features", "--example", "contract", "--", &url]).arg(path);
        command.output().expect("cargo runs")
    };
    let output = tokio::task::spawn_blocking(run).await.expect("nobody panicked");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    let expected = [
        "ticket: Some(ExportSuccess)",
        "finished: 427688B8-ADFB-4C4E-9D45-EF5C1FD6E23D",
        "link: request 4BF24EA5-9013-4C85-AE68-6C23AF5E0097 after 1 attempt(s)",
        "export: 65536 bytes",
        "tracking: ready",
        "oceanbase: Some(1000002)",
        "dbs: 1 task(s)",
        "refused: DescribeDownloadTask failed: one of InstanceName and DatasourceId is required [true]",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    assert_eq!(std::fs::metadata(folder.path().join("export.zip")).map(|file| file.len()).ok(), Some(65_536));
}
