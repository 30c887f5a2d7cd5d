//! Downloads of other processes: one that is killed, one whose disk is full, and one that may not write.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use alicloud_runtime::Download;
use tokio::process::Command;

mod support;

use support::file_server::{Answer, AskLink, Content, FileServer, LINK};

const LENGTH: u64 = 8_000_000;

/// What the other processes do: this test again, told where.
const ADDRESS: &str = "ALICLOUD_TEST_ADDRESS";
const PATH: &str = "ALICLOUD_TEST_PATH";

#[tokio::test]
async fn in_another_process() {
    let (Ok(address), Ok(path)) = (std::env::var(ADDRESS), std::env::var(PATH)) else { return };
    let parallel = std::env::var("ALICLOUD_TEST_PARALLEL").map_or(1, |text| text.parse().unwrap());
    let download = Download::new(AskLink::of(&address), &LINK, Path::new(&path)).attempts(1);
    match download.parallel(parallel).part_size(LENGTH / 16).await {
        Ok(file) => println!("there are {} bytes", file.bytes()),
        Err(error) => println!("error: {error:?}"),
    }
}

fn process(server: &FileServer, path: &Path, parallel: usize, shell: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{shell} exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["in_another_process", "--exact", "--nocapture"])
        .env(ADDRESS, &server.address)
        .env(PATH, path)
        .env("ALICLOUD_TEST_PARALLEL", parallel.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_costs_only_what_it_had_not_written() {
    for parallel in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.zip");
        let content = Content::new(LENGTH, 1);
        // Half of the file comes, and then nothing for a while: the server sleeps on the connection.
        let server = FileServer::start(content.clone(), move |asked, _| match (parallel, asked.index) {
            (1, _) | (2, 5..) => Answer::Hang(LENGTH / 2),
            _ => Answer::Serve,
        })
        .await;
        let mut child = process(&server, &path, parallel, "").spawn().unwrap();
        let state = folder.path().join("export.zip.part.state");
        let part = folder.path().join("export.zip.part");
        let is_under_way = || match parallel {
            1 => fs::metadata(&part).is_ok_and(|metadata| metadata.len() >= LENGTH / 4),
            _ => fs::read_to_string(&state).is_ok_and(|text| text.contains("done ")),
        };
        for _ in 0..3_000 {
            if is_under_way() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(is_under_way(), "the other process does nothing");
        child.kill().await.unwrap();
        assert!(!path.exists());

        let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        server.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        let asked = server.asked();
        assert!(asked.iter().all(|asked| asked.header("range").is_some()), "nothing is fetched from the start");
        assert!(asked.len() < 17);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

/// A limit on the size of files is a full disk that needs nobody's permission.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    let content = Content::new(LENGTH, 1);
    let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
    let limited = process(&server, &path, 1, "trap '' XFSZ; ulimit -f 2000;");
    let output = { limited }.output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("error: File: Test failed: ") && said.contains("File too large"), "{said}");
    assert!(!path.exists());
    let part = fs::metadata(folder.path().join("export.zip.part")).unwrap().len();
    assert!(part > 0 && part < LENGTH);

    server.download(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    assert_eq!(server.ranges(), [None, Some(format!("bytes={part}-"))]);
}

/// Root may write everywhere: the other process is nobody then.
#[tokio::test(flavor = "multi_thread")]
async fn permission_denied_is_told_and_leaves_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let server = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Serve).await;
    let mut command = process(&server, &path, 1, "");
    if fs::write(&path, "").is_ok() {
        fs::remove_file(&path).unwrap();
        command.uid(65_534).gid(65_534);
    }
    let said = command.output().await.map(|output| String::from_utf8(output.stdout).unwrap()).unwrap_or_default();
    if !said.contains("running 1 test") {
        println!("skipped: nobody may not run {}", std::env::current_exe().unwrap().display());
        return;
    }
    assert!(said.contains("error: File: Test failed: ") && said.contains("Permission denied"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
