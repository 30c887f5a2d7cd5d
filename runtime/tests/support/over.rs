//! A call over a transport that a test has built.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers, of which every test uses a part")]

use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::{
    ClientBuilder, ClientCore, Config, Credentials, Endpoints, Error, Operation, Request, ReqwestTransport, Sending,
    Value, Wire,
};

static ENDPOINTS: Endpoints = Endpoints { product: "test", central: true, networks: &[] };

static OPERATION: Operation = Operation { product: "test", action: "Test", version: "2025-01-01", ..Operation::RPC };

struct Ask(alicloud_runtime::Call);

impl Request for Ask {
    type Response = Value;

    fn call(&self) -> &alicloud_runtime::Call {
        &self.0
    }

    fn encode(&self, _wire: &mut Wire) {}
}

/// The largest reply that [`ask`] takes.
pub const LIMIT: usize = 64 << 10;

/// Calls what listens at `endpoint`.
pub async fn ask(endpoint: &str, transport: ReqwestTransport) -> Result<Value, Error> {
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::access_key("id", "hush"))
        .transport(Arc::new(transport))
        .timeout(Duration::from_secs(10))
        .max_response_bytes(LIMIT)
        .build()?;
    let core: ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build()?;
    Sending::new(&Ask(core.call(&OPERATION))).await
}
