//! Downloads against real sockets, and what can happen to them.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::future::IntoFuture as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use alicloud_runtime::{Download, DownloadStream, DownloadTo, Error, ErrorKind};
use futures_util::TryStreamExt;

mod support;

use support::file_server::{Answer, AskLink, Content, FileServer, LINK};
use support::folder::{folder, names};

const LENGTH: u64 = 100_000;

#[tokio::test]
async fn fetches_a_file_without_telling_who_asks() {
    let (folder, path) = folder();
    let content = Content::new(LENGTH, 1);
    let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let download = server.download(&path).on_progress(move |progress| kept.lock().unwrap().push(progress));
    let file = download.await.unwrap();
    assert_eq!((file.bytes(), file.path()), (LENGTH, path.as_path()));
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    assert_eq!(names(folder.path()), ["export.zip"]);
    let last = *seen.lock().unwrap().last().unwrap();
    assert_eq!((last.bytes, last.total), (LENGTH, Some(LENGTH)));
    let head = &server.asked()[0].head;
    assert!(head.starts_with("GET /exports/export.zip?link=1&Signature=hush%2B HTTP/1.1\r\n"), "{head}");
    for name in ["authorization", "x-acs-", "cookie", "range", "referer"] {
        assert!(!head.to_ascii_lowercase().contains(name), "{head}");
    }
}

#[tokio::test]
async fn goes_on_after_a_cut_at_every_tenth() {
    for tenth in 0..10 {
        let (folder, path) = folder();
        let content = Content::new(LENGTH, 1);
        let cut = LENGTH * tenth / 10;
        let server = FileServer::start(content.clone(), move |asked, _| match asked.index {
            0 => Answer::Cut(cut),
            _ => Answer::Serve,
        })
        .await;
        server.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        assert_eq!(names(folder.path()), ["export.zip"]);
        let asked = server.asked();
        assert_eq!(asked.len(), 2);
        if tenth > 0 {
            assert_eq!(asked[1].header("range"), Some(&*format!("bytes={cut}-")));
            assert_eq!(asked[1].header("if-range"), Some("\"v1\""));
        }
        assert_eq!(server.links(), 1);
    }
}

#[tokio::test]
async fn goes_on_in_a_later_run() {
    for tenth in 1..10 {
        let (folder, path) = folder();
        let content = Content::new(LENGTH, 1);
        let cut = LENGTH * tenth / 10;
        let first = FileServer::start(content.clone(), move |_, _| Answer::Cut(cut)).await;
        let error = first.download(&path).attempts(1).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        assert_eq!(names(folder.path()), ["export.zip.part", "export.zip.part.state"]);
        assert_eq!(fs::metadata(folder.path().join("export.zip.part")).unwrap().len(), cut);
        let second = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        second.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        assert_eq!(second.ranges(), [Some(format!("bytes={cut}-"))]);
        assert_eq!(names(folder.path()), ["export.zip"]);
    }
}

#[tokio::test]
async fn begins_anew_where_the_later_run_finds_another_file() {
    let (folder, path) = folder();
    let first = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Cut(LENGTH / 2)).await;
    first.download(&path).attempts(1).await.unwrap_err();
    let content = Content::new(LENGTH / 4, 2);
    let second = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
    second.download(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    assert_eq!(names(folder.path()), ["export.zip"]);
}

#[tokio::test]
async fn asks_whether_a_file_that_is_all_there_is_still_the_same() {
    for version in [1, 2] {
        let (folder, path) = folder();
        let first = FileServer::start(Content::new(LENGTH, 1), |_, _| Answer::Cut(LENGTH / 2)).await;
        first.download(&path).attempts(1).await.unwrap_err();
        // Killed after the last byte and before the new name.
        fs::write(folder.path().join("export.zip.part"), Content::new(LENGTH, 1).bytes()).unwrap();
        let content = Content::new(LENGTH, version);
        let second = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
        second.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        assert_eq!(second.ranges(), [Some(format!("bytes={}-", LENGTH - 1))]);
    }
}

#[tokio::test]
async fn mends_what_an_earlier_run_left_broken() {
    let (folder, path) = folder();
    let content = Content::new(LENGTH, 1);
    let first = FileServer::start(content.clone(), |_, _| Answer::Cut(LENGTH / 2)).await;
    first.download(&path).attempts(1).await.unwrap_err();
    // As after a loss of power: the length is right, the bytes are not.
    fs::write(folder.path().join("export.zip.part"), vec![0; 50_000]).unwrap();
    let second = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
    second.download(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    assert_eq!(second.ranges(), [Some("bytes=50000-".to_owned()), None]);
}

#[tokio::test]
async fn begins_anew_where_the_file_changes_meanwhile() {
    let (folder, path) = folder();
    let server = FileServer::start(Content::new(LENGTH, 1), |asked, content| {
        if asked.index == 0 {
            return Answer::Cut(LENGTH / 2);
        }
        *content = Content::new(LENGTH + 9, 2);
        Answer::Serve
    })
    .await;
    let file = server.download(&path).await.unwrap();
    assert_eq!(file.bytes(), LENGTH + 9);
    assert_eq!(fs::read(&path).unwrap(), Content::new(LENGTH + 9, 2).bytes());
    assert_eq!(names(folder.path()), ["export.zip"]);

    // A file that is shorter now has nothing where the rest was; that is another file, too.
    let shorter = "HTTP/1.1 416 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let content = Content::new(LENGTH, 1);
    let server = FileServer::start(content.clone(), move |asked, _| match asked.index {
        0 => Answer::Cut(LENGTH / 2),
        1 => Answer::Raw(shorter.to_owned()),
        _ => Answer::Serve,
    })
    .await;
    server.download(&path).await.unwrap();
    assert_eq!(server.ranges(), [None, Some("bytes=50000-".to_owned()), None]);

    // What has been given away cannot be taken back.
    let server = FileServer::start(Content::new(LENGTH, 1), |asked, content| {
        if asked.index == 0 {
            return Answer::Cut(LENGTH / 2);
        }
        *content = Content::new(LENGTH, 2);
        Answer::Serve
    })
    .await;
    let mut bytes = Vec::new();
    let error = DownloadTo::new(server.request(), &LINK, &mut bytes).await.unwrap_err();
    assert!(error.message().ends_with("it cannot go on after 50000 bytes: the file has changed"), "{error}");
}

#[tokio::test]
async fn a_file_that_changes_for_ever_is_an_error() {
    let (folder, path) = folder();
    let mut version = 0;
    let server = FileServer::start(Content::new(LENGTH, 0), move |_, content| {
        version += 1;
        *content = Content::new(LENGTH, version);
        Answer::Cut(LENGTH / 2)
    })
    .await;
    let error = server.download(&path).await.unwrap_err();
    assert!(error.message().contains("the file has changed"), "{error}");
    assert!(names(folder.path()).iter().all(|name| name.contains(".part")));
}

#[tokio::test]
async fn checksums_are_compared() {
    type Spoil = fn(&mut Content);
    let spoils: [(Spoil, &str); 2] = [
        (|content| content.crc64 = Some(7), "its CRC-64 is "),
        (|content| content.md5 = Some("AAAAAAAAAAAAAAAAAAAAAA==".to_owned()), "its MD5 is not"),
    ];
    for (spoil, message) in spoils {
        let (folder, path) = folder();
        let mut content = Content::new(LENGTH, 1);
        spoil(&mut content);
        let server = FileServer::start(content, |_, _| Answer::Serve).await;
        let error = server.download(&path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Download);
        assert!(error.message().contains(message), "{error}");
        // Nothing of it can be used.
        assert!(names(folder.path()).is_empty());
        let error = DownloadTo::new(server.request(), &LINK, tokio::io::sink()).await.unwrap_err();
        assert!(error.message().contains(message), "{error}");
        let streamed: Result<Vec<_>, Error> = DownloadStream::new(server.request(), &LINK).try_collect().await;
        assert!(streamed.unwrap_err().message().contains(message));
    }
    let (_folder, path) = folder();
    let mut content = Content::new(9, 1);
    content.md5 = Some(md5_of(&content.bytes()));
    let server = FileServer::start(content, |_, _| Answer::Serve).await;
    server.download(&path).await.unwrap();
}

fn md5_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    use md5::Digest as _;
    base64::engine::general_purpose::STANDARD.encode(md5::Md5::digest(bytes))
}

#[tokio::test]
async fn servers_without_ranges_are_put_up_with() {
    for has_etag in [true, false] {
        let (_folder, path) = folder();
        let mut content = Content::new(LENGTH, 1);
        content.ranges = false;
        content.etag = content.etag.filter(|_| has_etag);
        let script = |asked: &support::file_server::Asked, _: &mut Content| match asked.index {
            0 => Answer::Cut(LENGTH / 2),
            _ => Answer::Serve,
        };
        let server = FileServer::start(content.clone(), script).await;
        server.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        assert_eq!(server.ranges(), [None, has_etag.then(|| "bytes=50000-".to_owned())]);
        // What comes again is skipped; where nothing says that it is the same, that is an error.
        let server = FileServer::start(content.clone(), script).await;
        let mut bytes = Vec::new();
        let outcome = DownloadTo::new(server.request(), &LINK, &mut bytes).await;
        assert_eq!(outcome.is_ok(), has_etag);
        if has_etag {
            assert_eq!(bytes, content.bytes());
        }
    }
    // Nor do all of them say how long it is.
    let (_folder, path) = folder();
    let mut content = Content::new(LENGTH, 1);
    (content.tells_length, content.etag) = (false, None);
    let server = FileServer::start(content.clone(), |_, _| Answer::Serve).await;
    assert_eq!(server.download(&path).await.unwrap().bytes(), LENGTH);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let (_folder, path) = folder();
    for parallel in [1, 4] {
        let server = FileServer::start(Content::new(0, 1), |_, _| Answer::Serve).await;
        let file = server.download(&path).parallel(parallel).await.unwrap();
        assert_eq!((file.bytes(), fs::read(&path).unwrap().len()), (0, 0));
    }
}

#[tokio::test]
async fn failures_of_the_server_are_tried_again_and_then_told() {
    let (folder, path) = folder();
    let busy = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = FileServer::start(Content::new(LENGTH, 1), move |asked, _| match asked.index {
        0..=2 => Answer::Raw(busy.to_owned()),
        _ => Answer::Serve,
    })
    .await;
    server.download(&path).await.unwrap();
    fs::remove_file(&path).unwrap();
    let server = FileServer::start(Content::new(LENGTH, 1), move |_, _| Answer::Raw(busy.to_owned())).await;
    let error = server.download(&path).attempts(3).await.unwrap_err();
    assert_eq!((error.status(), error.operation(), server.asked().len()), (Some(503), Some("Test"), 3));
    let missing = "HTTP/1.1 404 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = FileServer::start(Content::new(LENGTH, 1), move |_, _| Answer::Raw(missing.to_owned())).await;
    let error = server.download(&path).await.unwrap_err();
    assert_eq!((error.status(), server.asked().len()), (Some(404), 1));
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn streams_and_writers_get_every_byte_once() {
    let content = Content::new(LENGTH, 1);
    let script = |asked: &support::file_server::Asked, _: &mut Content| match asked.index {
        index if index < 9 => Answer::Cut(LENGTH / 10),
        _ => Answer::Serve,
    };
    let server = FileServer::start(content.clone(), script).await;
    let pieces: Vec<bytes::Bytes> = DownloadStream::new(server.request(), &LINK).try_collect().await.unwrap();
    assert_eq!(pieces.concat(), content.bytes());
    assert_eq!(server.asked().len(), 10);
    let server = FileServer::start(content.clone(), script).await;
    let mut bytes = Vec::new();
    let count = DownloadTo::new(server.request(), &LINK, &mut bytes).on_progress(|_| ()).await.unwrap();
    assert_eq!((count, bytes), (LENGTH, content.bytes()));
}

#[test]
fn futures_can_be_sent_to_other_threads() {
    fn sent<T: Send>(_: &T) {}
    let request = AskLink::of("127.0.0.1:1");
    sent(&Download::new(request.clone(), &LINK, Path::new("x")).into_future());
    sent(&DownloadTo::new(request.clone(), &LINK, tokio::io::sink()).into_future());
    sent(&DownloadStream::new(request, &LINK));
}
