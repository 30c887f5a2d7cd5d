//! Calls from code that is not async, over a real socket.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use alicloud_runtime::blocking::Blocking;
use alicloud_runtime::{Config, Credentials, Error, untyped};
use futures_util::stream;

/// Answers every connection once.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\nconnection: close\r\n\r\n{\"A\":1}").unwrap();
        }
    });
    url
}

fn client(url: &str) -> untyped::Client {
    let config = Config::builder().credentials(Credentials::access_key("id", "hush")).endpoint(url).build().unwrap();
    untyped::Client::new(&config, "Ecs", "2014-05-26").unwrap()
}

#[test]
fn runs_requests_one_after_the_other() {
    let client = client(&serve());
    let blocking = Blocking::new().unwrap();
    for _ in 0..3 {
        assert_eq!(blocking.run(client.call("Op")).unwrap()["A"], 1);
        assert_eq!(blocking.run(client.call("Op").with_metadata()).unwrap().metadata().status(), 200);
    }
}

#[test]
fn iterates_until_the_first_error() {
    let blocking = Blocking::new().unwrap();
    let refused = || blocking.run(client("http://127.0.0.1:1").call("a b")).unwrap_err();
    let list: Vec<Result<i32, Error>> = vec![Ok(1), Ok(2), Err(refused()), Ok(3)];
    let seen: Vec<_> = blocking.iterate(stream::iter(list)).map(Result::ok).collect();
    assert_eq!(seen, [Some(1), Some(2), None]);
}

#[tokio::test]
async fn says_so_inside_of_async_code() {
    let client = client("http://127.0.0.1:1");
    let blocking = Blocking::new().unwrap();
    let error = blocking.run(client.call("Op")).unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`.await` the request"), "{error}");
    let list: Vec<Result<i32, Error>> = vec![Ok(1)];
    let seen: Vec<_> = blocking.iterate(stream::iter(list)).collect();
    assert!(matches!(seen.as_slice(), [Err(_)]), "{seen:?}");
    // It is dropped here, which must not wait for anything either.
}
