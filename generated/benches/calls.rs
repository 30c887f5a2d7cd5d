//! What a call costs over a bare `reqwest` POST of the same bytes: CPU and allocations, on loopback, one call at a time.
//!
//! `cargo xtask bench calls [--json]`. Client and server are threads of one process; only the client's thread counts.

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use alicloud::dms_enterprise::Client;
use alicloud::{Config, Credentials};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

const ROUNDS: usize = 11;
const CALLS: u32 = 4_000;

const REPLY_BODY: &str = r#"{"DownloadURLResult":{"HasResult":true,"TipMessage":"tip message","URL":"https://dms-idb-hangzhou.oss-cn-hangzhou.aliyuncs.com/xxx.zip"},"RequestId":"4BF24EA5-9013-4C85-AE68-6C23AF5E0097","ErrorCode":"UnknownError","ErrorMessage":"UnknownError","Success":true}"#;

/// The headers of the request that the SDK sends, as values that do not change.
const HEADERS: &[(&str, &str)] = &[
    ("accept", "application/json"),
    ("user-agent", "AlibabaCloud (linux; x86_64) Rust Core/0.1.0 TeaDSL/2"),
    ("x-acs-action", "GetDataExportDownloadURL"),
    ("x-acs-version", "2018-11-01"),
    ("x-acs-date", "2026-01-01T00:00:00Z"),
    ("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"),
    ("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("x-acs-credentials-provider", "static_ak"),
    (
        "authorization",
        "ACS3-HMAC-SHA256 Credential=LTAI5tExample,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=0000000000000000000000000000000000000000000000000000000000000000",
    ),
];

fn main() {
    let json = std::env::args().any(|argument| argument == "--json");
    let url = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(&url)
        .build()
        .expect("a configuration");
    let ours = Client::new(&config).expect("a client");
    rustls::crypto::ring::default_provider().install_default().expect("the first provider");
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let headers: HeaderMap =
        HEADERS.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
    let target = format!("{url}/?OrderId=546&Tid=3");

    let call = || async {
        let response = ours.get_data_export_download_url(546).tid(3).await.expect("a response");
        assert!(response.success == Some(true));
    };
    let post = || async {
        let reply = bare.post(&target).headers(headers.clone()).send().await.expect("a reply");
        let body = reply.bytes().await.expect("a body");
        assert_eq!(body.len(), REPLY_BODY.len());
    };

    // The first calls open connections and fill caches.
    measure(&runtime, &call);
    measure(&runtime, &post);
    let rounds: Vec<(Figures, Figures)> =
        (0..ROUNDS).map(|_| (measure(&runtime, &call), measure(&runtime, &post))).collect();
    let ratio = median(rounds.iter().map(|(ours, bare)| ours.microseconds / bare.microseconds));
    let cpu = |pick: fn(&(Figures, Figures)) -> f64| median(rounds.iter().map(pick));
    let (our_cpu, bare_cpu) = (cpu(|round| round.0.microseconds), cpu(|round| round.1.microseconds));
    let (our_allocations, bare_allocations) = (cpu(|round| round.0.allocations), cpu(|round| round.1.allocations));
    if json {
        println!(
            "{{\"cpu_ratio\":{ratio:.3},\"cpu_us\":{our_cpu:.2},\"bare_cpu_us\":{bare_cpu:.2},\"allocations\":{our_allocations:.1},\"bare_allocations\":{bare_allocations:.1},\"rounds\":{ROUNDS},\"calls\":{CALLS}}}"
        );
    } else {
        println!("            CPU us  allocations");
        println!("alicloud    {our_cpu:6.2}  {our_allocations:11.1}");
        println!("reqwest     {bare_cpu:6.2}  {bare_allocations:11.1}");
        println!("CPU ratio, median of {ROUNDS} rounds of {CALLS} calls each: {ratio:.3}");
        println!("allocations more than the bare POST: {:.1}", our_allocations - bare_allocations);
    }
}

struct Figures {
    microseconds: f64,
    allocations: f64,
}

fn measure<F: Future<Output = ()>>(runtime: &tokio::runtime::Runtime, call: &impl Fn() -> F) -> Figures {
    let start = cpu_nanoseconds();
    runtime.block_on(async {
        for _ in 0..CALLS {
            call().await;
        }
    });
    let microseconds = (cpu_nanoseconds() - start) as f64 / 1_000.0 / f64::from(CALLS);
    let counted = 200;
    let info = allocation_counter::measure(|| {
        runtime.block_on(async {
            for _ in 0..counted {
                call().await;
            }
        });
    });
    Figures { microseconds, allocations: info.count_total as f64 / f64::from(counted) }
}

/// What this thread has computed so far, as Linux counts it.
fn cpu_nanoseconds() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("this bench needs Linux");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("nanoseconds come first")
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A server that answers every request with the same reply.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    url
}

/// Requests have no body, so each ends with a blank line.
fn answer(mut stream: TcpStream) {
    let reply = format!(
        "HTTP/1.1 200 OK\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: {}\r\nconnection: keep-alive\r\nkeep-alive: timeout=25\r\nx-acs-request-id: 4BF24EA5-9013-4C85-AE68-6C23AF5E0097\r\nx-acs-trace-id: 0123456789abcdef0123456789abcdef\r\netag: 1a2b3c\r\naccess-control-allow-origin: *\r\n\r\n{REPLY_BODY}",
        REPLY_BODY.len()
    );
    let _ = stream.set_nodelay(true);
    let (mut buffer, mut held) = ([0; 4096], 0);
    while let Ok(count @ 1..) = stream.read(&mut buffer[held..]) {
        held += count;
        if buffer[..held].ends_with(b"\r\n\r\n") {
            held = 0;
            if stream.write_all(reply.as_bytes()).is_err() {
                return;
            }
        }
    }
}
