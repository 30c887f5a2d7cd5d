//! Links that end, are refused, or lead elsewhere.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;

use alicloud_runtime::ErrorKind;

mod support;

use support::file_server::{Answer, Asked, Content, FileServer};
use support::folder::{folder, names};

const LENGTH: u64 = 100_000;

fn forbidden() -> Answer {
    let body = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";
    Answer::Raw(format!("HTTP/1.1 403 Forbidden\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()))
}

#[tokio::test]
async fn renews_a_link_that_expires_half_way() {
    let (_folder, path) = folder();
    let content = Content::new(LENGTH, 1);
    let server = FileServer::start(content.clone(), |asked, _| match (asked.index, asked.link) {
        (0, _) => Answer::Cut(LENGTH / 2),
        (_, 1) => forbidden(),
        _ => Answer::Serve,
    })
    .await;
    server.download(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), content.bytes());
    let links: Vec<u32> = server.asked().iter().map(|asked| asked.link).collect();
    assert_eq!((links, server.links()), (vec![1, 1, 2], 2));

    let server = FileServer::start(content, |_, _| forbidden()).await;
    let error = server.download(&path).await.unwrap_err();
    assert_eq!((error.kind(), error.code(), error.status()), (ErrorKind::Download, Some("AccessDenied"), Some(403)));
    assert_eq!(server.links(), 3);
    assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
}

#[tokio::test]
async fn renews_a_link_whose_end_is_known_before_it_is_refused() {
    // The clock of these tests stands at 2025-06-01T02:03:04Z, and moves by the pause after the cut: 200 milliseconds.
    for (until, links) in [
        ("1748743384100", [1, 2]),
        (r#""1748743384100""#, [1, 2]),
        (r#""2025-06-01 02:03:05""#, [1, 1]),
        ("1748743385", [1, 1]),
        // It was over before it was there: whose clock is wrong is not known.
        (r#""2025-06-01T02:03:03Z""#, [1, 1]),
        (r#""in an hour""#, [1, 1]),
        ("null", [1, 1]),
    ] {
        let (_folder, path) = folder();
        let content = Content::new(LENGTH, 1);
        let server = FileServer::start(content.clone(), |asked, _| match asked.index {
            0 => Answer::Cut(LENGTH / 2),
            _ => Answer::Serve,
        })
        .await;
        server.until(until);
        server.download(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), content.bytes());
        let used: Vec<u32> = server.asked().iter().map(|asked| asked.link).collect();
        assert_eq!(used, links, "{until}");
    }
}

#[tokio::test]
async fn redirects_keep_the_scheme_or_are_not_followed() {
    let (folder, path) = folder();
    let to = |location: &'static str| {
        move |asked: &Asked, _: &mut Content| match asked.index {
            0 => Answer::Raw(format!(
                "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )),
            _ => Answer::Serve,
        }
    };
    let server = FileServer::start(Content::new(LENGTH, 1), to("http://@/elsewhere?link=7&x")).await;
    server.download(&path).await.unwrap();
    assert_eq!(server.asked()[1].link, 7);
    fs::remove_file(&path).unwrap();
    for location in ["https://@/f", "ftp://@/f", "file:///etc/passwd", "http://me:hush@a.example/f", "javascript:x"] {
        let server = FileServer::start(Content::new(LENGTH, 1), to(location)).await;
        let error = server.download(&path).await.unwrap_err();
        assert!(error.message().contains("it redirects"), "{error}");
        assert_eq!((error.kind(), server.asked().len()), (ErrorKind::Download, 1));
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    let round = "HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let server = FileServer::start(Content::new(LENGTH, 1), move |_, _| Answer::Raw(round.to_owned())).await;
    let error = server.download(&path).await.unwrap_err();
    assert!(error.message().contains("again and again"), "{error}");
    assert!(names(folder.path()).is_empty());
}
