//! How an operation behaves over time: waiting, paging, links.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema::is_false;

/// A state that can be waited for by asking again and again.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Waiter {
    /// What is waited for, in our own words.
    pub summary: String,
    /// Where the reply tells the state.
    pub path: String,
    /// States in which asking again is all there is to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// States that end the wait well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub success: Vec<String>,
    /// Paths of texts, any one of which ends the wait well as soon as it is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<String>,
    /// States that end the wait badly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failure: Vec<String>,
    /// States that somebody has to do something about, and what.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub needs_action: BTreeMap<String, Advice>,
    /// Whether upper and lower case are the same in states.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fold_case: bool,
    /// Other spellings of states that were seen, and the state that each of them means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<String, String>,
    /// Where the path goes through a list: whether all of its elements have to be there, or any one. All unless
    /// written. An empty list has no state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Of>,
    /// How long to wait before the second request, in milliseconds. 2000 unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// How often to ask at most, as documented. Documentation only: a waiter has a time limit of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Where the reply tells why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Another operation that is asked as well, because only its reply tells some failures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Also>,
}

/// What to do about a state, in our own words.
pub type Advice = String;

/// Which elements of a list decide.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// All of them.
    All,
    /// Any one of them.
    Any,
}

/// Another operation that is asked while something is waited for.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Also {
    /// The operation, of the same product and version.
    pub operation: String,
    /// Its parameters, and the parameter of this operation whose value each of them takes. Both in the query or the
    /// form.
    pub with: BTreeMap<String, String>,
    /// Where its reply tells the state.
    pub path: String,
    /// States that end the wait badly. All others say nothing.
    pub failure: Vec<String>,
    /// Whether upper and lower case are the same in these states.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fold_case: bool,
    /// Where its reply tells why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// That an operation only begins its work. Documentation only.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Asynchronous {
    /// The operation that tells whether the work is done: its name, or `<product> <version> <name>`.
    pub operation: String,
    /// How long to wait between two questions, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// How often to ask at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// How to go from page to page.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Pager {
    /// How the next page is asked for.
    pub style: PagerStyle,
    /// The parameter that says where the page starts: its number, a token or an offset. `body.marker` is a field of
    /// the object that the parameter `body` is.
    pub position: String,
    /// The number of the first page, for `page_number`. 1 unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// The parameter that says how many items a page has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// Where the reply has the items: a path that ends in `[]`. `[]` alone is the reply itself.
    pub items: String,
    /// Where the reply has the next token, for `token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Where the reply counts all items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// Where the reply counts all pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// Where the reply repeats the number of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Where the reply repeats how many items a page has at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<String>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PagerStyle {
    /// By its number.
    PageNumber,
    /// By a token of the page before.
    Token,
    /// By the number of items to skip.
    Offset,
}

/// Where a link to a file is in the reply.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Link {
    /// What the link leads to, in our own words.
    pub summary: String,
    /// The link that works from everywhere, or the only one.
    pub path: String,
    /// The link that works only inside Alibaba Cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<String>,
    /// What the reply says when the link is ready. Without it, a link that is there is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready: Option<Ready>,
    /// Where the reply tells why there is no link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the reply tells when the link expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// A value that a path must have.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Ready {
    /// Where the value is.
    pub path: String,
    /// The value, as text.
    pub equals: String,
}
