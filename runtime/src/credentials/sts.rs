//! Calls of the Security Token Service, with the signer, the transport and the judgement of every other call.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::wiped::{Wiped, field};
use super::{Credentials, ProviderContext, session};
use crate::client::{ClientBuilder, ClientCore};
use crate::config::{Config, check_region};
use crate::endpoint::Endpoints;
use crate::error::Error;
use crate::operation::{Authentication, Operation};
use crate::wire::Wire;

/// How long one attempt may take: 5 seconds to connect and 10 to answer.
const TIMEOUT: Duration = Duration::from_secs(15);

static ENDPOINTS: Endpoints = Endpoints { product: "sts", central: true, networks: &[] };

pub(crate) static ASSUME_ROLE: Operation =
    Operation { product: "sts", version: "2015-04-01", action: "AssumeRole", idempotent: true, ..Operation::RPC };

pub(crate) static ASSUME_ROLE_WITH_OIDC: Operation =
    Operation { action: "AssumeRoleWithOIDC", authentication: Authentication::Anonymous, ..ASSUME_ROLE };

/// Where STS is reached, as far as that was said.
#[derive(Clone, Debug, Default)]
pub(crate) struct StsEndpoint {
    pub(crate) endpoint: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) vpc: Option<bool>,
}

impl StsEndpoint {
    /// The endpoint that was given; else that of the region; else the one of all regions.
    fn choose(&self, context: &ProviderContext) -> Result<String, Error> {
        if let Some(endpoint) = &self.endpoint {
            return Ok(endpoint.clone());
        }
        let Some(region) = self.region.clone().or_else(|| context.variable("ALIBABA_CLOUD_STS_REGION")) else {
            return Ok("sts.aliyuncs.com".to_owned());
        };
        check_region(&region)?;
        let vpc = self.vpc.unwrap_or_else(|| context.is_set("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"));
        Ok(format!("sts{}.{region}.aliyuncs.com", if vpc { "-vpc" } else { "" }))
    }

    /// Calls `operation` by POST and reads the credentials of the answer.
    pub(crate) async fn call(
        &self,
        context: &ProviderContext,
        operation: &'static Operation,
        credentials: Credentials,
        wire: Wire,
    ) -> Result<Credentials, Error> {
        let mut config = Config::builder()
            .endpoint(self.choose(context)?)
            .credentials(credentials)
            .timeout(TIMEOUT)
            .transport(Arc::clone(&context.transport))
            .clock(Arc::clone(&context.clock))
            .random(Arc::clone(&context.random));
        if let Some(application) = &context.application {
            config = config.user_agent(application);
        }
        let core: ClientCore = ClientBuilder::new(&config.build()?, &ENDPOINTS).build()?;
        let reply = core.call(operation).send(wire).await.map_err(|error| Error::credentials(error.to_string()))?;
        let answer = reply.decode::<Value>().map(Wiped::from);
        let answer = answer.map_err(|_| Error::credentials("STS answered with nothing"))?;
        session::read(field(answer.root(), "Credentials").unwrap_or(&Value::Null), "STS")
    }
}
