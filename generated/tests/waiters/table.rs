//! The generated methods that wait, and the waiters that the specs declare. Methods cannot be found by name, so they
//! stand in a table; a waiter that is not in it is an error.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud::Error;
use alicloud::runtime::{Request, Wait};
use alicloud_codegen::read::{OperationFile, ProductFolder, Specs};
use alicloud_codegen::spec::{Path, Type, Waiter};
use serde_json::{Value, json};

use crate::support::{Laboratory, put, sample};

/// A wait that gives its response away, and has told what it saw.
pub type Waiting = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What a wait saw: the state, and whether it was known.
pub type Seen = Arc<Mutex<Vec<(Option<String>, bool)>>>;

/// How every wait of these tests goes: four seconds between two requests, ten at most.
fn go<R>(wait: Wait<R>, seen: &Seen) -> Waiting
where
    R: Request + Send + Sync + 'static,
    R::Response: Send + 'static,
{
    let seen = Arc::clone(seen);
    let wait = wait.interval(Duration::from_secs(4)).backoff(1.0, Duration::ZERO).jitter(0.0);
    let wait = wait.time_limit(Duration::from_secs(10)).on_state(move |observed| {
        seen.lock().expect("no panic").push((observed.state.map(str::to_owned), observed.is_known));
    });
    Box::pin(async { wait.await.map(drop) })
}

pub type Method = fn(&Laboratory, &Seen) -> Waiting;

const METHODS: [(&str, &str, Method); 11] = [
    ("GetApprovalDetail", "approved", |lab, seen| go(lab.dms.get_approval_detail(9).until_approved(), seen)),
    ("GetDataExportDownloadURL", "ready", |lab, seen| go(lab.dms.get_data_export_download_url(9).until_ready(), seen)),
    ("GetDataExportOrderDetail", "finished", |lab, seen| {
        go(lab.dms.get_data_export_order_detail(9).tid(3).until_finished(), seen)
    }),
    ("GetDataTrackJobDegree", "finished", |lab, seen| go(lab.dms.get_data_track_job_degree(9).until_finished(), seen)),
    ("GetDataTrackOrderDetail", "finished", |lab, seen| {
        go(lab.dms.get_data_track_order_detail(9).until_finished(), seen)
    }),
    ("GetDatabaseExportOrderDetail", "ready", |lab, seen| {
        go(lab.dms.get_database_export_order_detail(9).until_ready(), seen)
    }),
    ("GetDbExportDownloadURL", "ready", |lab, seen| go(lab.dms.get_db_export_download_url(9).until_ready(), seen)),
    ("GetOrderBaseInfo", "approved", |lab, seen| go(lab.dms.get_order_base_info(9).until_approved(), seen)),
    ("GetOrderBaseInfo", "finished", |lab, seen| go(lab.dms.get_order_base_info(9).until_finished(), seen)),
    ("QueryDataTrackResultDownloadStatus", "ready", |lab, seen| {
        go(lab.dms.query_data_track_result_download_status(9, "key").until_ready(), seen)
    }),
    ("DescribeBackupSetDownloadLink", "ready", |lab, seen| {
        go(lab.oceanbase.describe_backup_set_download_link("ob", 9).until_ready(), seen)
    }),
];

/// A waiter as its spec declares it, with the method that waits.
pub struct Declared<'a> {
    pub product: &'a ProductFolder,
    pub file: &'a OperationFile,
    pub waiter: &'a Waiter,
    pub name: &'a str,
    pub method: Method,
}

/// All of them: those that the specs declare and those of the table are the same.
pub fn declared(specs: &'static Specs) -> Vec<Declared<'static>> {
    let mut all = Vec::new();
    let mut untested: BTreeSet<_> = METHODS.iter().map(|(operation, name, _)| (*operation, *name)).collect();
    for product in &specs.products {
        for file in &product.operations {
            for (name, waiter) in &file.operation.waiters {
                let method = METHODS.iter().find(|method| (method.0, method.1) == (&*file.name, &**name));
                let (_, _, method) = *method.unwrap_or_else(|| panic!("{} {name} is not in the table", file.name));
                untested.remove(&(&*file.name, &**name));
                all.push(Declared { product, file, waiter, name, method });
            }
        }
    }
    assert!(untested.is_empty(), "no spec declares {untested:?}");
    all
}

/// What became of a wait.
pub struct Ended {
    pub outcome: Result<(), Error>,
    pub asked: usize,
    pub seen: Vec<(Option<String>, bool)>,
}

impl Declared<'_> {
    pub fn operation(&self) -> &str {
        &self.file.name
    }

    /// A reply in this state, in the shape that the sample has, and without what ends the wait by being there.
    pub fn reply(&self, state: Option<&str>) -> Value {
        let mut reply = sample(self.file);
        for path in &self.waiter.present {
            put(&mut reply, path, &json!(" "));
        }
        let schema = Path::parse(&self.waiter.path).find(&self.file.operation.response.schema, &self.product.product);
        let state = match (state, schema.expect("it leads somewhere").kind()) {
            (Some("true"), Some(Type::Boolean)) => json!(true),
            (Some("false"), Some(Type::Boolean)) => json!(false),
            (state, _) => json!(state),
        };
        put(&mut reply, &self.waiter.path, &state);
        reply
    }

    /// A reply that ends the wait well.
    pub fn good(&self) -> Value {
        match (self.waiter.success.first(), self.waiter.present.first()) {
            (Some(state), _) => self.reply(Some(state)),
            (None, path) => {
                let mut reply = self.reply(None);
                put(&mut reply, path.expect("checked"), &json!("there"));
                reply
            }
        }
    }

    pub async fn wait(&self, lab: &Laboratory, replies: &[Value]) -> Ended {
        lab.script(self.operation(), replies);
        let seen = Seen::default();
        let outcome = (self.method)(lab, &seen).await;
        let seen = seen.lock().expect("no panic").clone();
        Ended { outcome, asked: lab.asked(self.operation()).len(), seen }
    }
}
