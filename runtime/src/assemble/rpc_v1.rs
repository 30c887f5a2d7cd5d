//! RPC style as before ACS3: everything that proves who calls stands in the query.

use std::time::SystemTime;

use http::{HeaderMap, HeaderValue};

use super::{Assembled, FORM, ascii};
use crate::client::ClientCore;
use crate::clock::timestamp;
use crate::error::Error;
use crate::identity::Identity;
use crate::pairs::Pairs;
use crate::percent::Space;
use crate::random::hexadecimal;
use crate::sign::rpc_v1::string_to_sign;
use crate::transport::HttpRequest;

/// Parameters that are computed, so that an operation or a caller cannot have its own of these names.
const COMPUTED: [&str; 10] = [
    "AccessKeyId",
    "Action",
    "BearerToken",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

impl Assembled {
    /// Adds the common parameters and the signature, which covers the query and the form.
    pub(super) fn sign_rpc_v1(
        &self,
        core: &ClientCore,
        identity: &Identity,
        headers: HeaderMap,
        now: SystemTime,
        bits: u128,
    ) -> Result<HttpRequest, Error> {
        let mut form = Pairs::new(Space::Percent);
        if self.content_type == Some(FORM) {
            form.append(ascii(self.body.as_bytes().unwrap_or_default()));
        }
        let mut query = Pairs::new(Space::Percent);
        query.append(&self.query.wire);
        if let Some(name) = COMPUTED.into_iter().find(|name| query.has(name) || form.has(name)) {
            let why = "is computed where requests are signed with HMAC-SHA1, and cannot be set";
            return Err(Error::invalid_request(format!("the parameter {name} {why}")));
        }

        query.push("Action", text(&self.action));
        query.push("Version", text(&self.version));
        query.push("Timestamp", ascii(&timestamp(now)));
        query.push("SignatureNonce", ascii(&hexadecimal(bits)));
        if !query.has("Format") {
            query.push("Format", "json");
        }
        match identity {
            Identity::Signed { signer, session, .. } => {
                query.push("SignatureMethod", "HMAC-SHA1");
                query.push("SignatureVersion", "1.0");
                query.push("AccessKeyId", signer.access_key_id());
                if let Some((_, token)) = session {
                    query.push("SecurityToken", text(token));
                }
                let mut signed = query.clone();
                signed.append(&form.finish().wire);
                let text = string_to_sign(self.method.as_str(), &signed.finish().wire);
                query.push("Signature", &signer.legacy().rpc.sign(&text));
            }
            // `SignatureType` is there already.
            Identity::Bearer(token) => query.push("BearerToken", text(token)),
            Identity::Anonymous => {}
        }
        self.legacy_request(core, headers, &query.finish().wire)
    }
}

/// The text of a header value that was checked when it was made.
fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}
