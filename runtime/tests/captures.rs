//! Requests that the SDKs of products were seen to send, made again by hand: method, path, query, body, and all headers
//! that do not change from call to call. Those that are signed with HMAC-SHA1 are the same to the last digit.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alicloud_runtime::{
    Call, ClientBuilder, ClientCore, Clock, Credentials, Error, HttpRequest, Method, Operation, Random, ReplyKind,
    Request, Sending, Value, Wire, parse_timestamp,
};

mod support;

use support::{ENDPOINTS, Script, block_on, builder};

/// How an SDK puts the parameters of an operation on the wire.
enum Wires {
    /// All in the query; the named ones as JSON.
    Query(&'static [&'static str]),
    /// The first ones in the form, of these the second ones as JSON; the others in the query.
    Form(&'static [&'static str], &'static [&'static str]),
    /// A JSON document.
    Json,
    /// Whatever the capture has no input for.
    Other(fn(&mut Wire)),
}

use Wires::{Form, Json, Other, Query};

const fn rpc(product: &'static str, version: &'static str) -> Operation {
    Operation { product, version, reply: ReplyKind::Ignored, ..Operation::RPC }
}

const fn roa(product: &'static str, version: &'static str, method: Method, path: &'static str) -> Operation {
    Operation { product, version, method, path, reply: ReplyKind::Ignored, ..Operation::ROA }
}

const CS: &str = "2015-12-15";
const FC: &str = "2023-03-30";
const DMS: Operation = rpc("dms-enterprise", "2018-11-01");
const DBS: Operation = rpc("dbs", "2021-01-01");
const OB: Operation = rpc("oceanbasepro", "2019-09-01");
const ECS: Operation = rpc("ecs", "2014-05-26");
const STS: Operation = rpc("sts", "2015-04-01");
const VPC: Operation = rpc("vpc", "2016-04-28");
const FNF: Operation = Operation { legacy_signature: true, ..rpc("fnf", "2019-03-15") };

const CAPTURES: &[(&str, Operation, Wires)] = &[
    ("get_data_export_download_url", DMS, Query(&[])),
    ("query_data_track_result_download_status", DMS, Query(&[])),
    ("describe_download_task", DBS, Query(&[])),
    ("get_data_export_download_url_all_unset", DMS, Query(&[])),
    ("get_data_export_order_detail_empty_body", DMS, Form(&["OrderId"], &[])),
    ("add_authority_template_items", DMS, Query(&["Items"])),
    ("list_users", DMS, Query(&[])),
    ("get_meta_table_column", DMS, Query(&[])),
    ("execute_script", DMS, Query(&[])),
    ("create_download", DBS, Query(&[])),
    (
        "list_projects",
        OB,
        Form(&["PageNumber", "PageSize", "LabelIds", "SinkEndpointTypes"], &["LabelIds", "SinkEndpointTypes"]),
    ),
    ("modify_security_ips", OB, Form(&["InstanceId", "SecurityIps", "SecurityIpGroupName"], &[])),
    ("run_instances", ECS, Query(&[])),
    ("run_command", ECS, Query(&["Parameters"])),
    ("delete_instances", ECS, Query(&[])),
    ("describe_vpcs", VPC, Query(&[])),
    ("assume_role", STS, Query(&[])),
    ("get_caller_identity", STS, Query(&[])),
    ("start_execution", FNF, Form(&["FlowName", "ExecutionName", "Input", "CallbackFnFTaskToken"], &[])),
    ("delete_cluster", roa("cs", CS, Method::Delete, "/clusters/{0}"), Query(&["delete_options", "retain_resources"])),
    ("describe_cluster_node_pool_detail", roa("cs", CS, Method::Get, "/clusters/{0}/nodepools/{1}"), Query(&[])),
    ("describe_cluster_resources", roa("cs", CS, Method::Get, "/clusters/{0}/resources"), Query(&[])),
    (
        "modify_cluster_tags",
        roa("cs", CS, Method::Post, "/clusters/{0}/tags"),
        Other(|wire| {
            wire.body_json(&serde_json::json!([{"key": "a", "value": "b"}]));
        }),
    ),
    ("modify_cluster", roa("cs", CS, Method::Put, "/api/v2/clusters/{0}"), Json),
    (
        "invoke_function",
        roa("fc", FC, Method::Post, "/2023-03-30/functions/{0}/invocations"),
        Other(|wire| {
            wire.query("qualifier", &"LATEST");
            wire.body(Some(&b"\0\xffpayload".into()), Some("application/octet-stream"));
        }),
    ),
    ("list_functions", roa("fc", FC, Method::Get, "/2023-03-30/functions"), Query(&[])),
    ("delete_function", roa("fc", FC, Method::Delete, "/2023-03-30/functions/{0}"), Query(&[])),
    ("get_data_export_order_detail_v1sig", Operation { legacy_signature: true, ..DMS }, Form(&["OrderId"], &[])),
    ("describe_regions_global_params", ECS, Query(&[])),
];

/// What goes out otherwise: capture, how it reads there, how it reads here, and why.
const ON_PURPOSE: &[(&str, &str, &str, &str)] = &[
    ("execute_script", "(\"Logic\", \"True\")", "(\"Logic\", \"true\")", "`True` is Python"),
    ("run_instances", "\"True\"", "\"true\"", "`True` is Python"),
    ("run_instances", "\"False\"", "\"false\"", "`False` is Python"),
    ("run_command", "(\"Timed\", \"True\")", "(\"Timed\", \"true\")", "`True` is Python"),
    ("delete_instances", "(\"Force\", \"True\")", "(\"Force\", \"true\")", "`True` is Python"),
    ("describe_vpcs", "(\"IsDefault\", \"True\")", "(\"IsDefault\", \"true\")", "`True` is Python"),
    ("delete_cluster", "\"True\"", "\"true\"", "`True` is Python"),
    ("delete_cluster", "\"False\"", "\"false\"", "`False` is Python"),
    ("describe_cluster_resources", "\"True\"", "\"true\"", "`True` is Python"),
    ("modify_cluster", "\"exclusions\":[],", "", "what is unset is not sent, in JSON neither"),
];

/// The call of a capture.
struct Recall<'a> {
    call: Call,
    wires: &'a Wires,
    capture: &'a Value,
}

impl Request for Recall<'_> {
    type Response = ();

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        for (index, argument) in self.capture["path_args"].as_array().into_iter().flatten().enumerate() {
            wire.path(&index.to_string(), &argument.as_str());
        }
        for (name, value) in self.capture["header_input"].as_object().into_iter().flatten() {
            // What an SDK calls common headers are the same again.
            if value.is_string() {
                wire.header(name, &value.as_str());
            }
        }
        let input = &self.capture["input"];
        let fields = input.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value));
        // The action is named by a header, and was never a parameter.
        let fields = fields.filter(|(name, _)| *name != "ActionName");
        match self.wires {
            Query(json) => fields.for_each(|(name, value)| match (json.contains(&name), value) {
                (true, Value::Array(items)) => wire.query_json(name, &items.iter().map(known).collect::<Vec<_>>()),
                (true, value) => wire.query_json(name, value),
                (false, value) => wire.query(name, value),
            }),
            Form(names, json) => {
                wire.form_body();
                fields.for_each(|(name, value)| match (names.contains(&name), json.contains(&name)) {
                    (true, true) => wire.form_json(name, value),
                    (true, false) => wire.form(name, value),
                    (false, _) => wire.query(name, value),
                });
            }
            Json => wire.body_json(input),
            Other(add) => add(wire),
        }
    }
}

/// An element without what the model of the SDK did not know.
fn known(item: &Value) -> Value {
    let mut item = item.clone();
    if let Some(fields) = item.as_object_mut() {
        fields.remove("Attribute");
    }
    item
}

fn recall(operation: &Operation, wires: &Wires, capture: &Value) -> Result<HttpRequest, Error> {
    let operation = Operation { action: leak(capture["operation"].as_str().unwrap()), ..*operation };
    let script = Script::new([]);
    let config = builder(&script)
        .endpoint("http://127.0.0.1:18080")
        .credentials(Credentials::access_key("LTAI5tExampleAccessKeyId", "ExampleSecretKeyABCDEFGHIJKLMNOP"))
        .clock(Arc::new(Pinned))
        .random(Arc::new(Pinned))
        .build()
        .unwrap();
    let core: ClientCore = ClientBuilder::new(&config, &ENDPOINTS).build().unwrap();
    let mut call = core.call(Box::leak(Box::new(operation)));
    if capture["name"] == "describe_regions_global_params" {
        // What an SDK sets for a client and for a call, one sets for a call here; the operation's own value wins there.
        call = call
            .with(|options| options.header("x-acs-g", "g").header("x-acs-e", "e").query("GQ", "gq").query("EQ", "eq"));
    }
    block_on(Sending::new(&Recall { call, wires, capture }))?;
    Ok(script.requests().remove(0))
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// Everything that is compared, as text.
fn described(method: &str, target: &url::Url, headers: Vec<(String, String)>, body: &[u8]) -> String {
    // The order of the keys is that of the model, of which there is none here.
    let ordered = |text: String| match serde_json::from_str::<Value>(&text) {
        Ok(document @ (Value::Array(_) | Value::Object(_))) => document.to_string(),
        _ => text,
    };
    let pairs = target.query_pairs().into_owned();
    let mut query: Vec<(String, String)> = pairs.map(|(name, value)| (name, ordered(value))).collect();
    query.sort();
    let volatile = ["user-agent", "content-length", "accept-encoding", "connection", "authorization", "host"];
    let mut headers: Vec<_> = headers.into_iter().filter(|(name, _)| !volatile.contains(&name.as_str())).collect();
    headers.sort();
    let body = match serde_json::from_slice::<Value>(body) {
        // With another order the hash is another.
        Ok(document) => {
            headers.retain(|(name, _)| name != "x-acs-content-sha256");
            document.to_string()
        }
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    format!("{method} {} {query:?} {headers:?} {body}", target.path())
}

#[test]
fn requests_are_those_of_the_official_sdks() {
    let file: Value = serde_json::from_str(include_str!("data/captures.json")).unwrap();
    let captures = file["captures"].as_array().unwrap();
    let mut uses = vec![0; ON_PURPOSE.len()];
    for capture in captures {
        let name = capture["name"].as_str().unwrap();
        let (_, operation, wires) = CAPTURES.iter().find(|(known, ..)| *known == name).unwrap();
        if operation.legacy_signature && !cfg!(feature = "legacy-signatures") {
            let error = recall(operation, wires, capture).unwrap_err();
            assert!(error.to_string().contains("needs the feature `legacy-signatures`"), "{error}");
            continue;
        }
        let ours = recall(operation, wires, capture).unwrap();
        let headers = ours.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let ours = described(ours.method.as_str(), &ours.url, headers.collect(), ours.body.as_bytes().unwrap());

        let target =
            url::Url::parse("http://127.0.0.1:18080").unwrap().join(capture["target"].as_str().unwrap()).unwrap();
        let fields = ["headers", "volatile_headers"].iter().flat_map(|part| capture[*part].as_object().unwrap());
        let headers = fields.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let body = match capture["body_base64"].as_str() {
            Some(text) => base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).unwrap(),
            None => capture["body"].as_str().unwrap().as_bytes().to_vec(),
        };
        let mut theirs = described(capture["method"].as_str().unwrap(), &target, headers, &body);
        for (row, (other, there, here, why)) in ON_PURPOSE.iter().enumerate() {
            if *other == name {
                assert!(theirs.contains(there), "{name}: {why}: {theirs}");
                theirs = theirs.replace(there, here);
                uses[row] += 1;
            }
        }
        assert_eq!(ours, theirs, "{name}");
    }
    assert_eq!((captures.len(), CAPTURES.len()), (29, 29));
    assert!(uses.iter().all(|count| *count > 0), "a row is of no use: {uses:?}");
}

/// The moment and the nonce of all captures.
#[derive(Debug)]
struct Pinned;

impl Clock for Pinned {
    fn now(&self) -> SystemTime {
        parse_timestamp("2025-06-01T02:03:04Z").unwrap()
    }

    fn sleep(&self, _duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}

impl Random for Pinned {
    fn bits(&self) -> u128 {
        0x0123_4567_89ab_cdef_0123_4567_89ab_cdef
    }
}
