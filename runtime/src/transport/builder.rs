//! How the built-in transport reaches the services.

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use url::Url;
use zeroize::Zeroizing;

use super::error::flatten;
use super::reqwest_transport::ReqwestTransport;
#[cfg(feature = "rustls")]
use super::tls::{Tls, TlsVersion};
use crate::error::Error;

/// How long a connection is kept that nobody uses. The gateways close theirs after a minute.
const IDLE_TIMEOUT: Duration = Duration::from_secs(45);

/// Builds a [`ReqwestTransport`]. Without anything set it is the one that every configuration has.
///
/// Proxies are those of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, and `NO_PROXY` for whom to reach
/// directly, each also in lower case), unless one is set here.
#[derive(Clone)]
#[must_use = "a builder does nothing until `.build()`"]
pub struct TransportBuilder {
    connect_timeout: Duration,
    proxy: ProxyChoice,
    no_proxy: Option<String>,
    #[cfg(feature = "rustls")]
    tls: Tls,
}

/// Through whom requests go.
#[derive(Clone)]
enum ProxyChoice {
    Environment,
    Nobody,
    /// The URL, which may have a password in it.
    Explicit(Zeroizing<String>),
}

impl TransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            proxy: ProxyChoice::Environment,
            no_proxy: None,
            #[cfg(feature = "rustls")]
            tls: Tls::default(),
        }
    }

    /// How long connecting may take; 5 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The proxy for all requests: `http://proxy:3128`, or `http://user:password@proxy:3128`. Those of the environment
    /// play no part then, but `NO_PROXY` does, unless [`no_proxy`](Self::no_proxy) is set.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Explicit(Zeroizing::new(url.into()));
        self
    }

    /// Whom to reach without the proxy that is set here, in place of `NO_PROXY`: names, which include all names below them,
    /// addresses and networks, separated by commas; `*` for everybody.
    pub fn no_proxy(mut self, hosts: impl Into<String>) -> Self {
        self.no_proxy = Some(hosts.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn without_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::Nobody;
        self
    }

    /// Trusts what these authorities sign, beside those that the platform trusts: certificates in PEM, of which there
    /// may be several.
    #[cfg(feature = "rustls")]
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Shows this certificate to services that ask for one: the chain, its own certificate first, and the private key,
    /// both in PEM.
    #[cfg(feature = "rustls")]
    pub fn client_certificate(mut self, chain: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        self.tls.client = Some((chain.as_ref().to_vec(), Zeroizing::new(key.as_ref().to_vec())));
        self
    }

    /// The oldest TLS that is spoken; 1.2 by default.
    #[cfg(feature = "rustls")]
    pub fn min_tls_version(mut self, version: TlsVersion) -> Self {
        self.tls.min_version = version;
        self
    }

    /// Checks everything and makes a pool of connections.
    ///
    /// # Errors
    ///
    /// When the proxy is no URL, a certificate or a key cannot be read, or TLS cannot be set up.
    pub fn build(self) -> Result<ReqwestTransport, Error> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A request that is sent again wants a nonce and a signature of its own; and what might be sent again is
            // copied first.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT);
        let builder = match &self.proxy {
            ProxyChoice::Explicit(url) => {
                let proxy = proxy(url)?;
                let direct = self.no_proxy.unwrap_or_else(environment_no_proxy);
                if is_everybody(&direct) {
                    builder.no_proxy()
                } else {
                    builder.proxy(proxy.no_proxy(reqwest::NoProxy::from_string(&direct)))
                }
            }
            ProxyChoice::Environment if !is_everybody(&environment_no_proxy()) => builder,
            ProxyChoice::Environment | ProxyChoice::Nobody => builder.no_proxy(),
        };
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_preconfigured(self.tls.config()?);
        let client = builder.build().map_err(|error| {
            Error::invalid_configuration(format!("the HTTP client cannot be set up: {}", flatten(&error)))
        })?;
        Ok(ReqwestTransport::from(client))
    }
}

/// Whom to reach directly, as far as the environment says.
fn environment_no_proxy() -> String {
    std::env::var("NO_PROXY").or_else(|_| std::env::var("no_proxy")).unwrap_or_default()
}

/// Whether nobody is left who is reached through a proxy; `reqwest` takes `*` for names alone.
fn is_everybody(hosts: &str) -> bool {
    hosts.split(',').any(|host| host.trim() == "*")
}

/// The proxy that a URL names. Errors leave out what may be a password.
fn proxy(url: &str) -> Result<reqwest::Proxy, Error> {
    let refused = |why: &str| {
        let shown = url.rsplit_once('@').map_or(url, |(_, host)| host);
        Error::invalid_configuration(format!("the proxy {shown} {why}"))
    };
    let parsed = Url::parse(url).map_err(|cause| refused(&format!("is not a URL: {cause}")))?;
    if !matches!(parsed.scheme(), "http" | "https") || !parsed.has_host() {
        return Err(refused("is no http or https URL"));
    }
    reqwest::Proxy::all(url).map_err(|error| refused(&format!("cannot be used: {}", flatten(&error.without_url()))))
}

impl Debug for TransportBuilder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder").field("connect_timeout", &self.connect_timeout).finish_non_exhaustive()
    }
}
