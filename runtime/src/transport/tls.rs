//! TLS for the built-in transport: rustls with ring.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, SupportedProtocolVersion, version};
use rustls_platform_verifier::BuilderVerifierExt as _;
use zeroize::Zeroizing;

use crate::error::Error;

/// A version of TLS.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2.
    #[default]
    V1_2,
    /// TLS 1.3.
    V1_3,
}

/// What a [`TransportBuilder`](super::TransportBuilder) was told about TLS.
#[derive(Clone, Default)]
pub(super) struct Tls {
    /// Certificates of authorities, in PEM.
    pub(super) roots: Vec<Vec<u8>>,
    /// The certificates and the key to show, in PEM.
    pub(super) client: Option<(Vec<u8>, Zeroizing<Vec<u8>>)>,
    pub(super) min_version: TlsVersion,
}

impl Tls {
    /// The configuration of rustls.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions: &[&SupportedProtocolVersion] = match self.min_version {
            TlsVersion::V1_2 => &[&version::TLS13, &version::TLS12],
            TlsVersion::V1_3 => &[&version::TLS13],
        };
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_protocol_versions(versions).map_err(|error| refused(&error))?;
        let mut roots = Vec::new();
        for pem in &self.roots {
            roots.extend(certificates(pem, "the certificate of an authority")?);
        }
        let builder = if roots.is_empty() {
            builder.with_platform_verifier().map_err(|error| refused(&error))?
        } else {
            builder.dangerous().with_custom_certificate_verifier(verifier(roots, provider)?)
        };
        let config = match &self.client {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => {
                let chain = certificates(chain, "the client certificate")?;
                // The cause is left out: it could repeat a part of the key.
                let key = PrivateKeyDer::from_pem_slice(key)
                    .map_err(|_| Error::invalid_configuration("the key of the client certificate is no key in PEM"))?;
                builder.with_client_auth_cert(chain, key).map_err(|error| refused(&error))?
            }
        };
        Ok(offer_http2(config))
    }
}

/// Checks against these authorities and those of the platform. The platform does the checking, or rustls itself.
#[cfg(not(target_os = "android"))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Arc<rustls_platform_verifier::Verifier>, Error> {
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider);
    Ok(Arc::new(verifier.map_err(|error| refused(&error))?))
}

#[cfg(target_os = "android")]
fn verifier(
    _roots: Vec<CertificateDer<'static>>,
    _provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Arc<rustls_platform_verifier::Verifier>, Error> {
    Err(Error::invalid_configuration("Android trusts no authorities but those of its own store"))
}

fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(Error::invalid_configuration(format!("{what} is no certificate in PEM"))),
    }
}

fn refused(error: &rustls::Error) -> Error {
    Error::invalid_configuration(format!("TLS cannot be set up: {error}"))
}

#[cfg(feature = "http2")]
fn offer_http2(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

#[cfg(not(feature = "http2"))]
fn offer_http2(config: ClientConfig) -> ClientConfig {
    config
}
