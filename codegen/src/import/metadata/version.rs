//! One version of a product as it was published: reads the documents and brings them into one form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Code;
use crate::import::notes::Notes;

use super::api::Api;
use super::json::{self, Object};

/// The documents of one version of a product, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// How the folder, or the only document, is shown.
    pub path: String,
    /// The product, where the documents do not tell. The one that they tell wins.
    pub product: Option<String>,
    /// The version, where the documents do not tell.
    pub version: Option<String>,
    /// Whether the documents were named one by one, so that the list has others that nobody asked for.
    pub is_lone: bool,
    /// `list.json`: the tree of the operations.
    pub list: Option<Vec<u8>>,
    /// The hosts: a `productInfo.json`, or the object of this product in a document for all of them.
    pub info: Option<Vec<u8>>,
    /// A document for each operation: its name, how it is shown, and what is in it. `api-docs.json`, which has all of
    /// them, is one of these too.
    pub documents: Vec<(String, String, Vec<u8>)>,
}

/// One version of a product in the form that the rest of the import reads.
#[derive(Debug, Default)]
pub(super) struct Version {
    pub(super) product: String,
    pub(super) version: String,
    /// What the documents say about the style, `RPC` or `ROA`, which is not always right.
    pub(super) style: Option<String>,
    pub(super) components: BTreeMap<String, Object>,
    pub(super) apis: Vec<Api>,
    /// The operations that a list names.
    pub(super) listed: BTreeSet<String>,
    /// Region, host, and host inside of a VPC.
    pub(super) endpoints: Vec<(String, String, Option<String>)>,
}

/// Reads the documents.
pub(super) fn read(published: &Published, notes: &mut Notes) -> Version {
    let mut version = Version::default();
    let listed = published.list.as_deref().map(|list| listed(list, &published.path, notes));
    let listed = listed.unwrap_or_default();
    for (name, path, bytes) in &published.documents {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => document(name, path, object, &mut version, notes),
            Ok(Value::Null) => {
                notes.say(Code::NoOperation, name, format!("`{name}` is empty: the service hides the operation"));
            }
            Ok(_) => notes.say(Code::NoOperation, name, format!("`{name}` is not an object, so it is no operation")),
            Err(error) => notes.say(Code::NotMetadata, name, format!("`{path}` is not JSON: {error}")),
        }
    }
    if let Some(info) = &published.info {
        match serde_json::from_slice(info) {
            Ok(Value::Object(info)) => hosts(&info, &mut version),
            Ok(_) => {}
            Err(error) => notes.say(Code::NotMetadata, "endpoints", format!("the hosts are not JSON: {error}")),
        }
    }
    fill(&mut version.product, listed.product.as_deref().or(published.product.as_deref()));
    fill(&mut version.version, listed.version.as_deref().or(published.version.as_deref()));
    if version.product.is_empty() || version.version.is_empty() {
        let what = "neither a list.json nor the document tells product and version: they are taken as `unknown` and \
                    `0000-00-00`";
        notes.say(Code::NotListed, "product", what);
        fill(&mut version.product, Some("unknown"));
        fill(&mut version.version, Some("0000-00-00"));
    }
    if !is_folder(&version.version) {
        let what =
            format!("{:?} cannot be the name of a folder: the version is taken as `0000-00-00`", version.version);
        notes.say(Code::NameMended, "version", what);
        "0000-00-00".clone_into(&mut version.version);
    }
    let there: BTreeSet<String> = published.documents.iter().map(|(name, ..)| name.to_lowercase()).collect();
    version.apis = settle(std::mem::take(&mut version.apis), &listed, notes);
    if !published.is_lone {
        absent(&listed, &version.apis, &there, notes);
    }
    version.listed = listed.names.into_values().collect();
    version
}

fn fill(text: &mut String, with: Option<&str>) {
    if let (true, Some(with)) = (text.is_empty(), with) {
        with.trim().clone_into(text);
    }
}

/// Whether a version can be the name of a folder that is nowhere else than where it is put.
fn is_folder(version: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    version.chars().all(good) && !version.contains("..") && version != "."
}

/// One operation, or all of a version.
fn document(name: &str, path: &str, mut object: Object, version: &mut Version, notes: &mut Notes) {
    // Whoever asks the service gets the document with a code beside it.
    if let (true, Some(Value::Object(data))) = (object.contains_key("code"), object.get_mut("data")) {
        object = std::mem::take(data);
    }
    let Some(Value::Object(apis)) = object.remove("apis") else {
        version.apis.push(Api { name: name.to_owned(), path: path.to_owned(), object });
        return;
    };
    for (name, api) in apis {
        let path = format!("{path}#{name}");
        match api {
            Value::Object(object) => version.apis.push(Api { name, path, object }),
            _ => notes.say(Code::NoOperation, &name, format!("`{name}` is not an object, so it is no operation")),
        }
    }
    let info = json::object(&object, "info");
    fill(&mut version.product, info.and_then(|info| json::text(info, "product")));
    fill(&mut version.version, info.and_then(|info| json::text(info, "version")));
    version.style = info.and_then(|info| json::text(info, "style")).map(str::to_owned);
    hosts(&object, version);
    if let Some(Value::Object(schemas)) =
        object.remove("components").and_then(|mut all| all.get_mut("schemas").map(Value::take))
    {
        for (name, schema) in schemas {
            if let Value::Object(schema) = schema {
                version.components.insert(name, schema);
            }
        }
    }
}

/// The hosts: a list of objects, or an object by region.
fn hosts(object: &Object, version: &mut Version) {
    for endpoint in json::list(object, "endpoints").iter().filter_map(Value::as_object) {
        let region = json::text(endpoint, "regionId").or_else(|| json::text(endpoint, "region"));
        let host = json::text(endpoint, "endpoint").or_else(|| json::text(endpoint, "public"));
        if let (Some(region), Some(host)) = (region, host) {
            let vpc = json::text(endpoint, "vpc").filter(|vpc| !vpc.trim().is_empty());
            version.endpoints.push((region.to_owned(), host.to_owned(), vpc.map(str::to_owned)));
        }
    }
    for (region, host) in ["endpoint", "endpoints"].iter().filter_map(|key| json::object(object, key)).flatten() {
        if let Some(host) = host.as_str() {
            version.endpoints.push((region.clone(), host.to_owned(), None));
        }
    }
    fill(&mut version.version, json::text(object, "version").filter(|text| text.starts_with('2')));
}

/// What a `list.json` tells.
#[derive(Default)]
struct Listed {
    product: Option<String>,
    version: Option<String>,
    /// The names, in lower case and as they are spelled.
    names: BTreeMap<String, String>,
}

fn listed(list: &[u8], path: &str, notes: &mut Notes) -> Listed {
    let mut listed = Listed::default();
    match serde_json::from_slice(list) {
        Ok(Value::Array(entries)) => walk(&entries, 0, &mut listed, notes),
        Ok(_) => notes.say(Code::NotMetadata, "list", format!("the list of `{path}` is no list")),
        Err(error) => notes.say(Code::NotMetadata, "list", format!("the list of `{path}` is not JSON: {error}")),
    }
    listed
}

/// The operations below directories.
fn walk(entries: &[Value], depth: usize, listed: &mut Listed, notes: &mut Notes) {
    for entry in entries.iter().filter_map(Value::as_object) {
        let children = json::list(entry, "children");
        if !children.is_empty() && depth < 64 {
            walk(children, depth + 1, listed, notes);
            continue;
        }
        let Some(name) = json::text(entry, "name") else { continue };
        let own = |key: &str| json::text(entry, key).map(str::to_owned);
        listed.product = listed.product.take().or_else(|| own("product"));
        listed.version = listed.version.take().or_else(|| own("version"));
        if let Some(before) = listed.names.insert(name.to_lowercase(), name.to_owned()) {
            notes.say(Code::ListedTwice, name, format!("`{before}` is listed twice; it is imported once"));
        }
    }
}

/// Names as the list spells them, each operation once.
fn settle(apis: Vec<Api>, listed: &Listed, notes: &mut Notes) -> Vec<Api> {
    let mut seen = BTreeSet::new();
    let mut settled = Vec::with_capacity(apis.len());
    for mut api in apis {
        match listed.names.get(&api.name.to_lowercase()) {
            Some(name) if *name != api.name => {
                let file = std::mem::replace(&mut api.name, name.clone());
                notes.say(Code::NameDrift, name, format!("the file is called `{file}`, the list says `{name}`"));
            }
            Some(_) => {}
            None if listed.names.is_empty() => {}
            None => notes.say(Code::NotListed, &api.name, format!("`{}` is not in the list", api.name)),
        }
        let good = |c: char| c.is_ascii_alphanumeric();
        // The file of the product is called `product`, and not every file system tells `Product` from it.
        let is_taken = api.name.eq_ignore_ascii_case("product");
        if is_taken || !api.name.chars().all(good) || !api.name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            notes.say(Code::NoOperation, &api.name, format!("`{}` cannot be the name of an operation", api.name));
        } else if seen.insert(api.name.to_lowercase()) {
            settled.push(api);
        } else {
            notes.say(Code::ListedTwice, &api.name, format!("`{}` is there twice; it is imported once", api.name));
        }
    }
    settled
}

/// Says which operations are listed and have no document.
fn absent(listed: &Listed, apis: &[Api], there: &BTreeSet<String>, notes: &mut Notes) {
    let seen: BTreeSet<String> = apis.iter().map(|api| api.name.to_lowercase()).collect();
    for (lower, name) in &listed.names {
        if !seen.contains(lower) && !there.contains(lower) {
            notes.say(Code::NotListed, name, format!("`{name}` is listed, but there is no document of it"));
        }
    }
}
