//! Where a product is reached.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Endpoints, Network};

use super::version::Version;

/// The hosts by network.
pub(super) fn read(version: &Version, notes: &mut Notes) -> Endpoints {
    let (mut public, mut vpc) = (BTreeMap::new(), BTreeMap::new());
    for (region, host, inside) in &version.endpoints {
        for (written, regions) in [(Some(host), &mut public), (inside.as_ref(), &mut vpc)] {
            let Some(host) = written.and_then(|host| mended(region, host, notes)) else { continue };
            regions.insert(region.trim().to_owned(), host);
        }
    }
    if public.is_empty() {
        let what = "no host is documented: callers have to name an endpoint";
        notes.say(Code::HostMended, "endpoints", what);
    }
    let mut hosts = public.values();
    let first = hosts.next().cloned();
    // One host that many regions share, and that names none of them, is that of the product.
    let is_central = first.as_ref().is_some_and(|first| {
        hosts.all(|host| host == first)
            && vpc.is_empty()
            && public.keys().all(|region| !first.contains(region.as_str()))
    });
    let mut networks = Vec::new();
    match first {
        Some(host) if is_central => {
            notes.say(Code::EndpointsGuessed, "endpoints", format!("`{host}` serves all regions that are documented"));
            networks.push(Network { everywhere: Some(host), ..network("public", BTreeMap::new()) });
        }
        _ => networks.push(network("public", public)),
    }
    if !vpc.is_empty() {
        networks.push(network("vpc", vpc));
    }
    Endpoints { central: is_central, networks }
}

fn network(name: &str, regions: BTreeMap<String, String>) -> Network {
    Network { name: name.to_owned(), everywhere: None, regions, from: None }
}

/// The host without what cannot be in one, or nothing.
fn mended(region: &str, host: &str, notes: &mut Notes) -> Option<String> {
    let clean = host.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-_:<>{}$".contains(c);
    if clean.is_empty() || !clean.chars().all(is_host) || region.trim().is_empty() {
        notes.say(Code::HostMended, "endpoints", format!("{host:?}, the host of {region:?}, is none: dropped"));
        return None;
    }
    if clean != host {
        notes.say(Code::HostMended, "endpoints", format!("{host:?}, the host of `{region}`, is taken as `{clean}`"));
    }
    Some(clean.to_owned())
}
