//! TLS over real sockets: own authorities, client certificates, versions, and HTTP/2 where it is built in.

#![cfg(feature = "rustls")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::convert::Infallible;
use std::sync::Arc;

use alicloud_runtime::{ReqwestTransport, TlsVersion, TransportBuilder};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion, crypto::ring, version};

#[path = "support/over.rs"]
mod over;

use over::ask;

/// An authority that nobody knows.
struct Authority {
    pem: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key.
struct Issued {
    pem: String,
    key_pem: String,
    der: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: certificate.pem(), der: certificate.der().clone(), issuer: Issuer::new(params, key) }
    }

    fn issue(&self, usage: ExtendedKeyUsagePurpose) -> Issued {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Issued {
            pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            der: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }
}

/// Serves `{"Version":…}` over TLS at the endpoint that is returned; asks for certificates of `clients`, if any.
async fn serve(
    authority: &Authority,
    versions: &[&'static SupportedProtocolVersion],
    clients: Option<&Authority>,
) -> String {
    let issued = authority.issue(ExtendedKeyUsagePurpose::ServerAuth);
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(versions).unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.der.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        }
    };
    let mut config = builder.with_single_cert(vec![issued.der], issued.key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| async move {
                let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
                let body = format!(r#"{{"Version":"{:?}","Host":"{host}"}}"#, request.version());
                Ok::<_, Infallible>(hyper::Response::new(body))
            });
            let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        }
    });
    endpoint
}

const BOTH: &[&SupportedProtocolVersion] = &[&version::TLS12, &version::TLS13];

fn builder() -> TransportBuilder {
    ReqwestTransport::builder().without_proxy()
}

/// Whether the endpoint is reached; if not, that nothing was sent.
async fn reaches(endpoint: &str, builder: TransportBuilder) -> bool {
    match ask(endpoint, builder.build().unwrap()).await {
        Ok(_) => true,
        Err(error) => {
            assert!(error.is_connection(), "{error}");
            false
        }
    }
}

#[tokio::test]
async fn an_authority_is_trusted_when_it_is_named() {
    let (authority, other) = (Authority::new(), Authority::new());
    let endpoint = serve(&authority, BOTH, None).await;
    assert!(!reaches(&endpoint, builder()).await);
    assert!(!reaches(&endpoint, builder().root_certificates(&other.pem)).await);
    assert!(reaches(&endpoint, builder().root_certificates(&authority.pem)).await);
    assert!(reaches(&endpoint, builder().root_certificates(other.pem + &authority.pem)).await);
    let error = ask(&endpoint, builder().build().unwrap()).await.unwrap_err();
    assert!(!error.was_sent() && error.to_string().contains("certificate"), "{error}");
    // Trust is in the name, too.
    let by_address = endpoint.replace("localhost", "127.0.0.1");
    assert!(!reaches(&by_address, builder().root_certificates(&authority.pem)).await);
}

#[tokio::test]
async fn a_client_shows_its_certificate_where_one_is_asked_for() {
    let (authority, clients, strangers) = (Authority::new(), Authority::new(), Authority::new());
    let endpoint = serve(&authority, BOTH, Some(&clients)).await;
    let usage = || ExtendedKeyUsagePurpose::ClientAuth;
    let (own, strange) = (clients.issue(usage()), strangers.issue(usage()));
    let trusting = || builder().root_certificates(&authority.pem);
    assert!(!reaches(&endpoint, trusting()).await);
    assert!(!reaches(&endpoint, trusting().client_certificate(&strange.pem, &strange.key_pem)).await);
    assert!(reaches(&endpoint, trusting().client_certificate(&own.pem, &own.key_pem)).await);
}

#[tokio::test]
async fn an_old_version_is_refused_on_demand() {
    let authority = Authority::new();
    for (offered, oldest, is_reached) in [
        (&[&version::TLS12][..], TlsVersion::V1_2, true),
        (&[&version::TLS12], TlsVersion::V1_3, false),
        (&[&version::TLS13], TlsVersion::V1_2, true),
        (&[&version::TLS13], TlsVersion::V1_3, true),
    ] {
        let endpoint = serve(&authority, offered, None).await;
        let builder = builder().root_certificates(&authority.pem).min_tls_version(oldest);
        assert_eq!(reaches(&endpoint, builder).await, is_reached, "{offered:?} {oldest:?}");
    }
}

#[tokio::test]
async fn http2_is_spoken_where_it_is_built_in_and_offered() {
    let authority = Authority::new();
    let endpoint = serve(&authority, BOTH, None).await;
    let reply = ask(&endpoint, builder().root_certificates(&authority.pem).build().unwrap()).await.unwrap();
    assert_eq!(reply["Version"], if cfg!(feature = "http2") { "HTTP/2.0" } else { "HTTP/1.1" });
    // The signed header gets there either way.
    assert_eq!(reply["Host"], endpoint.trim_start_matches("https://"));
}

#[test]
fn refuses_what_is_no_certificate() {
    let issued = Authority::new().issue(ExtendedKeyUsagePurpose::ClientAuth);
    let other = Authority::new().issue(ExtendedKeyUsagePurpose::ClientAuth);
    for (builder, message) in [
        (builder().root_certificates("hush"), "the certificate of an authority is no certificate in PEM"),
        (builder().root_certificates(&issued.key_pem), "the certificate of an authority is no certificate in PEM"),
        (builder().client_certificate("hush", &issued.key_pem), "the client certificate is no certificate in PEM"),
        (builder().client_certificate(&issued.pem, "hush"), "the key of the client certificate is no key in PEM"),
        (builder().client_certificate(&issued.pem, &other.key_pem), "TLS cannot be set up: "),
    ] {
        assert!(!format!("{builder:?}").contains("hush"));
        let error = builder.build().unwrap_err();
        assert!(error.is_invalid_configuration());
        assert!(error.to_string().starts_with(message) && !error.to_string().contains("hush"), "{error}");
    }
}
