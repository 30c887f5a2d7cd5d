//! An emulator that plays the workflows, clients of it, and what the tests have in common.
#![allow(dead_code)] // Each test uses a part of it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud::dms_enterprise::create_data_export_order::PluginParam;
use alicloud::dms_enterprise::create_data_track_order::{Param, TrackType};
use alicloud::{Config, Credentials, RetryPolicy, dbs, dms_enterprise as dms, oceanbasepro};
use alicloud_emulator::{Builder, Emulator, Fault};
use alicloud_workflows::{Step, Workflow};
use tempfile::TempDir;

/// An emulator, a configuration that leads to it, and a folder for files.
pub struct Scene {
    pub emulator: Emulator,
    pub config: Config,
    pub folder: TempDir,
    steps: Arc<Mutex<Vec<String>>>,
}

/// What is behind the links.
pub const BYTES: &[u8] = b"PK: what the service made";

impl Scene {
    pub async fn new() -> Self {
        Self::with(|builder| builder).await
    }

    pub async fn with(change: impl FnOnce(Builder) -> Builder) -> Self {
        let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
        let builder = Emulator::builder().specs(specs).workflows(true).file_bytes(BYTES);
        let emulator = change(builder).start().await.unwrap();
        let config = Config::builder()
            .region("cn-hangzhou")
            .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
            .endpoint(emulator.url())
            .retry(RetryPolicy::standard().base(Duration::from_millis(1)).throttled_base(Duration::from_millis(1)))
            .build()
            .unwrap();
        Self { emulator, config, folder: tempfile::tempdir().unwrap(), steps: Arc::default() }
    }

    pub fn dms(&self) -> dms::Client {
        dms::Client::new(&self.config).unwrap()
    }

    pub fn oceanbase(&self) -> oceanbasepro::Client {
        oceanbasepro::Client::new(&self.config).unwrap()
    }

    pub fn dbs(&self) -> dbs::Client {
        dbs::Client::new(&self.config).unwrap()
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("result.zip")
    }

    /// A workflow that hardly pauses, and whose steps are kept.
    pub fn quick<K>(&self, workflow: Workflow<K>) -> Workflow<K> {
        let steps = Arc::clone(&self.steps);
        workflow
            .into_file(self.file())
            .interval(Duration::from_millis(1))
            .settle_time(Duration::from_millis(20))
            .time_limit(Duration::from_secs(20))
            .on_step(move |step: &Step| {
                let state = step.state.as_deref().map_or_else(String::new, |state| format!(" {state}"));
                let failed = step.failure.as_ref().map_or_else(String::new, |failure| format!(" failed: {failure}"));
                steps.lock().unwrap().push(format!("{}{state}{failed}", step.stage));
            })
    }

    /// The steps so far, such as `work DOING_EXPORT` or `create failed: …`.
    pub fn steps(&self) -> Vec<String> {
        self.steps.lock().unwrap().clone()
    }

    /// Begins anew: no tickets, no tasks, no files.
    pub fn reset(&self) {
        self.emulator.reset();
        self.steps.lock().unwrap().clear();
        if self.file().exists() {
            std::fs::remove_file(self.file()).unwrap();
        }
    }

    pub fn fault(&self, fault: Fault) {
        self.emulator.fault(fault).unwrap();
    }

    /// The file is there, is what the service made, and is all that is there.
    pub fn assert_file(&self) {
        assert_eq!(std::fs::read(self.file()).unwrap(), BYTES);
        assert_eq!(std::fs::read_dir(self.folder.path()).unwrap().count(), 1);
    }
}

/// A query for an export.
pub fn query() -> PluginParam {
    PluginParam {
        instance_id: 1234,
        db_id: 5678,
        exe_sql: "SELECT 1".to_owned(),
        classify: "test".to_owned(),
        affect_rows: 1,
        ..PluginParam::default()
    }
}

/// Changes to track.
pub fn changes() -> Param {
    Param {
        db_id: "5678".to_owned(),
        table_names: vec!["orders".to_owned()],
        track_types: vec![TrackType::Update],
        job_start_time: "2023-04-23 00:00:00".to_owned(),
        job_end_time: "2023-04-23 10:00:00".to_owned(),
    }
}

/// All ways in which a call can go wrong and the service be well again soon after.
pub fn faults(operation: &str) -> [(&'static str, Fault); 5] {
    let fault = || Fault::new(operation);
    [
        ("throttled", fault().throttle(1)),
        ("503", fault().status(503)),
        ("503 of a proxy", fault().status(503).html()),
        ("reset before", fault().reset_before()),
        ("reset after", fault().reset_after()),
    ]
}
