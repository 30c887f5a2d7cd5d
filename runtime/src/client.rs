//! What the clients of all products are made of.

use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::sync::Arc;

use http::HeaderValue;

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
    /// What the `x-acs-accept-language` header says.
    pub(crate) language: Option<HeaderValue>,
    /// What the query of every request has, unless the request has it itself.
    pub(crate) default_query: Vec<(String, String)>,
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
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// What is set of a client.
struct Settings {
    config: Config,
    endpoints: &'static Endpoints,
    endpoint: Option<String>,
    region: Option<String>,
    language: Option<String>,
    default_query: Vec<(String, String)>,
    legacy_signatures: bool,
}

impl<C: From<ClientCore>> ClientBuilder<C> {
    /// Starts a client that differs from `config` in what is set here.
    pub fn new(config: &Config, endpoints: &'static Endpoints) -> Self {
        let settings = Settings {
            config: config.clone(),
            endpoints,
            endpoint: None,
            region: None,
            language: None,
            default_query: Vec::new(),
            legacy_signatures: config.inner.legacy_signatures,
        };
        Self { settings, client: PhantomData }
    }

    /// The host of this client: `host`, `host:port`, `http://…` or `https://…`.
    pub fn endpoint(mut self, endpoint: impl AsRef<str>) -> Self {
        self.settings.endpoint = Some(endpoint.as_ref().to_owned());
        self
    }

    /// The region of this client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// The language of the messages of the service, such as `en-US` or `zh-CN`; the service chooses if it is not set.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.settings.language = Some(language.into());
        self
    }

    /// A parameter that every request of this client has in its query, unless the request sets it itself: a tenant,
    /// such as `("Tid", "3")`. Set twice, the last value counts.
    pub fn default_query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let name = name.into();
        self.settings.default_query.retain(|(known, _)| *known != name);
        self.settings.default_query.push((name, value.to_string()));
        self
    }

    /// Whether this client signs with HMAC-SHA1, as before ACS3.
    #[cfg(feature = "legacy-signatures")]
    pub fn legacy_signatures(mut self, legacy: bool) -> Self {
        self.settings.legacy_signatures = legacy;
        self
    }

    /// Chooses the endpoint and makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// When no endpoint can be chosen for the region and the network, or the language cannot be a header.
    pub fn build(self) -> Result<C, Error> {
        build_core(self.settings).map(C::from)
    }
}

impl<C> Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("product", &self.settings.endpoints.product).finish_non_exhaustive()
    }
}

fn build_core(settings: Settings) -> Result<ClientCore, Error> {
    let Settings { config, endpoints, endpoint, region, language, default_query, legacy_signatures } = settings;
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
    let language = language.map(|language| language_header(&language)).transpose()?;
    Ok(ClientCore { inner: Arc::new(Inner { config, endpoint, region, language, default_query, legacy_signatures }) })
}

fn language_header(language: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(language)
        .ok()
        .filter(|_| !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| Error::invalid_configuration(format!("the language {language:?} cannot be a header")))
}
