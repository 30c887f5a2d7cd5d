//! The control endpoint: faults, requests and a fresh start, for programs that cannot call the library.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::canned::SetReplyError;
use crate::fault::Fault;
use crate::outgoing::{Outgoing, ReplyBody};
use crate::record::RecordedRequest;
use crate::request::Incoming;
use crate::service::{Service, lock};

/// What all paths of it begin with.
const PREFIX: &str = "/_emulator/";

impl Service {
    /// The answer of the control endpoint; none if the request is not for it, or if there is none.
    ///
    /// It takes no signature: whoever reaches the port may use it. It is remembered as no request.
    pub(crate) fn control(&self, request: &Incoming) -> Option<Outgoing> {
        self.world.as_ref()?;
        let path = request.path.strip_prefix(PREFIX)?;
        let (status, body) = match (request.method.as_str(), path) {
            ("POST", "faults") => match self.faults_of(&request.body) {
                Ok(count) => (200, json!({ "faults": count })),
                Err(why) => (400, json!({ "error": why })),
            },
            ("GET", "requests") => (200, lock(&self.records).iter().map(shown).collect()),
            ("POST", "reset") => {
                self.reset();
                (200, json!({}))
            }
            (_, "faults" | "requests" | "reset") => (405, json!({ "error": "this takes another method" })),
            _ => (404, json!({ "error": "there are faults, requests and reset" })),
        };
        let mut outgoing = Outgoing::new(status, ReplyBody::whole(Bytes::from(body.to_string())));
        outgoing.header("content-type", "application/json;charset=utf-8");
        Some(outgoing)
    }

    /// Takes faults: all of them or none.
    pub(crate) fn take_faults(&self, faults: Vec<Fault>) -> Result<(), SetReplyError> {
        for fault in &faults {
            let mut named = self.catalog.named(&fault.operation);
            // Without a link there is no file.
            if !named.any(|served| !fault.of_file || served.operation.link.is_some()) {
                return Err(SetReplyError::NoSuchOperation(fault.operation.clone()));
            }
            if let Some(status) = fault.bad_status() {
                return Err(SetReplyError::Status(status));
            }
        }
        let mut known = lock(&self.faults);
        faults.into_iter().for_each(|fault| known.push(fault));
        Ok(())
    }

    /// Forgets tickets, tasks, faults, requests and replies that were set.
    pub(crate) fn reset(&self) {
        if let Some(world) = &self.world {
            lock(world).clear();
        }
        lock(&self.faults).clear();
        lock(&self.records).clear();
        lock(&self.canned).clear_all();
    }

    /// Takes the faults of a body: one, or a list of them.
    fn faults_of(&self, body: &[u8]) -> Result<usize, String> {
        let value: Value = serde_json::from_slice(body).map_err(|error| format!("the body is no JSON: {error}"))?;
        let list = match value {
            Value::Array(list) => list,
            one => vec![one],
        };
        let faults = list.iter().map(fault).collect::<Result<Vec<_>, _>>()?;
        let count = faults.len();
        self.take_faults(faults).map_err(|error| error.to_string())?;
        Ok(count)
    }
}

/// A fault such as `{"operation": "CreateDownload", "kind": "throttle", "milliseconds": 10, "times": 2}`.
fn fault(value: &Value) -> Result<Fault, String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let number = |name: &str| value.get(name).and_then(Value::as_u64);
    let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
    let needed = |name: &str| number(name).ok_or_else(|| format!("`{name}` is not a number"));
    let operation = text("operation").ok_or("`operation` is not a text")?;
    let fault = if flag("file") { Fault::file(operation) } else { Fault::new(operation) };
    let fault = match text("kind").unwrap_or_default() {
        "throttle" => fault.throttle(needed("milliseconds")?),
        "status" => fault.status(u16::try_from(needed("status")?).map_err(|_| "`status` is no HTTP status")?),
        "reset_before" => fault.reset_before(),
        "reset_after" => fault.reset_after(),
        "cut" => fault.cut(usize::try_from(needed("bytes")?).unwrap_or(usize::MAX)),
        "expire_link" => fault.expire_link(),
        other => return Err(format!("there is no `kind` called `{other}`")),
    };
    let fault = if flag("html") { fault.html() } else { fault };
    Ok(fault.times(number("times").and_then(|times| usize::try_from(times).ok()).unwrap_or(1)))
}

/// Neither headers nor query nor body: they hold signatures, tokens and whatever the caller sent.
fn shown(request: &RecordedRequest) -> Value {
    json!({
        "operation": request.operation,
        "version": request.version,
        "method": request.method,
        "path": request.target.split('?').next(),
        "status": request.status,
        "code": request.code,
    })
}
