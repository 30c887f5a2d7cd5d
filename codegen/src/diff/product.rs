//! Compares products: their modules, features, endpoints and operations.

use std::collections::BTreeMap;

use crate::resolve::model::{Operation, Product};
use crate::spec::Network;

use super::change::{Change, Changes};
use super::pairs::{Pairs, pairs};
use super::{keys, operation, surface};

pub(super) fn compare(old: &[Product<'_>], new: &[Product<'_>]) -> Vec<Change> {
    let mut found = Vec::new();
    let same = |a: &Product<'_>, b: &Product<'_>| {
        let (a, b) = (&a.folder.product, &b.folder.product);
        a.product == b.product && a.version == b.version
    };
    let Pairs { both, gone, come } = pairs(old, new, same, |a, b| a.module == b.module);
    for product in gone {
        let mut changes = Changes::of(&product.module, None);
        let what = format!("the product is gone, with {}", counted(product));
        changes.breaking("product-removed", what, "its module and its feature are gone");
        found.extend(changes.finish());
    }
    for product in come {
        let mut changes = Changes::of(&product.module, None);
        let what = format!("a new product, with {}", counted(product));
        changes.additive("product-added", what, "a module behind a feature of its own");
        found.extend(changes.finish());
    }
    for (old, new) in both {
        found.extend(settings(old, new));
        found.extend(shared(old, new));
        found.extend(operations(old, new));
    }
    found
}

fn counted(product: &Product<'_>) -> String {
    match product.operations.len() {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    }
}

/// What product.yaml says.
fn settings(old: &Product<'_>, new: &Product<'_>) -> Vec<Change> {
    let (was, is) = (&old.folder.product, &new.folder.product);
    let mut changes = Changes::of(&new.module, None);
    if was == is {
        return changes.found;
    }
    if old.module != new.module {
        let what = format!("the module `{}` is called `{}`", old.module, new.module);
        changes.breaking("module-renamed", what, "paths that name it do not compile any more");
    }
    if was.feature != is.feature {
        let what = format!("the feature `{}` is called `{}`", was.feature, is.feature);
        changes.breaking("feature-renamed", what, "manifests that name it do not resolve any more");
    }
    if was.endpoints.central && !is.endpoints.central {
        let what = "one host no longer serves all regions".to_owned();
        changes.breaking("endpoints-changed", what, "a client for a region without a host is refused");
    } else if was.endpoints.central != is.endpoints.central {
        let what = "one host serves all regions".to_owned();
        changes.additive("endpoints-changed", what, "clients can be made for regions that were refused");
    }
    networks(&was.endpoints.networks, &is.endpoints.networks, &mut changes);
    // Shared types are seen where an operation uses them.
    let differing = keys::differing(was, is, &["module", "feature", "endpoints", "types"]);
    for (key, was, is) in differing.other {
        let what = format!("`{key}` changed from {was} to {is}");
        changes.compatible("product-changed", what, "calls are made or judged otherwise; the same code compiles");
    }
    changes.documented.extend(differing.documentation);
    changes.finish()
}

/// The types that operations share.
fn shared(old: &Product<'_>, new: &Product<'_>) -> Vec<Change> {
    let mut changes = Changes::of(&new.module, None);
    for was in &old.types {
        match new.types.iter().find(|is| is.module == was.module) {
            Some(is) => operation::definitions(&was.definitions, &is.definitions, [], &mut changes),
            None => {
                let what = format!("the shared type `types::{}` is gone", was.module);
                changes.breaking("type-removed", what, "code that names it does not compile any more");
            }
        }
    }
    changes.finish()
}

fn networks(old: &[Network], new: &[Network], changes: &mut Changes) {
    let hosts = |networks: &[Network]| -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for network in networks {
            all.extend(network.everywhere.iter().map(|host| (format!("{} everywhere", network.name), host.clone())));
            all.extend(
                network.regions.iter().map(|(region, host)| (format!("{} {region}", network.name), host.clone())),
            );
        }
        all
    };
    let (old_hosts, new_hosts) = (hosts(old), hosts(new));
    for (place, was) in &old_hosts {
        match new_hosts.get(place) {
            Some(is) if is == was => {}
            Some(is) => {
                let what = format!("the endpoint {place} moved from {was} to {is}");
                changes.compatible("endpoint-changed", what, "requests go to another host; the same code compiles");
            }
            None => {
                let what = format!("the endpoint {place} ({was}) is gone");
                changes.breaking("endpoint-removed", what, "clients that were made for it are refused or go elsewhere");
            }
        }
    }
    for (place, host) in new_hosts.iter().filter(|(place, _)| !old_hosts.contains_key(*place)) {
        let what = format!("a new endpoint {place} ({host})");
        changes.additive("endpoint-added", what, "clients can be made for it");
    }
}

fn operations(old: &Product<'_>, new: &Product<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    let by_name = |a: &Operation<'_>, b: &Operation<'_>| a.file.name == b.file.name;
    let Pairs { both, gone, come } = pairs(&old.operations, &new.operations, by_name, |a, b| a.module == b.module);
    for operation in gone {
        let mut changes = Changes::of(&new.module, Some(&operation.file.name));
        let what = "the operation is gone".to_owned();
        changes.breaking(
            "operation-removed",
            what,
            format!("the method `{}` and its types are gone", operation.module),
        );
        found.extend(changes.finish());
    }
    for operation in come {
        let mut changes = Changes::of(&new.module, Some(&operation.file.name));
        let what = "a new operation".to_owned();
        changes.additive("operation-added", what, format!("a method `{}` with types of its own", operation.module));
        found.extend(changes.finish());
    }
    for (was, is) in both {
        let untouched = was.file.operation == is.file.operation && was.file.name == is.file.name;
        if !untouched || old.folder.product.types != new.folder.product.types {
            let mut told = operation::compare(&new.module, was, is);
            // What no comparison looks at, such as the order of fields, is told as well: nothing changes in silence.
            if told.is_empty() && surface::module(old, was) != surface::module(new, is) {
                let mut changes = Changes::of(&new.module, Some(&is.file.name));
                changes.documented.push("the order of its parts".to_owned());
                told = changes.finish();
            }
            found.extend(told);
        }
    }
    found
}
