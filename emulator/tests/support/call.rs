//! Calls of operations: put together and signed by hand, with the pure function of the runtime.

use std::sync::atomic::{AtomicU64, Ordering};

use alicloud_emulator::{EXAMPLE_ACCESS_KEY_ID, EXAMPLE_ACCESS_KEY_SECRET, Emulator};
use alicloud_runtime::{Algorithm, SignatureInput, SignedHeaders, sign};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::NOW;
use super::wire::{Reply, Wire};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

type Change = Box<dyn Fn(&mut Wire) + Send>;

/// A call, before it is signed.
pub struct Call {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    access_key: Option<(String, String)>,
    algorithm: Algorithm,
    sign_all: bool,
    changes: Vec<Change>,
}

/// A call of an RPC operation, signed with the example key.
pub fn rpc(action: &str, version: &str) -> Call {
    static NONCE: AtomicU64 = AtomicU64::new(0);
    let nonce = format!("nonce-{}", NONCE.fetch_add(1, Ordering::Relaxed));
    let headers = [
        ("host", "127.0.0.1:8787"),
        ("accept", "application/json"),
        ("user-agent", "test"),
        ("x-acs-action", action),
        ("x-acs-version", version),
        ("x-acs-date", NOW),
        ("x-acs-signature-nonce", &nonce),
    ];
    Call {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        query: Vec::new(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        body: Vec::new(),
        access_key: Some((EXAMPLE_ACCESS_KEY_ID.to_owned(), EXAMPLE_ACCESS_KEY_SECRET.to_owned())),
        algorithm: Algorithm::HmacSha256,
        sign_all: false,
        changes: Vec::new(),
    }
}

pub fn dms(action: &str) -> Call {
    rpc(action, "2018-11-01")
}

pub fn oceanbase(action: &str) -> Call {
    rpc(action, "2019-09-01")
}

pub fn dbs(action: &str) -> Call {
    rpc(action, "2021-01-01")
}

impl Call {
    pub fn method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    pub fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a field to the form.
    pub fn form(mut self, name: &str, value: &str) -> Self {
        if !self.body.is_empty() {
            self.body.push(b'&');
        }
        self.body.extend(format!("{}={}", encode(name), encode(value)).bytes());
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    pub fn json(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.header("content-type", "application/json; charset=utf-8")
    }

    /// Replaces the body, and keeps its content type.
    pub fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub fn key(mut self, id: &str, secret: &str) -> Self {
        self.access_key = Some((id.to_owned(), secret.to_owned()));
        self
    }

    pub fn unsigned(mut self) -> Self {
        self.access_key = None;
        self
    }

    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Signs all headers, as the official Python client does.
    pub fn sign_all(mut self) -> Self {
        self.sign_all = true;
        self
    }

    /// Changes what goes over the wire, after it was signed.
    pub fn after_signing(mut self, change: impl Fn(&mut Wire) + Send + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// What goes over the wire.
    pub fn wire(&self) -> Wire {
        let payload_hash = self.algorithm.hash(&self.body);
        let mut headers = self.headers.clone();
        headers.push(("x-acs-content-sha256".to_owned(), payload_hash.clone()));
        if let Some((id, secret)) = &self.access_key {
            let signature = sign(&SignatureInput {
                algorithm: self.algorithm,
                method: &self.method,
                path: &self.path,
                query: &borrowed(&self.query),
                headers: &borrowed(&headers),
                signed_headers: if self.sign_all { SignedHeaders::All } else { SignedHeaders::Standard },
                payload_hash: &payload_hash,
                access_key_id: id,
                access_key_secret: secret,
            });
            headers.push(("Authorization".to_owned(), signature.authorization));
        }
        let pairs: Vec<_> =
            self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let target = if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) };
        let mut wire = Wire { method: self.method.clone(), target, headers, body: self.body.clone() };
        self.changes.iter().for_each(|change| change(&mut wire));
        wire
    }

    pub async fn send(&self, emulator: &Emulator) -> Reply {
        self.wire().send(emulator.url()).await
    }
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The wire has a plus sign for a space, the signature `%20`.
fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string().replace("%20", "+")
}
