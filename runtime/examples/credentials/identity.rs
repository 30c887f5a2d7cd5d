//! Asks STS who is calling. A generated client would have a method for it.

use alicloud_runtime::{
    Call, ClientBuilder, ClientCore, Config, Endpoints, Error, Operation, Request, Sending, Value, Wire,
};

static ENDPOINTS: Endpoints =
    Endpoints { product: "sts", central: true, networks: &[("public", Some("sts.aliyuncs.com"), &[])] };

static GET_CALLER_IDENTITY: Operation = Operation {
    product: "sts",
    version: "2015-04-01",
    action: "GetCallerIdentity",
    idempotent: true,
    ..Operation::RPC
};

struct GetCallerIdentity {
    call: Call,
}

impl Request for GetCallerIdentity {
    type Response = Value;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, _: &mut Wire) {}
}

/// Who calls with this configuration, as STS sees it.
pub async fn ask(config: &Config) -> Result<Value, Error> {
    let core: ClientCore = ClientBuilder::new(config, &ENDPOINTS).build()?;
    Sending::new(&GetCallerIdentity { call: core.call(&GET_CALLER_IDENTITY) }).await
}
