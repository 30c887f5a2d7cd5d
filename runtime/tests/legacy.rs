//! Signatures from before ACS3: who asks for them, and what goes out then.

#![cfg(feature = "legacy-signatures")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use alicloud_runtime::{
    Authentication, Call, ClientBuilder, ClientCore, Credentials, HttpRequest, Method, Operation, Sending, Value, Wire,
    sign_rpc_v1,
};

mod support;

use support::{Ask, ENDPOINTS, OPERATION, Script, WITH_PATH, block_on, builder};

static FORCED: Operation = Operation { legacy_signature: true, ..OPERATION };
static ANONYMOUS: Operation =
    Operation { legacy_signature: true, authentication: Authentication::Anonymous, ..OPERATION };
static GET: Operation = Operation { method: Method::Get, ..OPERATION };

/// What goes out of a client whose configuration or which itself is asked for old signatures.
fn sent(
    credentials: Credentials,
    by_config: bool,
    by_client: Option<bool>,
    operation: &'static Operation,
    encode: fn(&mut Wire),
) -> Result<HttpRequest, String> {
    let script = Script::new([]);
    let config = builder(&script).credentials(credentials).legacy_signatures(by_config).build().unwrap();
    let mut client = ClientBuilder::<ClientCore>::new(&config, &ENDPOINTS);
    if let Some(legacy) = by_client {
        client = client.legacy_signatures(legacy);
    }
    let call: Call = client.build().unwrap().call(operation);
    let sending = Sending::new(&Ask::<Value>::new(call, encode));
    block_on(sending).map_err(|error| error.to_string())?;
    Ok(script.requests().remove(0))
}

fn key() -> Credentials {
    Credentials::access_key("id", "hush")
}

fn pairs(request: &HttpRequest) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = request.url.query_pairs().into_owned().collect();
    pairs.extend(url::form_urlencoded::parse(request.body.as_bytes().unwrap()).into_owned());
    pairs
}

#[test]
fn config_client_and_operation_choose() {
    for (by_config, by_client, operation, is_legacy) in [
        (false, None, &OPERATION, false),
        (true, None, &OPERATION, true),
        (true, Some(false), &OPERATION, false),
        (false, Some(true), &OPERATION, true),
        (false, None, &FORCED, true),
        (false, Some(false), &FORCED, true),
    ] {
        let request = sent(key(), by_config, by_client, operation, |_| {}).unwrap();
        assert_eq!(request.headers.contains_key("authorization"), !is_legacy);
        assert_eq!(request.url.query().unwrap_or_default().contains("SignatureMethod=HMAC-SHA1"), is_legacy);
    }
    let request = sent(key(), true, None, &WITH_PATH, |wire| wire.path("Id", &"a b")).unwrap();
    let authorization = request.headers["authorization"].to_str().unwrap();
    assert!(authorization.starts_with("acs id:") && request.headers["authorization"].is_sensitive());
    assert_eq!((request.url.path(), request.url.query()), ("/a%20b", None));
}

#[test]
fn the_form_is_signed_and_stays_a_form() {
    for operation in [&OPERATION, &GET] {
        let request = sent(key(), true, None, operation, |wire| {
            wire.query("Q", &"1 2");
            wire.form("Logic", &true);
            wire.form("Script", &"select 1;\n+ *~中");
        })
        .unwrap();
        assert_eq!(request.body.as_bytes().unwrap(), b"Logic=true&Script=select+1%3B%0A%2B+%2A~%E4%B8%AD");
        let (signature, signed): (Vec<_>, Vec<_>) =
            pairs(&request).into_iter().partition(|(name, _)| name == "Signature");
        let signed: Vec<(&str, &str)> = signed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(signed.len(), 11, "{signed:?}");
        assert_eq!(signature[0].1, sign_rpc_v1(operation.method.as_str(), &signed, "hush").signature);
        // A body that is no form is not signed.
        assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
        assert!(!request.headers.contains_key("accept") && !request.headers.contains_key("x-acs-date"));
    }
}

#[test]
fn who_is_not_signed_for_is_not_signed() {
    for (credentials, operation, query) in [
        (
            key(),
            &ANONYMOUS,
            "Action=Test&Format=json&SignatureNonce=&Timestamp=2025-06-01T02%3A03%3A04Z&Version=2025-01-01",
        ),
        (
            Credentials::bearer("tok+/="),
            &FORCED,
            "Action=Test&BearerToken=tok%2B%2F%3D&Format=json&SignatureNonce=&SignatureType=BEARERTOKEN\
             &Timestamp=2025-06-01T02%3A03%3A04Z&Version=2025-01-01",
        ),
    ] {
        let request = sent(credentials, false, None, operation, |_| {}).unwrap();
        let got = request.url.query().unwrap().split('&');
        let got: Vec<&str> =
            got.map(|pair| if pair.starts_with("SignatureNonce=") { "SignatureNonce=" } else { pair }).collect();
        assert_eq!(got.join("&"), query);
        assert!(!request.headers.contains_key("authorization"));
    }
}

#[test]
fn a_parameter_is_not_confused_with_what_is_computed() {
    let in_query = |wire: &mut Wire| wire.query("Timestamp", &1);
    let in_form = |wire: &mut Wire| wire.form("Action", &"Other");
    for (encode, name) in [(in_query as fn(&mut Wire), "Timestamp"), (in_form, "Action")] {
        let message = sent(key(), true, None, &OPERATION, encode).unwrap_err();
        assert!(message.contains(&format!("the parameter {name} is computed")), "{message}");
    }
    // The format is the caller's.
    let request = sent(key(), true, None, &OPERATION, |wire| wire.query("Format", &"XML")).unwrap();
    let formats: Vec<_> = pairs(&request).into_iter().filter(|(name, _)| name == "Format").collect();
    assert_eq!(formats, [("Format".to_owned(), "XML".to_owned())]);
}
