//! Temporary credentials as the services write them.

use std::time::SystemTime;

use serde_json::Value;

use super::Credentials;
use super::wiped::text;
use crate::clock::parse_timestamp;
use crate::error::Error;

/// Reads `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration`. All are required.
pub(crate) fn read(object: &Value, from: &str) -> Result<Credentials, Error> {
    let required = |name: &str| {
        text(object, name).ok_or_else(|| Error::credentials(format!("the answer of {from} has no {name}")))
    };
    let (id, secret) = (required("AccessKeyId")?, required("AccessKeySecret")?);
    let (token, expiration) = (required("SecurityToken")?, required("Expiration")?);
    let expires_at = time(expiration)
        .ok_or_else(|| Error::credentials(format!("the Expiration that {from} answers is not a time in UTC")))?;
    Ok(Credentials::sts(id, secret, token).expires_at(expires_at))
}

/// A time such as `2025-06-01T02:03:04Z`. Fractions of the second are left out.
pub(crate) fn time(text: &str) -> Option<SystemTime> {
    match text.split_once('.') {
        Some((seconds, fraction)) => {
            let digits = fraction.strip_suffix('Z')?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| parse_timestamp(&format!("{seconds}Z")))?
        }
        None => parse_timestamp(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_with_and_without_fractions() {
        let whole = parse_timestamp("2025-06-01T02:03:04Z");
        for (text, expected) in [
            ("2025-06-01T02:03:04Z", whole),
            ("2025-06-01T02:03:04.567Z", whole),
            ("2025-06-01T02:03:04.5+8Z", None),
            ("2025-06-01T02:03:04.5", None),
            ("1748743384", None),
        ] {
            assert_eq!(time(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reads_any_text_without_a_panic(text in "\\PC{0,30}|2025-06-01T02:03:04[.0-9Z中]{0,9}") {
            if let Some(time) = time(&text) {
                proptest::prop_assert_eq!(Some(time), parse_timestamp(&format!("{}Z", &text[..19])));
            }
        }
    }

    #[test]
    fn names_what_is_missing() {
        let mut object = serde_json::json!({
            "AccessKeyId": "a", "AccessKeySecret": "b", "SecurityToken": "c", "Expiration": "soon"
        });
        let message = |object: &Value| read(object, "STS").unwrap_err().to_string();
        assert_eq!(message(&object), "the Expiration that STS answers is not a time in UTC");
        for name in ["Expiration", "SecurityToken", "AccessKeySecret", "AccessKeyId"] {
            object.as_object_mut().unwrap().remove(name);
            assert_eq!(message(&object), format!("the answer of STS has no {name}"));
        }
    }
}
