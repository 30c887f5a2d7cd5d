//! Which host a client talks to.

mod nearest;

use http::HeaderValue;
use url::{Host, Url};

use self::nearest::nearest;
use crate::error::Error;

/// The network over which a product is reached.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Network {
    /// The internet.
    #[default]
    Public,
    /// A virtual private cloud in the region that is called.
    Vpc,
    /// Another network, by the name that the product gives it.
    Other(String),
}

impl Network {
    /// The name of the network, such as `public` or `vpc`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Vpc => "vpc",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Network {
    fn from(name: &str) -> Self {
        match name {
            "public" => Self::Public,
            "vpc" => Self::Vpc,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// The hosts of one network: its name, the host of all regions if there is one, and the hosts of single regions.
pub type NetworkEndpoints = (&'static str, Option<&'static str>, &'static [(&'static str, &'static str)]);

/// The hosts of a product.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints {
    /// The product, for errors.
    pub product: &'static str,
    /// Whether one host serves every region, so that any region, or none, will do.
    pub central: bool,
    /// The hosts by network. Those of a region go before the one of all regions.
    pub networks: &'static [NetworkEndpoints],
}

/// What an endpoint is chosen by.
pub(crate) struct EndpointChoice<'a> {
    pub(crate) explicit: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) network: &'a Network,
    pub(crate) allow_unlisted_regions: bool,
}

/// A host, parsed once.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host and port, with the path `/`.
    pub(crate) url: Url,
    /// What the `host` header says.
    pub(crate) host: HeaderValue,
}

impl Endpoints {
    /// Chooses the host: one that was given explicitly, else that of the network and the region.
    pub(crate) fn choose(&self, choice: &EndpointChoice<'_>) -> Result<Endpoint, Error> {
        match choice.explicit {
            Some(explicit) => parse_endpoint(explicit),
            None => parse_endpoint(&self.listed_host(choice)?),
        }
    }

    fn listed_host(&self, choice: &EndpointChoice<'_>) -> Result<String, Error> {
        let product = self.product;
        let network = choice.network.as_str();
        let Some((_, everywhere, regions)) = self.networks.iter().find(|(name, ..)| *name == network) else {
            let names: Vec<&str> = self.networks.iter().map(|(name, ..)| *name).collect();
            let offered = if names.is_empty() { "no network that is known".to_owned() } else { names.join(", ") };
            return Err(Error::invalid_configuration(format!(
                "{product} is not offered over the network {network}, only over {offered}; an explicit endpoint helps"
            )));
        };
        let listed = choice.region.and_then(|wanted| regions.iter().find(|(region, _)| *region == wanted));
        if let Some((_, host)) = listed {
            return Ok((*host).to_owned());
        }
        if let (Some(host), true) = (everywhere, self.central || choice.allow_unlisted_regions) {
            return Ok((*host).to_owned());
        }
        let Some(wanted) = choice.region else {
            return Err(Error::invalid_configuration(format!("{product} needs a region or an explicit endpoint")));
        };
        let rule = if everywhere.is_some() { " or `.allow_unlisted_regions(true)`" } else { "" };
        let listed = nearest(regions, wanted);
        Err(Error::invalid_configuration(format!(
            "{product} lists no endpoint for the region {wanted} over the network {network}{listed}; `.endpoint(…)`{rule} helps"
        )))
    }
}

impl Endpoint {
    /// The host of this name below this one. An address or `localhost` has no hosts below: it is asked for them itself.
    pub(crate) fn below(&self, prefix: &str) -> Result<Self, Error> {
        let refused = || Error::invalid_request(format!("{prefix:?} cannot be part of the host"));
        let labels = prefix.strip_suffix('.').unwrap_or(prefix);
        if !is_domain(labels) || prefix.len() > 253 {
            return Err(refused());
        }
        let host = [prefix.as_bytes(), self.host.as_bytes()].concat();
        let host = HeaderValue::from_bytes(&host).map_err(|_| refused())?;
        let mut url = self.url.clone();
        if let Some(Host::Domain(name)) = self.url.host()
            && name != "localhost"
        {
            let name = format!("{prefix}{name}");
            if !is_domain(&name) {
                return Err(refused());
            }
            url.set_host(Some(&name)).map_err(|_| refused())?;
        }
        Ok(Self { url, host })
    }
}

/// Reads `host`, `host:port`, `http://…` or `https://…`. Without a scheme it is `https`.
pub(crate) fn parse_endpoint(text: &str) -> Result<Endpoint, Error> {
    let refused = |why: &str| Error::invalid_configuration(format!("the endpoint {} {why}", shown(text)));
    let text = text.trim();
    // What reads URLs would leave out line breaks and tabs without a word.
    if text.contains(|character: char| character.is_control() || character.is_whitespace()) {
        return Err(refused("has a space or a line break in it"));
    }
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&with_scheme).map_err(|cause| refused(&format!("is not a URL: {cause}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("must not have a user or a password"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(refused("must not have a path or a query"));
    }
    let host = match url.host() {
        Some(Host::Domain(name)) if is_domain(name) => name.to_owned(),
        Some(Host::Domain(_)) => return Err(refused("has a host that cannot be a name")),
        Some(host @ (Host::Ipv4(_) | Host::Ipv6(_))) => host.to_string(),
        None => return Err(refused("has no host")),
    };
    // Verbatim where possible: the service compares what was signed with what it was sent.
    let written = with_scheme.split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/');
    let is_verbatim = written.to_ascii_lowercase().strip_prefix(&host).is_some_and(|port| {
        let digits = port.strip_prefix(':');
        port.is_empty()
            || digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let host = match url.port() {
        _ if is_verbatim => written.to_owned(),
        Some(port) => format!("{host}:{port}"),
        None => host,
    };
    let host = HeaderValue::from_str(&host).map_err(|_| refused("has no host"))?;
    Ok(Endpoint { url, host })
}

/// Whether a host can be looked up: parts of at most 63 letters, digits, dashes and underscores, at most 253 in all.
fn is_domain(name: &str) -> bool {
    name.len() <= 253 && name.strip_suffix('.').unwrap_or(name).split('.').all(is_label)
}

/// Whether this can be one part of the name of a host.
pub(crate) fn is_label(label: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=63).contains(&label.len()) && label.bytes().all(inside) && !label.starts_with('-') && !label.ends_with('-')
}

/// The text of an endpoint as errors show it: without a password that somebody may have put there.
fn shown(text: &str) -> &str {
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    static DMS: Endpoints = Endpoints {
        product: "dms-enterprise",
        central: true,
        networks: &[
            ("public", Some("dms-enterprise.aliyuncs.com"), &[]),
            ("vpc", None, &[("cn-beijing", "vpc.cn-beijing.example.com\t")]),
        ],
    };
    static DBS: Endpoints = Endpoints {
        product: "dbs",
        central: false,
        networks: &[(
            "public",
            None,
            &[
                ("cn-beijing", "b.example.com"),
                ("cn-hangzhou", "h.example.com"),
                ("cn-shanghai", "s.example.com"),
                ("eu-central-1", "e.example.com"),
                ("us-east-1", "u.example.com"),
                ("us-west-1", "w.example.com"),
            ],
        )],
    };

    fn chosen(endpoints: &Endpoints, region: Option<&str>, network: &Network) -> String {
        let choice = EndpointChoice { explicit: None, region, network, allow_unlisted_regions: false };
        match endpoints.choose(&choice) {
            Ok(endpoint) => endpoint.url.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn chooses_by_network_and_region() {
        let (public, vpc) = (Network::Public, Network::Vpc);
        for (endpoints, region, network, expected) in [
            (&DMS, None, &public, "https://dms-enterprise.aliyuncs.com/"),
            (&DMS, Some("no-such-region"), &public, "https://dms-enterprise.aliyuncs.com/"),
            (&DMS, Some("cn-beijing"), &vpc, "https://vpc.cn-beijing.example.com/"),
            (
                &DMS,
                Some("cn-hangzhou"),
                &vpc,
                "dms-enterprise lists no endpoint for the region cn-hangzhou over the network vpc (listed: cn-beijing); `.endpoint(…)` helps",
            ),
            (&DBS, Some("cn-hangzhou"), &public, "https://h.example.com/"),
            (&DBS, None, &public, "dbs needs a region or an explicit endpoint"),
            (
                &DBS,
                Some("cn-hangzou"),
                &public,
                "dbs lists no endpoint for the region cn-hangzou over the network public (listed: cn-hangzhou, cn-shanghai, cn-beijing, us-east-1, us-west-1 and 1 more); `.endpoint(…)` helps",
            ),
            (
                &DBS,
                Some("cn-hangzhou"),
                &vpc,
                "dbs is not offered over the network vpc, only over public; an explicit endpoint helps",
            ),
        ] {
            assert_eq!(chosen(endpoints, region, network), expected);
        }
    }

    #[test]
    fn parses_endpoints() {
        for (text, url, host) in [
            ("a.example.com", "https://a.example.com/", "a.example.com"),
            ("A.example.com", "https://a.example.com/", "A.example.com"),
            ("localhost:8787", "https://localhost:8787/", "localhost:8787"),
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787/", "127.0.0.1:8787"),
            ("http://127.0.0.1:8787/", "http://127.0.0.1:8787/", "127.0.0.1:8787"),
            ("https://[::1]:1", "https://[::1]:1/", "[::1]:1"),
            ("a_b.example.com.", "https://a_b.example.com./", "a_b.example.com."),
            ("HTTP://a.example.com", "http://a.example.com/", "a.example.com"),
            (" a.example.com\t", "https://a.example.com/", "a.example.com"),
        ] {
            let endpoint = parse_endpoint(text).unwrap();
            assert_eq!((endpoint.url.as_str(), endpoint.host.to_str().unwrap()), (url, host));
        }
        for text in [
            "",
            " ",
            "ftp://a",
            "http://",
            "https://a/b",
            "https://a?b",
            "a/b",
            "a b",
            "user:hunter2@a",
            "https://a#b",
            "a:99999",
            "a.exam\nple.com",
            "a.exam\tple.com",
            "a..example.com",
            "-a.example.com",
            "a-.example.com",
            "a.example.com\\@b",
            "a*b",
            "a%2fb",
            &"a".repeat(64),
            &"a.".repeat(127),
        ] {
            let error = parse_endpoint(text).unwrap_err();
            assert!(error.is_invalid_configuration(), "{text}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }
}
