//! What to serve, and to whom.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::spec::Path;
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::access_key::AccessKey;
use crate::catalog::{Catalog, Served};
use crate::emulator::Emulator;
use crate::files::Files;
use crate::record::RecordedRequest;
use crate::server;
use crate::service::{Clock, Log, Service};
use crate::signature::Credentials;
use crate::start_error::StartError;
use crate::states::{States, Wanted};
use crate::walk;
use crate::world::{Outcome, Pace, Settings, World};

/// The id of the access key that is accepted unless others are given. An example, good for nothing else.
pub const EXAMPLE_ACCESS_KEY_ID: &str = "LTAI5tExample";
/// The secret of the access key that is accepted unless others are given. An example, good for nothing else.
pub const EXAMPLE_ACCESS_KEY_SECRET: &str = "example-secret";

/// What to serve, and to whom. Made by [`Emulator::builder`].
#[must_use = "nothing is served until it is started"]
pub struct Builder {
    folders: Vec<PathBuf>,
    texts: Vec<(String, String)>,
    port: u16,
    access_keys: Vec<AccessKey>,
    tokens: Vec<(String, String)>,
    bearer_tokens: Vec<String>,
    files: bool,
    file_bytes: Option<Bytes>,
    file_of: HashMap<String, Bytes>,
    workflows: bool,
    pace: Pace,
    outcomes: HashMap<String, Outcome>,
    link_lifetime: Option<Duration>,
    states: Vec<Wanted>,
    clock: Clock,
    log: Option<Log>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            texts: Vec::new(),
            port: 0,
            access_keys: Vec::new(),
            tokens: Vec::new(),
            bearer_tokens: Vec::new(),
            files: false,
            file_bytes: None,
            file_of: HashMap::new(),
            workflows: false,
            pace: Pace::default(),
            outcomes: HashMap::new(),
            link_lifetime: None,
            states: Vec::new(),
            clock: Box::new(SystemTime::now),
            log: None,
        }
    }
}

impl Builder {
    /// Serves the operations that a folder of specs describes. Several folders add up.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folders.push(folder.into());
        self
    }

    /// Serves the operations that texts describe: a path such as `specs/dbs/2021-01-01/product.yaml` and what is in
    /// that file. They add up with the folders.
    pub fn spec_texts(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        self.texts.extend(files);
        self
    }

    /// Listens on this port of 127.0.0.1. Any free one unless set.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Accepts an access key. More than one may be added. Without any, [`EXAMPLE_ACCESS_KEY_ID`] and
    /// [`EXAMPLE_ACCESS_KEY_SECRET`] are accepted.
    pub fn access_key(mut self, id: &str, secret: &str) -> Self {
        self.access_keys.push(AccessKey { id: id.to_owned(), secret: secret.to_owned(), security_token: None });
        self
    }

    /// Makes an access key a temporary one: it is accepted together with this security token only.
    pub fn security_token(mut self, access_key_id: &str, token: &str) -> Self {
        self.tokens.push((access_key_id.to_owned(), token.to_owned()));
        self
    }

    /// Accepts a bearer token. More than one may be added; without any, none is accepted.
    pub fn bearer_token(mut self, token: &str) -> Self {
        self.bearer_tokens.push(token.to_owned());
        self
    }

    /// Whether links in replies are replaced by links to the emulator, which serves a file behind each. They are not
    /// unless set: samples are answered value for value.
    pub fn files(mut self, files: bool) -> Self {
        self.files = files;
        self
    }

    /// What is in the file behind the links: 65,536 bytes that are always the same unless set.
    pub fn file_bytes(mut self, bytes: impl Into<Bytes>) -> Self {
        self.file_bytes = Some(bytes.into());
        self
    }

    /// What is in the file behind the links of this operation, where it is another than behind those of the others.
    pub fn file_of(mut self, operation: &str, bytes: impl Into<Bytes>) -> Self {
        self.file_of.insert(operation.to_owned(), bytes.into());
        self
    }

    /// Whether the operations of the four workflows have tickets and tasks in place of samples, with files behind
    /// their links and a control endpoint. They do not unless set.
    ///
    /// An export waits for `SubmitOrderApproval`, `ApproveOrder` and `ExecuteDataExport`, as the service does;
    /// one in the mode `NORMAL` can be paused, suspended and restarted. `GetOpLog` and `RemoveDataExportJob` answer their
    /// samples: no source tells what follows from them.
    /// Tickets belong to a tenant (`Tid`; the active one if it is unset or -1), tasks to an instance.
    pub fn workflows(mut self, workflows: bool) -> Self {
        self.workflows = workflows;
        self
    }

    /// How fast tickets and tasks go on: by one state a poll unless set.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// How workflows go on from an operation: well unless set.
    ///
    /// | operation | outcome | what follows |
    /// |---|---|---|
    /// | `CreateDataExportOrder` | `Fails` | `PRE_CHECK_FAIL` |
    /// | `CreateDataExportOrder`, `SubmitOrderApproval` | `Rejected` | somebody refuses it once it is submitted |
    /// | `SubmitOrderApproval` | `Succeeds` | somebody approves it, and `ApproveOrder` is not needed |
    /// | `ExecuteDataExport` | `Fails` | `EXPORT_FAIL` |
    /// | `CreateDataTrackOrder` | `Fails`, `Rejected` | `FILTER_FAIL`; refused at once |
    /// | `CreateDataTrackOrder` | `NeedsApproval` | `INIT` until it is submitted and approved, as an export is |
    /// | `DownloadDataTrackResult` | `Fails` | `DOWNLOAD_FAIL` |
    /// | `CreateBackupSetDownloadLink` | `Fails` | `FAILED` |
    /// | `CreateDownload` | `Fails` | `failed`; `RetryDownloadTask` makes it end well |
    /// | `DescribeDownloadSupport` | `Fails` | advanced downloads are not supported |
    ///
    /// Others change nothing.
    pub fn outcome(mut self, operation: &str, outcome: Outcome) -> Self {
        self.outcomes.insert(operation.to_owned(), outcome);
        self
    }

    /// How long links of the workflows are good at most, by the clock of the emulator: one hour, or as long as a call
    /// asks for, unless set. Then they are refused as an object store does (403 `AccessDenied`).
    pub fn link_lifetime(mut self, lifetime: Duration) -> Self {
        self.link_lifetime = Some(lifetime);
        self
    }

    /// Lets the state that a waiter of an operation looks at take these values, one a call; the last one stays.
    ///
    /// What the spec says to be there only in the end (a link, for example) is not in the replies before.
    pub fn states<'a>(mut self, operation: &str, waiter: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values = values.into_iter().map(str::to_owned).collect();
        self.states.push((operation.to_owned(), waiter.to_owned(), values));
        self
    }

    /// Where the time comes from: that of the machine unless set.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// What to do with every request that was answered, at once, beside remembering it. It must not block.
    pub fn log(mut self, log: impl Fn(&RecordedRequest) + Send + Sync + 'static) -> Self {
        self.log = Some(Box::new(log));
        self
    }

    /// Reads the specs and starts to listen. Must be called within a tokio runtime, which then runs the server.
    ///
    /// # Errors
    ///
    /// If the specs have errors or describe nothing, if states, outcomes or files were set for what they do not
    /// describe, or if the port is taken.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let catalog = Catalog::new(read_specs(self.folders, self.texts)?)?;
        if catalog.len() == 0 {
            return Err(StartError::NothingToServe);
        }
        let mut states = States::default();
        for wanted in self.states {
            let operation = wanted.0.clone();
            states.add(catalog.named(&operation).map(|served| &**served), wanted)?;
        }
        for operation in self.outcomes.keys().chain(self.file_of.keys()) {
            if catalog.named(operation).next().is_none() {
                return Err(StartError::NoSuchOperation(operation.clone()));
            }
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(StartError::Listen)?;
        let url = format!("http://{}", listener.local_addr().map_err(StartError::Listen)?);
        let settings = self.workflows.then(|| Settings {
            pace: self.pace,
            outcomes: self.outcomes,
            link_lifetime: self.link_lifetime,
            active_tenant: active_tenant(&catalog),
            url: url.clone(),
        });
        let service = Arc::new(Service {
            catalog,
            credentials: credentials(self.access_keys, self.tokens, self.bearer_tokens),
            files: (self.files || self.workflows).then(|| Files::new(self.file_bytes, self.file_of)),
            world: settings.map(|settings| Mutex::new(World::new(settings))),
            faults: Mutex::default(),
            url,
            clock: self.clock,
            log: self.log,
            states: Mutex::new(states),
            canned: Mutex::default(),
            nonces: Mutex::default(),
            records: Mutex::default(),
            answered: Default::default(),
        });
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(server::run(listener, Arc::clone(&service), stopped));
        Ok(Emulator::new(service, stop, server))
    }
}

/// The tenant that `GetUserActiveTenant` tells: who asks and names it means the same tickets as who does not.
fn active_tenant(catalog: &Catalog) -> i64 {
    let path = Path::parse("Tenant.Tid").0;
    let told = |served: &Arc<Served>| walk::first(&served.sample.value, &path)?.as_i64();
    catalog.named("GetUserActiveTenant").find_map(told).unwrap_or_default()
}

fn read_specs(folders: Vec<PathBuf>, texts: Vec<(String, String)>) -> Result<Specs, StartError> {
    let mut report = Report::default();
    let mut specs = Specs::default();
    for folder in folders {
        specs.products.extend(read::folder(&folder, &mut report).products);
    }
    specs.products.extend(read::texts(texts, &mut report).products);
    report.sort();
    alicloud_codegen::check::check(&specs, &mut report);
    let errors: Vec<_> = report.diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
    if errors.is_empty() { Ok(specs) } else { Err(StartError::Specs(errors)) }
}

fn credentials(keys: Vec<AccessKey>, tokens: Vec<(String, String)>, bearer_tokens: Vec<String>) -> Credentials {
    let example = || AccessKey {
        id: EXAMPLE_ACCESS_KEY_ID.to_owned(),
        secret: EXAMPLE_ACCESS_KEY_SECRET.to_owned(),
        security_token: None,
    };
    let keys = if keys.is_empty() { vec![example()] } else { keys };
    let with_token = |key: AccessKey| {
        let token = tokens.iter().rev().find(|(id, _)| *id == key.id).map(|(_, token)| token.clone());
        (key.id.clone(), AccessKey { security_token: token, ..key })
    };
    Credentials { access_keys: keys.into_iter().map(with_token).collect(), bearer_tokens }
}
