//! Vectors of the signatures from before ACS3.

use std::time::SystemTime;

use alicloud_runtime::{RoaV1Input, format_timestamp, sign_roa_v1, sign_rpc_v1};
use serde_json::{Value, json};

use super::check::{pairs, same, text_of};
use super::pipeline;

/// Cases of which the pipeline makes another request, and why.
const ON_PURPOSE: &[(&str, &str)] =
    &[("roa_headers", "a value with spaces around it is trimmed, as on its way it would be")];

/// Checks a case against the pure functions, and what a client made of it against the pipeline.
pub fn check(case: &Value) -> Result<(), String> {
    let is_rpc = text_of(case, "style") != "ROA";
    if !case["signature"].is_null() {
        if is_rpc { check_rpc(case)? } else { check_roa(case)? }
    }
    let is_different = ON_PURPOSE.iter().any(|(name, _)| *name == text_of(case, "name"));
    if text_of(case, "source") == "function" || is_different {
        return Ok(());
    }
    pipeline::compare(&pipeline::capture(&plain(case, is_rpc)?)?, case, None)
}

fn check_rpc(case: &Value) -> Result<(), String> {
    // The parameters of a function, or the query and the form of a request.
    let mut parameters = pairs(&case["params"]);
    parameters.extend(pairs(&case["query"]).into_iter().filter(|(name, _)| name != "Signature"));
    let signed = sign_rpc_v1(text_of(case, "method"), &borrowed(&parameters), text_of(case, "secret"));
    same("string to sign", &signed.string_to_sign, text_of(case, "string_to_sign"))?;
    same("signature", &signed.signature, text_of(case, "signature"))
}

fn check_roa(case: &Value) -> Result<(), String> {
    let (query, headers) = (pairs(&case["query"]), pairs(&case["headers"]));
    let input = RoaV1Input {
        method: text_of(case, "method"),
        path: text_of(case, "path"),
        query: &borrowed(&query),
        headers: &borrowed(&headers),
    };
    let signed = sign_roa_v1(&input, text_of(case, "secret"));
    same("string to sign", &signed.string_to_sign, text_of(case, "string_to_sign"))?;
    let (scheme, expected) = text_of(case, "signature").split_once(':').unwrap_or_default();
    same("scheme", scheme, &format!("acs {}", access_key_id(case)))?;
    same("signature", &signed.signature, expected)
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn access_key_id(case: &Value) -> &str {
    let authorization = text_of(&case["headers"], "authorization");
    let named = authorization.strip_prefix("acs ").and_then(|rest| rest.split_once(':'));
    named.map_or(text_of(&case["query"], "AccessKeyId"), |(id, _)| id)
}

/// The case in the form that those of ACS3 have: what the caller said, apart from what the client made of it.
fn plain(case: &Value, is_rpc: bool) -> Result<Value, String> {
    let (query, mut headers) = (&case["query"], case["headers"].clone());
    if let Some(token) = query.get("BearerToken") {
        headers["x-acs-bearer-token"] = token.clone();
    }
    let date = match text_of(query, "Timestamp") {
        "" => format_timestamp(date(text_of(&headers, "date"))?),
        timestamp => timestamp.to_owned(),
    };
    let nonce = if is_rpc { &query["SignatureNonce"] } else { &headers["x-acs-signature-nonce"] };
    let token = query.get("SecurityToken").unwrap_or(&headers["x-acs-security-token"]);
    let is_anonymous = case["signature"].is_null() && headers["x-acs-bearer-token"].is_null();
    Ok(json!({
        "legacy": true,
        "method": case["method"],
        "path": case["path"],
        "query": case["request"]["query"],
        "headers": headers,
        "body": case["body"],
        "access_key_id": access_key_id(case),
        "secret": case["secret"],
        "token": token,
        "date": date,
        "nonce": nonce,
        "params": {
            "action": headers["x-acs-action"],
            "version": headers["x-acs-version"],
            "method": case["method"],
            "pathname": case["path"],
            "style": case["style"],
            "auth_type": if is_anonymous { "Anonymous" } else { "AK" },
        },
    }))
}

fn date(text: &str) -> Result<SystemTime, String> {
    httpdate::parse_http_date(text).map_err(|error| error.to_string())
}
