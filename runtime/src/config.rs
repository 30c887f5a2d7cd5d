//! What all clients share.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::clock::{Clock, SystemClock};
use crate::counters::{Counters, Tally};
use crate::credentials::{Credentials, Environment, ProviderContext};
use crate::endpoint::{Network, parse_endpoint};
use crate::error::Error;
use crate::identity::Identities;
use crate::random::{Random, SystemRandom};
use crate::retry::{Budget, RetryPolicy};
use crate::sign::Algorithm;
use crate::skew::Skew;
use crate::transport::{ReqwestTransport, Transport};

/// What all clients share: region, network, credentials, limits, and one pool of connections. Cheap to clone.
#[derive(Clone)]
pub struct Config {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) region: Option<String>,
    pub(crate) network: Network,
    pub(crate) endpoint: Option<String>,
    pub(crate) allow_unlisted_regions: bool,
    pub(crate) timeout: Duration,
    pub(crate) stall_timeout: Duration,
    pub(crate) call_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) skew: Skew,
    pub(crate) tally: Tally,
    pub(crate) max_response_bytes: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) algorithm: Algorithm,
    pub(crate) legacy_signatures: bool,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) identities: Identities,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

impl Config {
    /// Starts a configuration.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// The region of the clients, unless they have their own.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.inner.region.as_deref()
    }

    /// What all clients of this configuration have done so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.inner.tally.snapshot()
    }

    /// The network of the clients.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.inner.network
    }
}

impl Debug for Config {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("region", &self.inner.region)
            .field("network", &self.inner.network)
            .field("endpoint", &self.inner.endpoint)
            .field("credentials", &self.inner.credentials)
            .field("algorithm", &self.inner.algorithm)
            .field("timeout", &self.inner.timeout)
            .field("call_timeout", &self.inner.call_timeout)
            .field("retry", &self.inner.retry)
            .finish_non_exhaustive()
    }
}

/// Collects a [`Config`]. Everything has a default; without credentials only anonymous operations can be called.
#[derive(Clone, Default)]
#[must_use = "a builder does nothing until `.build()`"]
pub struct ConfigBuilder {
    region: Option<String>,
    network: Network,
    endpoint: Option<String>,
    allow_unlisted_regions: bool,
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    stall_timeout: Option<Duration>,
    call_timeout: Option<Duration>,
    retry: RetryPolicy,
    max_response_bytes: Option<usize>,
    user_agent: Option<String>,
    algorithm: Algorithm,
    legacy_signatures: bool,
    credentials: Option<Credentials>,
    environment: Environment,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    random: Option<Arc<dyn Random>>,
}

impl ConfigBuilder {
    /// The region, such as `cn-hangzhou`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The network over which the products are reached; the internet by default.
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// Who calls: credentials, or anything that provides them.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// Where those who provide credentials look for variables; in the environment of the process by default.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// The host for every client, in place of what the products list: `host`, `host:port`, `http://…` or
    /// `https://…`.
    pub fn endpoint(mut self, endpoint: impl AsRef<str>) -> Self {
        self.endpoint = Some(endpoint.as_ref().to_owned());
        self
    }

    /// Whether regions that a product does not list go to its host for all regions, where it has one. Not by default.
    pub fn allow_unlisted_regions(mut self, allow: bool) -> Self {
        self.allow_unlisted_regions = allow;
        self
    }

    /// How long connecting may take; 5 seconds by default. Of no effect with a client or a transport of your own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the reply; 30 seconds by default. Of a reply that
    /// is read as a stream only what comes before its body counts; of events, each piece has to come within this time too.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long a reply that has begun to arrive may pause; 10 seconds by default. Events may pause for as long as
    /// [`timeout`](Self::timeout) says.
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.stall_timeout = Some(timeout);
        self
    }

    /// How long a whole call may take, with all its attempts and the waits between them; 2 minutes by default. The
    /// last attempt is cut short by it, and a wait that would end later is not begun. The time that credentials take
    /// counts, but is limited by them alone. The body of a reply that is
    /// read as a stream or as events does not count. Waiting for a state and downloads have limits of their own.
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.call_timeout = Some(timeout);
        self
    }

    /// How often and how soon a call that failed is made again; [`RetryPolicy::standard`] by default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The largest reply that is accepted, in bytes; 64 MiB by default. Downloads are not limited.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }

    /// What the application calls itself, such as `billing/1.2`; appended to the user agent. The variable
    /// `ALIBABA_CLOUD_USER_AGENT` by default.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// How requests are signed; with HMAC-SHA256 by default.
    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Whether requests are signed with HMAC-SHA1, as before ACS3: RPC V1 or ROA V1, by the style of the operation. Not
    /// by default. The algorithm plays no part then.
    #[cfg(feature = "legacy-signatures")]
    pub fn legacy_signatures(mut self, legacy: bool) -> Self {
        self.legacy_signatures = legacy;
        self
    }

    /// What sends the requests, in place of the built-in transport.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The `reqwest` client that sends the requests. It must not follow redirects, which by default it does: some replies
    /// are redirects.
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(Arc::new(ReqwestTransport::from(client)))
    }

    /// Where the time comes from.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Where nonces and client tokens come from.
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.random = Some(random);
        self
    }

    /// Checks and finishes the configuration.
    ///
    /// # Errors
    ///
    /// When the region, the endpoint, the user agent or the credentials cannot be used, or TLS cannot be set up.
    pub fn build(self) -> Result<Config, Error> {
        if let Some(region) = &self.region {
            check_region(region)?;
        }
        if let Some(endpoint) = &self.endpoint {
            parse_endpoint(endpoint)?;
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(ReqwestTransport::new(self.connect_timeout.unwrap_or(Duration::from_secs(5)))?),
        };
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let random = self.random.unwrap_or_else(|| Arc::new(SystemRandom::new()));
        let application = self.user_agent.or_else(|| self.environment.variable("ALIBABA_CLOUD_USER_AGENT"));
        let user_agent = user_agent(application.as_deref())?;
        let identities = Identities::new(self.credentials.as_ref(), self.algorithm, || ProviderContext {
            transport: Arc::clone(&transport),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            environment: self.environment,
            user_agent: user_agent.clone(),
            application,
        })?;
        let inner = Inner {
            region: self.region,
            network: self.network,
            endpoint: self.endpoint,
            allow_unlisted_regions: self.allow_unlisted_regions,
            timeout: self.timeout.unwrap_or(Duration::from_secs(30)),
            stall_timeout: self.stall_timeout.unwrap_or(Duration::from_secs(10)),
            call_timeout: self.call_timeout.unwrap_or(Duration::from_secs(120)),
            retry: self.retry,
            budget: Budget::new(),
            skew: Skew::default(),
            tally: Tally::default(),
            max_response_bytes: self.max_response_bytes.unwrap_or(64 << 20),
            user_agent,
            algorithm: self.algorithm,
            legacy_signatures: self.legacy_signatures,
            credentials: self.credentials,
            identities,
            transport,
            clock,
            random,
        };
        Ok(Config { inner: Arc::new(inner) })
    }
}

/// Regions end up in host names, so nothing else is let through.
pub(crate) fn check_region(region: &str) -> Result<(), Error> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || !region.bytes().all(allowed) {
        return Err(Error::invalid_configuration(format!(
            "the region {region:?} is not made of lower-case letters, digits and dashes"
        )));
    }
    Ok(())
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let mut text = format!(
        "AlibabaCloud ({}; {}) Rust/{} Core/{} TeaDSL/2",
        std::env::consts::OS,
        std::env::consts::ARCH,
        // The version of the language that this is written in; nobody tells the compiler's at run time.
        env!("CARGO_PKG_RUST_VERSION"),
        env!("CARGO_PKG_VERSION")
    );
    if let Some(suffix) = suffix.map(str::trim).filter(|suffix| !suffix.is_empty()) {
        text.push(' ');
        text.push_str(suffix);
    }
    HeaderValue::from_str(&text)
        .ok()
        .filter(|value| value.to_str().is_ok())
        .ok_or_else(|| Error::invalid_configuration(format!("the user agent {suffix:?} cannot be a header")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_cannot_work() {
        let start = Config::builder;
        for (builder, message) in [
            (start().region(""), "the region \"\" is not made of lower-case letters, digits and dashes"),
            (
                start().region("x.evil.example/"),
                "the region \"x.evil.example/\" is not made of lower-case letters, digits and dashes",
            ),
            (start().endpoint("https://a/b"), "the endpoint https://a/b must not have a path or a query"),
            (start().credentials(Credentials::access_key("", "hush")), "the access key id is empty"),
            (start().credentials(Credentials::access_key("id", "")), "the access key secret is empty"),
            (start().credentials(Credentials::sts("id", "hush", "")), "the security token is empty"),
            (
                start().credentials(Credentials::bearer("hu\nsh")),
                "the bearer token has a space or a character outside ASCII",
            ),
            (start().user_agent("a\nb"), "the user agent Some(\"a\\nb\") cannot be a header"),
        ] {
            let error = builder.build().unwrap_err();
            assert!(error.is_invalid_configuration());
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn prints_no_secret() {
        let config = Config::builder().credentials(Credentials::access_key("id", "hush")).build().unwrap();
        assert!(!format!("{config:?}").contains("hush"));
    }
}
