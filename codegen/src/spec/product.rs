//! One version of a product: what all its operations have in common.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema::is_false;
use super::{Acknowledgement, From, Schema};

/// One version of a product: `product.yaml`, beside its operations.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Product {
    /// The version of this format: 1.
    pub format: u32,
    /// The product's code as the service spells it, such as `OceanBasePro`.
    pub product: String,
    /// The version, as YYYY-MM-DD.
    pub version: String,
    /// The name that people know it by.
    pub title: String,
    /// What it is for, in our own words.
    pub description: String,
    /// The name of the Rust module.
    pub module: String,
    /// The name of the cargo feature.
    pub feature: String,
    /// How its operations are called, where they do not say so themselves.
    pub style: Style,
    /// What the actions of its RAM policies begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ram_prefix: Option<String>,
    /// The gateway in front of it, where that has a signature of its own. Such products are not generated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// Where facts came from that no document states. A `from` names one of these.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
    /// Where it is reached.
    pub endpoints: Endpoints,
    /// Where its replies tell success and failure.
    #[serde(default)]
    pub envelope: Envelope,
    /// Types that several operations share, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, Schema>,
    /// Where the sources disagree or are odd, and what this spec makes of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Warnings about shared types that are known to be right about the documents, each with the reason why it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledge: Vec<Acknowledgement>,
}

impl Product {
    /// The shared type that a `ref` names, or the schema itself. One that names only itself is nothing.
    pub fn follow<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let mut at = schema;
        for _ in 0..=self.types.len() {
            match at.reference.as_ref().and_then(|name| self.types.get(name)) {
                Some(named) => at = named,
                None => break,
            }
        }
        at
    }
}

/// How operations are called.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// The action is a header; the path is `/`.
    Rpc,
    /// Method and path tell the action.
    Roa,
}

/// A source of facts beside the documents.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Its version or date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// Where a product is reached.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Endpoints {
    /// Whether one host serves all regions, so that any well-formed region, or none, will do.
    #[serde(default, skip_serializing_if = "is_false")]
    pub central: bool,
    /// The networks, `public` first.
    pub networks: Vec<Network>,
}

/// The hosts of one network.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Network {
    /// `public`, `vpc` or another.
    pub name: String,
    /// The host for every region that `regions` does not list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everywhere: Option<String>,
    /// Hosts by region.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, String>,
    /// Which source the hosts came from: all of them, or those of one key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<From>,
}

/// Where replies tell success and failure, as paths from the root.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Envelope {
    /// The id of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The flag of success. Where it is there, it alone decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<String>,
    /// The code of a failure: the first that is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<String>,
    /// The message of a failure: the first that is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub message: Vec<String>,
    /// Where there is no flag: the codes that mean success. Without any, a code is never a failure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ok_codes: Vec<String>,
}
