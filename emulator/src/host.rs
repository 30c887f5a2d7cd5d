//! Parameters in front of the host: `bucket.example.com`.

use std::net::IpAddr;

use alicloud_codegen::spec::{Endpoints, Location, Operation, Product};

/// The parameters that are in front of the host, by name. Only what is there is among them.
///
/// Whatever stands before an address, `localhost` or a host of the product is one; before any other host it is as much as
/// the operation takes.
pub(crate) fn arguments(operation: &Operation, product: &Product, host: &str) -> Vec<(String, String)> {
    let names: Vec<&str> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Host)
        .map(|parameter| parameter.name.as_str())
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name).to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    let is_bare = |name: &str| is_address(name) || lists(&product.endpoints, name);
    let bare = (0..labels.len()).find(|start| is_bare(&labels[*start..].join("."))).unwrap_or(names.len());
    names
        .iter()
        .zip(&labels[..bare.min(labels.len())])
        .map(|(name, label)| ((*name).to_owned(), (*label).to_owned()))
        .collect()
}

fn is_address(name: &str) -> bool {
    name == "localhost" || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

fn lists(endpoints: &Endpoints, name: &str) -> bool {
    endpoints.networks.iter().any(|network| {
        network.everywhere.as_deref() == Some(name) || network.regions.values().any(|host| host.trim() == name)
    })
}
