//! Signature vectors: what they say, and whether this SDK says the same.

use alicloud_runtime::{Algorithm, SignatureInput, SignedHeaders, sign};
use serde_json::Value;

use super::pipeline;

/// The name of a case, and what is wrong with it.
pub type CaseResult = (String, Result<(), String>);

/// Checks every case of a file.
pub fn check_all(text: &str) -> Result<Vec<CaseResult>, String> {
    let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let cases = file.get("cases").unwrap_or(&file).as_array().ok_or("there is no list of cases")?;
    Ok(cases.iter().map(|case| (text_of(case, "name").to_owned(), check(case))).collect())
}

fn check(case: &Value) -> Result<(), String> {
    if case.get("hmac_key").is_some() {
        return check_legacy(case);
    }
    if case["authorization"].is_null() {
        return pipeline::check(case, None);
    }
    let algorithm = algorithm(case)?;
    let body = base64(text_of(case, "body"))?;
    same("hash of the body", &algorithm.hash(&body), text_of(case, "hashed_payload"))?;
    compare(case, case, algorithm, SignedHeaders::All)?;
    let restricted = &case["restricted_headers_result"];
    if restricted.is_null() {
        return Ok(());
    }
    compare(case, restricted, algorithm, SignedHeaders::Standard).map_err(|why| format!("restricted: {why}"))?;
    pipeline::check(case, restricted["authorization"].as_str())
}

#[cfg(feature = "legacy-signatures")]
use super::legacy::check as check_legacy;

#[cfg(not(feature = "legacy-signatures"))]
fn check_legacy(_case: &Value) -> Result<(), String> {
    Err("signatures from before ACS3 are not built in".to_owned())
}

/// Signs what the case says, and compares everything with `expected`.
fn compare(
    case: &Value,
    expected: &Value,
    algorithm: Algorithm,
    signed_headers: SignedHeaders<'_>,
) -> Result<(), String> {
    let (query, headers) = (pairs(&case["query"]), pairs(&case["headers"]));
    let query: Vec<(&str, &str)> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let signature = sign(&SignatureInput {
        algorithm,
        method: text_of(case, "method"),
        path: text_of(case, "path"),
        query: &query,
        headers: &headers,
        signed_headers,
        payload_hash: text_of(case, "hashed_payload"),
        access_key_id: text_of(case, "access_key_id"),
        access_key_secret: text_of(case, "secret"),
    });
    same("canonical request", &signature.canonical_request, text_of(expected, "canonical_request"))?;
    same("string to sign", &signature.string_to_sign, text_of(expected, "string_to_sign"))?;
    same("authorization", &signature.authorization, text_of(expected, "authorization"))
}

fn algorithm(case: &Value) -> Result<Algorithm, String> {
    match text_of(case, "algorithm") {
        "ACS3-HMAC-SHA256" => Ok(Algorithm::HmacSha256),
        #[cfg(feature = "sm3")]
        "ACS3-HMAC-SM3" => Ok(Algorithm::HmacSm3),
        other => Err(format!("the algorithm {other} is not built in")),
    }
}

/// Whether two texts are the same, and if not, how they differ.
pub fn same(what: &str, got: &str, expected: &str) -> Result<(), String> {
    if got == expected { Ok(()) } else { Err(format!("{what} is {got:?}, should be {expected:?}")) }
}

/// A field of a case, empty if it is absent.
pub fn text_of<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_default()
}

/// The entries of an object as text; those that are `null` are left out.
pub fn pairs(object: &Value) -> Vec<(String, String)> {
    let entries = object.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    entries
        .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}

/// Decodes Base64 with padding.
pub fn base64(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.trim_end_matches('=').bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return Err("the body is not Base64".to_owned()),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Ok(bytes)
}
