//! What the clients of all products are made of.

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::sync::Arc;

use crate::call::Call;
use crate::config::{Config, check_region};
use crate::endpoint::{Endpoint, EndpointChoice, Endpoints, Network};
use crate::error::Error;
use crate::operation::Operation;
use crate::random::hexadecimal;

/// The part of a client that all products share. Cheap to clone.
#[derive(Clone)]
pub struct ClientCore {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) endpoint: Endpoint,
    region: Option<String>,
    legacy_signatures: bool,
}

impl ClientCore {
    /// Starts a call of an operation.
    #[must_use]
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// The region of this client, which operations use unless they are given another.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.inner.region.as_deref()
    }

    /// A client token that has not been used: 32 hexadecimal digits.
    #[must_use]
    pub fn client_token(&self) -> String {
        hexadecimal(self.config().random.bits()).into_iter().map(char::from).collect()
    }

    /// Whether an operation is signed as before ACS3.
    pub(crate) fn has_legacy_signature(&self, operation: &Operation) -> bool {
        self.inner.legacy_signatures || operation.legacy_signature
    }

    pub(crate) fn network(&self) -> &Network {
        &self.config().network
    }

    pub(crate) fn config(&self) -> &crate::config::Inner {
        &self.inner.config.inner
    }
}

impl Debug for ClientCore {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCore")
            .field("endpoint", &self.inner.endpoint.url.as_str())
            .field("region", &self.inner.region)
            .finish_non_exhaustive()
    }
}

/// Builds the client of a product.
#[must_use = "a builder does nothing until `.build()`"]
pub struct ClientBuilder<C> {
    config: Config,
    endpoints: &'static Endpoints,
    endpoint: Option<String>,
    region: Option<String>,
    legacy_signatures: bool,
    client: PhantomData<fn() -> C>,
}

impl<C: From<ClientCore>> ClientBuilder<C> {
    /// Starts a client that differs from `config` in what is set here.
    pub fn new(config: &Config, endpoints: &'static Endpoints) -> Self {
        Self {
            config: config.clone(),
            endpoints,
            endpoint: None,
            region: None,
            legacy_signatures: config.inner.legacy_signatures,
            client: PhantomData,
        }
    }

    /// The host of this client: `host`, `host:port`, `http://…` or `https://…`.
    pub fn endpoint(mut self, endpoint: impl AsRef<str>) -> Self {
        self.endpoint = Some(endpoint.as_ref().to_owned());
        self
    }

    /// The region of this client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Whether this client signs with HMAC-SHA1, as before ACS3.
    #[cfg(feature = "legacy-signatures")]
    pub fn legacy_signatures(mut self, legacy: bool) -> Self {
        self.legacy_signatures = legacy;
        self
    }

    /// Chooses the endpoint and makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When no endpoint can be chosen for the region and the network.
    pub fn build(self) -> Result<C, Error> {
        let core = build_core(self.config, self.endpoints, self.endpoint, self.region, self.legacy_signatures)?;
        Ok(C::from(core))
    }
}

impl<C> Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("product", &self.endpoints.product).finish_non_exhaustive()
    }
}

fn build_core(
    config: Config,
    endpoints: &'static Endpoints,
    endpoint: Option<String>,
    region: Option<String>,
    legacy_signatures: bool,
) -> Result<ClientCore, Error> {
    if let Some(region) = &region {
        check_region(region)?;
    }
    let region = region.or_else(|| config.inner.region.clone());
    let endpoint = endpoints.choose(&EndpointChoice {
        explicit: endpoint.as_deref().or(config.inner.endpoint.as_deref()),
        region: region.as_deref(),
        network: &config.inner.network,
        allow_unlisted_regions: config.inner.allow_unlisted_regions,
    })?;
    Ok(ClientCore { inner: Arc::new(Inner { config, endpoint, region, legacy_signatures }) })
}
