//! Where downloads are written to, and what the disk may say to that.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;

use alicloud_runtime::{DownloadTo, ErrorKind};

mod support;

use support::file_server::{Answer, Content, FileServer, LINK};
use support::folder::{folder, names};

const LENGTH: u64 = 100_000;

#[tokio::test]
async fn names_from_links_stay_in_the_folder() {
    for (link, name) in [
        ("/exports/a%20b.zip", Some("a b.zip")),
        ("/exports/..zip", Some("..zip")),
        ("/exports/%2e%2e%2fescaped.zip", None),
        ("/exports/..%5Cescaped.zip", None),
        ("/exports/%2e%2e", None),
        ("/exports/../escaped.zip", None),
        ("/exports/", None),
    ] {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let server = FileServer::start(Content::new(9, 1), |_, _| Answer::Serve).await.path(link);
        let outcome = server.download(&inner).await;
        assert_eq!(outcome.is_ok(), name.is_some(), "{link}: {outcome:?}");
        assert_eq!(names(&inner), name.into_iter().collect::<Vec<_>>());
        assert_eq!(names(outer.path()), ["inner"]);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn symbolic_links_lead_nowhere() {
    for name in ["export.zip.part", "export.zip.part.state"] {
        let (folder, path) = folder();
        let elsewhere = tempfile::tempdir().unwrap();
        let victim = elsewhere.path().join("victim");
        fs::write(&victim, "as it was").unwrap();
        std::os::unix::fs::symlink(&victim, folder.path().join(name)).unwrap();
        let server = FileServer::start(Content::new(9, 1), |_, _| Answer::Serve).await;
        let error = server.download(&path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::File, "{error}");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "as it was");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_told() {
    let server = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Serve).await;
    let full = tokio::fs::OpenOptions::new().write(true).open("/dev/full").await.unwrap();
    let error = DownloadTo::new(server.request(), &LINK, full).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(error.message().contains("No space left on device"), "{error}");
}

#[tokio::test]
async fn a_folder_that_is_a_file_is_told() {
    let (folder, path) = folder();
    fs::write(&path, "x").unwrap();
    let server = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Serve).await;
    let error = server.download(&path.join("export.zip")).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::File, Some("Test")), "{error}");
    assert_eq!(names(folder.path()), ["export.zip"]);
}

/// What the kernel shows of itself takes no files, not even from root. All the ways of writing meet it: the state, the
/// file of a server that tells no version, and the room for parts.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_takes_no_files_is_told() {
    let path = std::path::Path::new("/sys/kernel/export.zip");
    let Err(refusal) = fs::write(path, "") else { panic!("{} can be written", path.display()) };
    for (has_etag, parallel, written) in
        [(true, 1, "export.zip.part.state"), (false, 1, "export.zip.part"), (true, 2, "export.zip.part")]
    {
        let mut content = Content::new(LENGTH, 1);
        content.etag = content.etag.filter(|_| has_etag);
        let server = FileServer::start(content, |_, _| Answer::Serve).await;
        let error = server.download(path).parallel(parallel).part_size(LENGTH / 4).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::File, Some("Test")), "{error}");
        assert_eq!(error.message(), format!("/sys/kernel/{written}: {refusal}"));
    }
    let server = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Serve).await;
    let error = server.download(&path.with_file_name("new").join("export.zip")).await.unwrap_err();
    assert!(error.kind() == ErrorKind::File && error.message().starts_with("/sys/kernel/new: "), "{error}");
}
