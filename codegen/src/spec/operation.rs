//! One operation: what it takes, what it answers, how it behaves.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema::is_false;
use super::{Asynchronous, Envelope, Field, Link, Pager, Schema, Style, Waiter};

/// One operation of a product. The file is named after it: `GetOrder.yaml` describes `GetOrder`.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Operation {
    /// The version of this format: 1.
    pub format: u32,
    /// What the operation does, in one sentence of our own that starts with a verb.
    pub summary: String,
    /// What else a caller must know, in our own words. Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The document this was written from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// What a RAM policy must grant to the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Authorization>,
    /// That the documents advise against the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// The style, where it is not that of the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// The HTTP method. POST unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// All methods that the service is documented to take, where it takes more than the one that is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
    /// The documented schemes, such as `https`. Requests are sent by HTTPS unless an endpoint says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// The path with its `{Placeholder}`s. `/` unless written, as all RPC operations have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Who may call. `signed` unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
    /// Whether sending it twice does no more than sending it once, so that it may be sent again after a failure.
    #[serde(default, skip_serializing_if = "is_false")]
    pub idempotent: bool,
    /// What it takes. The required ones are arguments in Rust, in this order: the container before what it contains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What parameters need of one another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Requirement>,
    /// What it answers.
    #[serde(default)]
    pub response: Response,
    /// Where replies tell success and failure, where it is not as in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Envelope>,
    /// The documented errors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCode>,
    /// The documented sample replies, value for value and in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
    /// States that can be waited for, by name: `finished` becomes `.until_finished()`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub waiters: BTreeMap<String, Waiter>,
    /// How to go from page to page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pager: Option<Pager>,
    /// Where a link to a file is in the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// Further links, by name: `thumbnail` becomes `.download_thumbnail()`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, Link>,
    /// That the reply only says that the work was begun, and which operation tells its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asynchronous: Option<Asynchronous>,
    /// Where the sources disagree or are odd, and what this spec makes of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Warnings that are known to be right about the documents, each with the reason why it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledge: Vec<Acknowledgement>,
}

/// The document that an operation was written from.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The name of the file it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The date it bears, as YYYY-MM-DD. Left out where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Its change history.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// One line of a change history.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Change {
    /// The date, as YYYY-MM-DD.
    pub date: String,
    /// What changed, in our own words.
    pub summary: String,
}

/// What a RAM policy must grant.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Authorization {
    /// The document says that it does not tell.
    Undisclosed(Undisclosed),
    /// An action of a policy.
    Grant(Grant),
}

/// The word for authorization that the document does not disclose.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Undisclosed {
    /// The document says that it does not tell.
    Undisclosed,
}

/// An action of a RAM policy.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Grant {
    /// The action, such as `dms:GetOrder`.
    pub action: String,
    /// The documented access level, lower case, such as `read`, `list` or `get`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The documented resource types; `*` is all resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The documented condition key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Other actions that must be granted too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub associated: Vec<String>,
}

/// That something is no longer advised.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Deprecation {
    /// Why, or since when, in our own words.
    pub reason: String,
    /// The operation to call instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
    Head,
    Options,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Authentication {
    /// Whoever signs with an access key, or has a bearer token.
    Signed,
    /// Only who has a bearer token.
    Bearer,
    /// Everybody: nothing is signed.
    Anonymous,
}

/// One parameter of an operation.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Parameter {
    /// The name on the wire, exactly.
    pub name: String,
    /// Where it travels.
    #[serde(rename = "in")]
    pub location: Location,
    /// How a list, a map or an object is written. `flat` unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<ParameterStyle>,
    /// What sets it when the caller does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
    /// The value. `required` makes it an argument in Rust.
    #[serde(flatten)]
    pub schema: Schema,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// In the query of the URL.
    Query,
    /// In a form in the body.
    Form,
    /// In the path of the URL.
    Path,
    /// In a header.
    Header,
    /// As the whole body.
    Body,
    /// In front of the host.
    Host,
}

/// How a list, a map or an object is written as parameters.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterStyle {
    /// `Name.1.Field=…`.
    Flat,
    /// The same on the wire as `flat`; kept apart because the metadata does.
    RepeatList,
    /// One parameter that holds JSON.
    Json,
    /// One parameter, the elements joined by commas.
    Simple,
    /// XML, as the whole body.
    Xml,
}

/// What sets a parameter that the caller did not.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// The region of the client.
    Region,
    /// A fresh token that makes sending the request again harmless.
    ClientToken,
}

/// What parameters need of one another.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Requirement {
    /// At least one of these parameters must be set. Checked before anything is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<String>,
    /// These parameters are needed in the case that `when` tells. Documented, not checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<String>,
    /// The case in which they are needed, in our own words. Always, if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// What an operation answers when it succeeds.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Response {
    /// How the body is written. `json` unless written.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ResponseKind>,
    /// The headers that carry results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Field>,
    /// The HTTP statuses of success, where they are not just those from 200 to 299. A redirect that is one of them is
    /// not followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<u16>,
    /// The body.
    #[serde(flatten)]
    pub schema: Schema,
}

/// How the body of a response is written.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ResponseKind {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Binary,
    /// Server-sent events, each with JSON in it.
    Events,
    /// Nothing that matters.
    None,
}

/// A documented error.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ErrorCode {
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The code, exactly.
    pub code: String,
    /// The documented message, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Which source this came from, where it is not the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// A documented sample reply.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Sample {
    /// The HTTP status. 200 unless written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The reply as JSON, as a block of text, value for value and in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
    /// The reply as XML, as a block of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xml: Option<String>,
    /// Which source this came from, where it is not the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// A warning that is known to be right about the documents.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Acknowledgement {
    /// The code of the warning, such as `W502`.
    pub code: String,
    /// The parameter, field or part that it is about, as the warning names it.
    pub at: String,
    /// Why it stays.
    pub reason: String,
}
