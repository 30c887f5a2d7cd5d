//! What the runtime knows about an operation.

use http::StatusCode;

/// An operation of a product: plain data, written by the generator.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The product, such as `dms-enterprise`.
    pub product: &'static str,
    /// The version of the product's API, such as `2018-11-01`.
    pub version: &'static str,
    /// The name of the operation on the wire.
    pub action: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with placeholders such as `{ClusterId}`, and with a fixed query if the API has one.
    pub path: &'static str,
    /// The family of APIs.
    pub style: Style,
    /// Who may call.
    pub authentication: Authentication,
    /// Whether it is signed with HMAC-SHA1, as before ACS3, whatever the configuration says. Needs the feature
    /// `legacy-signatures`.
    pub legacy_signature: bool,
    /// Whether a repeated call does no harm: it only reads.
    pub idempotent: bool,
    /// The parameter that carries a client token, if there is one: a request that has it may be repeated.
    pub client_token: Option<&'static str>,
    /// Where a reply says that the business failed.
    pub envelope: Envelope,
    /// What a reply consists of.
    pub reply: ReplyKind,
    /// Statuses that mean success beside those from 200 to 299, such as a redirect that is the answer. It is not
    /// followed, unless the caller brought an HTTP client that does.
    pub statuses: &'static [u16],
}

impl Operation {
    /// What operations of RPC style have in common.
    pub const RPC: Self = Self {
        product: "",
        version: "",
        action: "",
        method: Method::Post,
        path: "/",
        style: Style::Rpc,
        authentication: Authentication::Signed,
        legacy_signature: false,
        idempotent: false,
        client_token: None,
        envelope: Envelope::NONE,
        reply: ReplyKind::Json,
        statuses: &[],
    };

    /// What operations of ROA style have in common.
    pub const ROA: Self = Self { style: Style::Roa, method: Method::Get, ..Self::RPC };

    /// Whether a reply with this status means success, as far as statuses tell.
    pub(crate) fn succeeds_with(&self, status: StatusCode) -> bool {
        status.is_success() || self.statuses.contains(&status.as_u16())
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Method {
    /// `DELETE`
    Delete,
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `OPTIONS`
    Options,
    /// `PATCH`
    Patch,
    /// `POST`
    Post,
    /// `PUT`
    Put,
}

impl Method {
    /// The name of the method, in upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    pub(crate) fn to_http(self) -> http::Method {
        match self {
            Self::Delete => http::Method::DELETE,
            Self::Get => http::Method::GET,
            Self::Head => http::Method::HEAD,
            Self::Options => http::Method::OPTIONS,
            Self::Patch => http::Method::PATCH,
            Self::Post => http::Method::POST,
            Self::Put => http::Method::PUT,
        }
    }
}

/// The two families of APIs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// The operation is named by a header, the path is `/`.
    Rpc,
    /// The operation has a path of its own.
    Roa,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Authentication {
    /// Those who prove who they are.
    Signed,
    /// Everybody: the request is not signed and needs no credentials.
    Anonymous,
    /// Those who have a bearer token. Other credentials are refused before anything is sent.
    Bearer,
}

/// What a reply consists of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReplyKind {
    /// A JSON document, or nothing.
    Json,
    /// Text, which is decoded as one string.
    Text,
    /// Bytes, which are not looked at.
    Bytes,
    /// An XML document, which is read as JSON would be: its root element is the only field of the root, elements are
    /// fields, and an element that is repeated is a list. Attributes are left out.
    Xml,
    /// Server-sent events.
    Events,
    /// Something that nobody looks at.
    Ignored,
}

/// Where a reply with a status of success says that the business failed, as dotted JSON paths.
///
/// The first of the `success` paths that is present decides. Only if none is declared, the first of the `code` paths
/// that is present decides, provided that `code_ok` lists what it may be.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// Where a boolean tells success.
    pub success: &'static [&'static str],
    /// Where the code of an error stands.
    pub code: &'static [&'static str],
    /// Where the message of an error stands.
    pub message: &'static [&'static str],
    /// The codes that mean success.
    pub code_ok: &'static [&'static str],
}

impl Envelope {
    /// Declares nothing: a status of success is success.
    pub const NONE: Self = Self { success: &[], code: &[], message: &[], code_ok: &[] };
}
