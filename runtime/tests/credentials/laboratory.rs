//! A server, a home of files, an environment and a clock, and calls that are made among them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alicloud_runtime::{
    Algorithm, ClientCore, Clock, Config, Credentials, Environment, Error, HttpRequest, ReqwestTransport, Sending,
    SignatureInput, SignedHeaders, Transport, format_timestamp, sign,
};
use tempfile::TempDir;

use super::server::{Answer, Received, Rerouted, Server};
use super::support::{Ask, ManualClock, OPERATION, core};

/// What no output may contain.
pub const HUSH: &str = "hush";

type Handler = dyn Fn(&Received) -> Answer + Send + Sync;

pub struct Laboratory {
    pub server: Server,
    pub clock: Arc<ManualClock>,
    pub home: TempDir,
    pub variables: Arc<Mutex<HashMap<String, String>>>,
    handler: Arc<Mutex<Arc<Handler>>>,
    transport: ReqwestTransport,
}

/// Who made a call, as the service saw it.
#[derive(Debug, PartialEq)]
pub struct Caller {
    pub id: String,
    pub token: Option<String>,
    pub provider: String,
}

impl Laboratory {
    /// The service answers every call of the test with `{}`; all else is answered by `handler`.
    pub async fn new(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let handler: Arc<Mutex<Arc<Handler>>> = Arc::new(Mutex::new(Arc::new(handler)));
        let current = Arc::clone(&handler);
        let server = Server::start(move |request| {
            if request.action() == "Test" {
                return ok("{}");
            }
            let handler = Arc::clone(&current.lock().unwrap());
            handler(request)
        });
        let home = tempfile::tempdir().unwrap();
        let variables = HashMap::from([("HOME".to_owned(), home.path().display().to_string())]);
        let variables = Arc::new(Mutex::new(variables));
        let transport = ReqwestTransport::new(Duration::from_secs(5)).unwrap();
        Self { server: server.await, clock: ManualClock::new(), home, variables, handler, transport }
    }

    /// A laboratory whose server refuses everything but the calls of the test.
    pub async fn alone() -> Self {
        Self::new(|_| answer(404, "nothing here")).await
    }

    pub fn now_answers(&self, handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) {
        *self.handler.lock().unwrap() = Arc::new(handler);
    }

    pub fn set(&self, name: &str, value: &str) {
        self.variables.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub fn unset(&self, name: &str) {
        self.variables.lock().unwrap().remove(name);
    }

    /// Writes a file into the home.
    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn pass(&self, seconds: u64) {
        drop(self.clock.sleep(Duration::from_secs(seconds)));
    }

    pub fn config(&self, credentials: impl Into<Credentials>) -> Config {
        let variables = Arc::clone(&self.variables);
        let transport = self.transport.clone();
        let transport = Arc::new(Rerouted { address: self.server.address.clone(), transport });
        Config::builder()
            .credentials(credentials)
            .environment(Environment::new(move |name| variables.lock().unwrap().get(name).cloned()))
            .transport(transport as Arc<dyn Transport>)
            .clock(Arc::clone(&self.clock) as Arc<dyn Clock>)
            .build()
            .unwrap()
    }

    pub fn client(&self, credentials: impl Into<Credentials>) -> ClientCore {
        core(&self.config(credentials))
    }

    /// Makes one call with `credentials`.
    pub async fn caller(&self, credentials: impl Into<Credentials>) -> Result<Caller, String> {
        call(&self.client(credentials)).await.map_err(told)?;
        Ok(self.last_caller())
    }

    /// Who made the last call of the test.
    pub fn last_caller(&self) -> Caller {
        let received = self.server.received();
        let request = received.iter().rev().find(|request| request.action() == "Test").unwrap();
        let authorization = request.header("authorization").unwrap_or_default();
        let id = authorization.split_once("Credential=").and_then(|(_, rest)| rest.split_once(','));
        Caller {
            id: id.map_or("", |(id, _)| id).to_owned(),
            token: request.header("x-acs-security-token").map(str::to_owned),
            provider: request.header("x-acs-credentials-provider").unwrap_or_default().to_owned(),
        }
    }

    /// Temporary credentials, as STS, the metadata service and others answer them.
    pub fn session(&self, id: &str, lifetime: u64) -> String {
        session(id, self.clock.now() + Duration::from_secs(lifetime))
    }
}

pub async fn call(client: &ClientCore) -> Result<(), Error> {
    Sending::new(&Ask::<()>::new(client.call(&OPERATION), |_| {})).await
}

/// An error as a user sees it, in which there is no secret.
pub fn told(error: Error) -> String {
    assert!(error.is_credentials(), "{error:?}");
    let told = error.to_string();
    assert!(!format!("{told}{error:?}{}", error.body()).contains(HUSH), "{told}");
    told
}

/// Whether `secret` made the signature of a request.
pub fn is_signed_with(request: &HttpRequest, secret: &str) -> bool {
    let text = |name: &str| request.headers[name].to_str().unwrap();
    let authorization = text("authorization");
    let id = authorization.split_once("Credential=").and_then(|(_, rest)| rest.split_once(',')).unwrap().0;
    let names = request.headers.keys().filter(|name| *name != "authorization");
    let headers: Vec<_> = names.map(|name| (name.as_str(), text(name.as_str()))).collect();
    let signature = sign(&SignatureInput {
        algorithm: Algorithm::HmacSha256,
        access_key_id: id,
        access_key_secret: secret,
        method: request.method.as_str(),
        path: request.url.path(),
        query: &[],
        headers: &headers,
        payload_hash: text("x-acs-content-sha256"),
        signed_headers: SignedHeaders::Standard,
    });
    signature.authorization == authorization
}

pub fn caller(id: &str, token: Option<&str>, provider: &str) -> Caller {
    Caller { id: id.to_owned(), token: token.map(str::to_owned), provider: provider.to_owned() }
}

pub fn answer(status: u16, body: &str) -> Answer {
    Some((status, body.to_owned()))
}

pub fn ok(body: &str) -> Answer {
    answer(200, body)
}

pub fn session(id: &str, expires_at: SystemTime) -> String {
    let expiration = format_timestamp(expires_at);
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","AccessKeySecret":"{HUSH}-secret","SecurityToken":"{HUSH}-token","Expiration":"{expiration}"}}"#
    )
}

/// What STS answers.
pub fn assumed(session: &str) -> Answer {
    ok(&format!(r#"{{"RequestId":"R","Credentials":{session}}}"#))
}

/// What STS answers to somebody who may not assume the role.
pub fn refused() -> Answer {
    answer(403, r#"{"RequestId":"R-1","Code":"NoPermission","Message":"You are not authorized."}"#)
}
