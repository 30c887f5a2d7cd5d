//! From a request to its answer: route, signature, parameters, reply.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use alicloud_codegen::spec::Product;
use bytes::Bytes;

use crate::canned::{CannedReplies, CannedReply};
use crate::catalog::{Catalog, Served};
use crate::fault::{Fault, Faults};
use crate::files::Files;
use crate::nonce::Nonces;
use crate::outgoing::{Outgoing, ReplyBody};
use crate::parameters;
use crate::record::RecordedRequest;
use crate::refusal::Refusal;
use crate::reply::{self, Answer};
use crate::request::Incoming;
use crate::results;
use crate::sample::encode;
use crate::signature::{self, Credentials};
use crate::states::States;
use crate::world::{Call, World};

/// Tells the time.
pub(crate) type Clock = Box<dyn Fn() -> SystemTime + Send + Sync>;
/// Is told of every request that was answered.
pub(crate) type Log = Box<dyn Fn(&RecordedRequest) + Send + Sync>;

/// How many requests are remembered.
pub(crate) const REMEMBERED: usize = 4096;

/// All that answers need.
pub(crate) struct Service {
    pub(crate) catalog: Catalog,
    pub(crate) credentials: Credentials,
    pub(crate) files: Option<Files>,
    pub(crate) world: Option<Mutex<World>>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) url: String,
    pub(crate) clock: Clock,
    pub(crate) log: Option<Log>,
    pub(crate) states: Mutex<States>,
    pub(crate) canned: Mutex<CannedReplies>,
    pub(crate) nonces: Mutex<Nonces>,
    pub(crate) records: Mutex<VecDeque<RecordedRequest>>,
    pub(crate) answered: AtomicU64,
}

/// What is known about a request besides its answer.
#[derive(Default)]
struct Told {
    served: Option<Arc<Served>>,
    unknown_parameters: Vec<String>,
}

impl Service {
    /// Answers a request and remembers it.
    pub(crate) fn answer(&self, request: &Incoming) -> Outgoing {
        if let Some(outgoing) = self.control(request) {
            return outgoing;
        }
        let request_id = self.fresh_id();
        let mut told = Told::default();
        let outgoing = self.handle(request, &request_id, &mut told);
        self.remember(request, &outgoing, told);
        outgoing
    }

    /// Answers a request whose body is larger than any operation takes.
    pub(crate) fn too_large(&self, request: &Incoming) -> Outgoing {
        let refusal = Refusal::new(413, "RequestEntityTooLarge", "The request body is too large.");
        let outgoing = refuse(&refusal, request, None, &self.fresh_id());
        self.remember(request, &outgoing, Told::default());
        outgoing
    }

    fn handle(&self, request: &Incoming, request_id: &str, told: &mut Told) -> Outgoing {
        if let Some(files) = &self.files {
            let has_link = |action: &str| self.catalog.named(action).any(|served| served.operation.link.is_some());
            if let Some(action) = Files::action(request, has_link) {
                let serve = || files.serve(action, request, request_id, (self.clock)());
                return match lock(&self.faults).take(action, true) {
                    Some(fault) => fault.instead(request_id).unwrap_or_else(|| fault.after(serve())),
                    None => serve(),
                };
            }
        }
        self.operation(request, request_id, told).unwrap_or_else(|refusal| {
            refuse(&refusal, request, told.served.as_ref().map(|served| &*served.product), request_id)
        })
    }

    fn operation(&self, request: &Incoming, request_id: &str, told: &mut Told) -> Result<Outgoing, Refusal> {
        let route = self.catalog.route(request)?;
        let served = &**told.served.insert(Arc::clone(route.served));
        let now = (self.clock)();
        let used = signature::verify(request, served, &self.credentials, now)?;
        if let Some((access_key_id, nonce)) = used
            && !lock(&self.nonces).remember(access_key_id, nonce, now)
        {
            let message = "Specified signature nonce was used already.";
            return Err(Refusal::new(400, "SignatureNonceUsed", message));
        }
        let checked = parameters::check(served, request, &route.path_arguments)?;
        told.unknown_parameters = checked.unknown;
        let fault = lock(&self.faults).take(&served.action, false);
        if let Some(outgoing) = fault.as_ref().and_then(|fault| fault.instead(request_id)) {
            return Ok(outgoing);
        }
        let expired_links = fault.as_ref().is_some_and(Fault::expires_links);
        let outgoing = self.effect(served, request, request_id, checked.none_of, expired_links, now)?;
        Ok(match fault {
            Some(fault) => fault.after(outgoing),
            None => outgoing,
        })
    }

    /// What a good call does, and its answer.
    fn effect(
        &self,
        served: &Served,
        request: &Incoming,
        request_id: &str,
        none_of: Option<Vec<String>>,
        expired_links: bool,
        now: SystemTime,
    ) -> Result<Outgoing, Refusal> {
        if let Some(reply) = lock(&self.canned).take(&served.action) {
            return Ok(canned(reply));
        }
        let played = || {
            let call = Call { served, request, request_id, now, expired_links };
            lock(self.world.as_ref()?).answer(&call)
        };
        let (answer, code) = match none_of {
            Some(names) => {
                let code = Refusal::missing(names.first().map_or("", String::as_str)).code;
                (reply::none_of(served, &names, request_id)?, Some(code))
            }
            None => match played() {
                Some(Ok(value)) => {
                    let body = encode(&value, served.kind());
                    (Answer { body, request_id: request_id.to_owned() }, None)
                }
                Some(Err(failure)) => {
                    let answer = reply::business_failure(served, failure.code, &failure.message, request_id);
                    // A product without words for it leaves it to HTTP.
                    let refusal = || Refusal::new(404, failure.code, failure.message.clone());
                    (answer.ok_or_else(refusal)?, Some(failure.code.to_owned()))
                }
                None => {
                    let files = self.files.as_ref().map(|_| self.url.as_str());
                    (reply::success(served, request, &mut lock(&self.states), files, request_id), None)
                }
            },
        };
        let Answer { body, request_id } = answer;
        let status = if code.is_none() { results::status(served) } else { 200 };
        let mut outgoing = Outgoing::new(status, ReplyBody::whole(body));
        outgoing.header("content-type", reply::content_type(served.kind()));
        if code.is_none() {
            results::add_headers(served, &mut outgoing);
        }
        outgoing.header("x-acs-request-id", &request_id);
        outgoing.code = code;
        Ok(outgoing)
    }

    fn remember(&self, request: &Incoming, outgoing: &Outgoing, told: Told) {
        let name = |of: fn(&Served) -> &str, header: &str, parameter: &str| {
            let found = told.served.as_ref().map(|served| of(served));
            found.or_else(|| request.named(header, parameter)).map(str::to_owned)
        };
        let record = RecordedRequest {
            operation: name(|served| &served.action, "x-acs-action", "Action"),
            version: name(|served| &served.product.version, "x-acs-version", "Version"),
            method: request.method.clone(),
            target: request.target.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
            status: outgoing.status,
            code: outgoing.code.clone(),
            unknown_parameters: told.unknown_parameters,
        };
        if let Some(log) = &self.log {
            log(&record);
        }
        let mut records = lock(&self.records);
        if records.len() >= REMEMBERED {
            records.pop_front();
        }
        records.push_back(record);
    }

    /// An id that no other reply of this emulator has, of the usual shape.
    fn fresh_id(&self) -> String {
        format!("00000000-0000-4000-8000-{:012X}", self.answered.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// What is in a mutex, even if a thread panicked while it held it: nothing here is ever half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refuse(refusal: &Refusal, request: &Incoming, product: Option<&Product>, request_id: &str) -> Outgoing {
    let host = request.header("host").unwrap_or_default();
    let product = product.map_or("", |product| product.product.as_str());
    let body = refusal.body(request_id, host, product).to_string();
    let mut outgoing = Outgoing::new(refusal.status, ReplyBody::whole(Bytes::from(body)));
    outgoing.header("content-type", "application/json;charset=utf-8");
    outgoing.header("x-acs-request-id", request_id);
    outgoing.code = Some(refusal.code.clone());
    outgoing
}

fn canned(reply: CannedReply) -> Outgoing {
    let body = match reply.cut_after {
        Some(after) => ReplyBody::cut(reply.body, after),
        None => ReplyBody::whole(reply.body),
    };
    let mut outgoing = Outgoing::new(reply.status, body);
    reply.headers.iter().for_each(|(name, value)| outgoing.header(name, value));
    outgoing.delay = reply.delay;
    outgoing
}
