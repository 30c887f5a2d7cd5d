//! What the tests over all operations have in common: the specs, an emulator on a real socket, a client of each
//! product, and a clock that only tests move.

#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, reason = "helpers, of which every test uses a part")]

mod hand_clock;

use std::sync::{Arc, LazyLock};

use alicloud::{Config, Credentials, dbs, dms_enterprise as dms, oceanbasepro as oceanbase, rds};
use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read::{self, OperationFile, Specs};
use alicloud_codegen::spec::Path;
use alicloud_emulator::{CannedReply, Emulator};
use serde_json::{Map, Value, json};

pub use hand_clock::HandClock;

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

/// All specs of the repository, read once.
pub fn specs() -> &'static Specs {
    static ALL: LazyLock<Specs> = LazyLock::new(|| read::folder(SPECS.as_ref(), &mut Report::default()));
    &ALL
}

/// The emulator, and a client of each product for it. Time passes when somebody sleeps, and takes none.
pub struct Laboratory {
    pub emulator: Emulator,
    pub clock: HandClock,
    pub dbs: dbs::Client,
    pub dms: dms::Client,
    pub oceanbase: oceanbase::Client,
    pub rds: rds::Client,
}

impl Laboratory {
    pub async fn open() -> Self {
        Self::with(HandClock::default()).await
    }

    pub async fn with(clock: HandClock) -> Self {
        let hand = clock.clone();
        let emulator = Emulator::builder().specs(SPECS).clock(move || hand.read());
        let emulator = emulator.start().await.expect("the emulator starts");
        let config = Config::builder()
            .region("cn-hangzhou")
            .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
            .endpoint(emulator.url())
            .clock(Arc::new(clock.clone()))
            .build()
            .expect("a configuration");
        Self {
            dbs: dbs::Client::new(&config).expect("a client"),
            dms: dms::Client::new(&config).expect("a client"),
            oceanbase: oceanbase::Client::new(&config).expect("a client"),
            rds: rds::Client::new(&config).expect("a client"),
            emulator,
            clock,
        }
    }

    /// Forgets what was asked, and answers an operation with these replies from here on, one after the other.
    pub fn script(&self, operation: &str, replies: &[Value]) {
        self.emulator.forget_requests();
        self.emulator.clear_replies(operation);
        for reply in replies {
            let reply = CannedReply::new(200).body(reply.to_string());
            self.emulator.set_reply(operation, reply).expect("a reply");
        }
    }

    /// Path and query of the requests for an operation that came since its replies were set, and their bodies.
    pub fn asked(&self, operation: &str) -> Vec<String> {
        let requests = self.emulator.requests();
        let of = requests.iter().filter(|request| request.operation.as_deref() == Some(operation));
        of.map(|request| format!("{} {}", request.target, String::from_utf8_lossy(&request.body))).collect()
    }
}

/// The documented sample of a success.
pub fn sample(file: &OperationFile) -> Value {
    let text = file.operation.samples[0].json.as_deref().expect("the sample is JSON");
    let mut sample: Value = serde_json::from_str(text).expect("the sample is JSON");
    // Some samples are put together from examples, and say that they are failures.
    if sample.get("Success").is_some() {
        sample["Success"] = json!(true);
    }
    sample
}

/// Sets the value at a path, and makes what is missing on the way; a list on the way gets one element.
pub fn put(value: &mut Value, path: &str, new: &Value) {
    let mut at = value;
    for step in Path::parse(path).0 {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[&step.name];
        if step.each {
            if !at.get(0).is_some_and(Value::is_object) {
                *at = json!([{}]);
            }
            at = &mut at[0];
        }
    }
    *at = new.clone();
}
