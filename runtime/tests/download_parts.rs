//! Downloads in parts, several at once.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use alicloud_runtime::ErrorKind;

mod support;

use support::file_server::{Answer, Content, FileServer};

const LENGTH: u64 = 100_000;
const PART: u64 = 16_000;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    (folder, path)
}

fn count(folder: &tempfile::TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

#[tokio::test]
async fn fetches_parts_at_once() {
    for (parallel, part_size) in [(2, PART), (4, PART), (50, PART), (3, 1 + LENGTH / 3), (2, LENGTH - 1)] {
        let (folder, path) = folder();
        let content = Content::new(LENGTH, 1);
        let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        let most = Arc::new(AtomicU64::new(0));
        let kept = Arc::clone(&most);
        let download = server.download(&path).parallel(parallel).part_size(part_size);
        let file = download
            .on_progress(move |progress| {
                kept.fetch_max(progress.bytes, Ordering::Relaxed);
            })
            .await
            .unwrap();
        assert_eq!((file.bytes(), most.load(Ordering::Relaxed), count(&folder)), (LENGTH, LENGTH, 1));
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        let ranges: BTreeSet<_> = server.ranges().into_iter().map(Option::unwrap).collect();
        // One for the first byte, which tells how long it is, and one for each part.
        assert_eq!(ranges.len() as u64, 1 + LENGTH.div_ceil(part_size));
        assert_eq!(server.links(), 1);
    }
}

#[tokio::test]
async fn cuts_and_refusals_cost_no_part() {
    let (_folder, path) = folder();
    let content = Content::new(LENGTH, 1);
    let expired = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = FileServer::start(content.clone(), move |asked, _| match (asked.index, asked.link) {
        (3, 1) => Answer::Cut(PART / 2),
        (5.., 1) => Answer::Raw(expired.to_owned()),
        _ => Answer::Serve,
    })
    .await;
    server.download(&path).parallel(3).part_size(PART).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    // However many parts were refused at the same time, the operation was asked once more.
    assert_eq!(server.links(), 2);
}

#[tokio::test]
async fn goes_on_in_a_later_run_with_the_parts_that_are_missing() {
    for parallel in [1, 3] {
        let (folder, path) = folder();
        let content = Content::new(LENGTH, 1);
        let first = FileServer::start(content.clone(), |asked, _| match asked.index {
            0..=3 => Answer::Serve,
            _ => Answer::Cut(10),
        })
        .await;
        let download = first.download(&path).parallel(2).part_size(PART).attempts(1);
        let error = download.await.unwrap_err();
        assert_eq!((error.kind(), count(&folder)), (ErrorKind::Connection, 2));
        // The later run takes the parts as they are, whatever it is told.
        let second = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        second.download(&path).parallel(parallel).part_size(1).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        let again = second.asked().len();
        assert!((4..=6).contains(&again), "{again} of 7 parts were fetched in the second run");
        assert!(second.asked().iter().all(|asked| asked.header("if-range") == Some("\"v1\"")));
    }
}

#[tokio::test]
async fn begins_anew_where_the_file_changes_between_the_parts() {
    let (folder, path) = folder();
    let server = FileServer::start(Content::new(LENGTH, 1), |asked, content| {
        if asked.index == 3 {
            *content = Content::new(LENGTH, 2);
        }
        Answer::Serve
    })
    .await;
    server.download(&path).parallel(2).part_size(PART).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), Content::new(LENGTH, 2).bytes());
    assert_eq!(count(&folder), 1);
}

#[tokio::test]
async fn is_one_request_where_parts_are_not_to_be_had() {
    let spoils: [fn(&mut Content); 3] = [
        |content| content.ranges = false,
        // Nothing tells whether the parts are of one file.
        |content| content.etag = None,
        |content| *content = Content::new(PART, 1),
    ];
    for spoil in spoils {
        let (_folder, path) = folder();
        let mut content = Content::new(LENGTH, 1);
        spoil(&mut content);
        let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        server.download(&path).parallel(4).part_size(PART).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        assert_eq!(server.ranges(), [Some("bytes=0-0".to_owned()), None]);
    }
}

#[tokio::test]
async fn checksums_are_those_of_the_file() {
    let (folder, path) = folder();
    let mut content = Content::new(LENGTH, 1);
    content.crc64 = Some(7);
    let server = FileServer::start(content, |_, _| Answer::Serve).await;
    let error = server.download(&path).parallel(2).part_size(PART).await.unwrap_err();
    assert!(error.message().contains("its CRC-64 is "), "{error}");
    assert_eq!(count(&folder), 0);
}
