//! A table of requests: each is accepted, or refused with the status and the code of the service.

mod support;

use std::collections::HashSet;

use support::call::{Call, dbs, dms, oceanbase, rpc};

/// A name, a request, the status of the answer and its code.
type Row = (&'static str, Call, u16, &'static str);

/// The code of an answer that is no refusal.
const FINE: &str = "";

fn url() -> Call {
    dms("GetDataExportDownloadURL")
}

fn detail() -> Call {
    dms("GetDataExportOrderDetail")
}

fn track() -> Call {
    dms("QueryDataTrackResultDownloadStatus")
}

fn backup() -> Call {
    oceanbase("DescribeBackupSetDownloadLink")
}

fn tasks() -> Call {
    dbs("DescribeDownloadTask")
}

fn styles() -> Call {
    rpc("Styles", "2020-01-01")
}

fn roa(method: &str, action: &str, path: &str) -> Call {
    rpc(action, "2015-12-15").method(method).path(path)
}

fn documented() -> Vec<Row> {
    vec![
        ("one required", url().query("OrderId", "546"), 200, FINE),
        ("one optional", url().query("OrderId", "546").query("Tid", "3"), 200, FINE),
        ("a parameter that is not known", url().query("OrderId", "546").query("Color", "red"), 200, FINE),
        ("a space in the query", url().query("OrderId", "546").query("RealLoginUserUid", "a b+c"), 200, FINE),
        ("text that is not ASCII", url().query("OrderId", "546").query("RealLoginUserUid", "中文~*'"), 200, FINE),
        ("an empty text", url().query("OrderId", "546").query("RealLoginUserUid", ""), 200, FINE),
        ("required is missing", url(), 400, "MissingOrderId"),
        ("required is empty", url().query("OrderId", ""), 400, "MissingOrderId"),
        ("in the form instead of the query", url().form("OrderId", "546"), 400, "MissingOrderId"),
        ("in another case", url().query("orderId", "546"), 400, "MissingOrderId"),
        ("a word for a number", url().query("OrderId", "abc"), 400, "InvalidOrderId"),
        ("a fraction for a number", url().query("OrderId", "1.5"), 400, "InvalidOrderId"),
        ("a sign", url().query("OrderId", "+1"), 400, "InvalidOrderId"),
        ("white space", url().query("OrderId", " 1"), 400, "InvalidOrderId"),
        ("the largest", url().query("OrderId", "9223372036854775807"), 200, FINE),
        ("one too many", url().query("OrderId", "9223372036854775808"), 400, "InvalidOrderId"),
        ("optional is wrong", url().query("OrderId", "1").query("Tid", "x"), 400, "InvalidTid"),
        ("form and query", detail().form("OrderId", "546").query("Tid", "-1"), 200, FINE),
        ("in the query instead of the form", detail().query("OrderId", "546"), 400, "MissingOrderId"),
        (
            "a form that is called something else",
            detail().form("OrderId", "1").header("content-type", "text/plain"),
            400,
            "MissingOrderId",
        ),
        ("optional in the wrong place is ignored", detail().form("OrderId", "1").form("Tid", "x"), 200, FINE),
        ("two required", track().query("OrderId", "11").query("DownloadKeyId", "e23d"), 200, FINE),
        ("the second is missing", track().query("OrderId", "11"), 400, "MissingDownloadKeyId"),
        ("all in the form", backup().form("InstanceId", "ob-1").form("DownloadTaskId", "1"), 200, FINE),
        (
            "a form in the query",
            backup().query("InstanceId", "ob-1").query("DownloadTaskId", "1"),
            400,
            "MissingInstanceId",
        ),
        ("one of two", tasks().query("RegionCode", "cn-hangzhou").query("InstanceName", "rm-1"), 200, FINE),
        ("the other of two", tasks().query("RegionCode", "cn-hangzhou").query("DatasourceId", "ds-1"), 200, FINE),
        ("none of two, but required is missing", tasks(), 400, "MissingRegionCode"),
    ]
}

fn routes() -> Vec<Row> {
    let named = |call: Call| call.without("x-acs-action").without("x-acs-version");
    vec![
        ("no such operation", dms("GetNothing"), 404, "InvalidAction.NotFound"),
        ("another version", rpc("GetDataExportDownloadURL", "2019-01-01"), 400, "InvalidVersion"),
        ("no version", url().without("x-acs-version"), 400, "MissingVersion"),
        ("no operation", url().without("x-acs-action"), 400, "MissingAction"),
        ("nothing", named(url()), 400, "MissingAction"),
        (
            "named in the query",
            named(url())
                .query("Action", "GetDataExportDownloadURL")
                .query("Version", "2018-11-01")
                .query("OrderId", "1"),
            200,
            FINE,
        ),
        ("another method that is documented", url().query("OrderId", "1").method("GET"), 200, FINE),
        ("another method", url().query("OrderId", "1").method("PUT"), 405, "UnsupportedHTTPMethod"),
        ("another path", url().query("OrderId", "1").path("/other"), 404, "InvalidAction.NotFound"),
        ("a path", roa("GET", "DescribeClusterNodePoolDetail", "/clusters/c/nodepools/n%20p"), 200, FINE),
        ("a path without a name", roa("GET", "", "/clusters/c/nodepools/n").without("x-acs-action"), 200, FINE),
        (
            "the more particular path",
            roa("GET", "", "/clusters/special/nodepools/7").without("x-acs-action"),
            200,
            FINE,
        ),
        (
            "an argument of the wrong type",
            roa("GET", "DescribeSpecial", "/clusters/special/nodepools/x"),
            400,
            "InvalidNodepoolId",
        ),
        (
            "an empty argument",
            roa("GET", "DescribeClusterNodePoolDetail", "/clusters//nodepools/n"),
            400,
            "MissingClusterId",
        ),
        (
            "a path with another method",
            roa("PUT", "DescribeClusterNodePoolDetail", "/clusters/c/nodepools/n"),
            405,
            "UnsupportedHTTPMethod",
        ),
        ("a path that is not there", roa("GET", "", "/nothing").without("x-acs-action"), 404, "InvalidAction.NotFound"),
        (
            "the path of another operation",
            roa("POST", "CreateCluster", "/clusters/c/tags"),
            404,
            "InvalidAction.NotFound",
        ),
        ("open to everybody", rpc("Open", "2020-01-01").unsigned(), 200, FINE),
    ]
}

fn styled() -> Vec<Row> {
    let create = |body: &str| roa("POST", "CreateCluster", "/clusters").json(body);
    let tags = |body: &str| roa("POST", "ModifyClusterTags", "/clusters/c/tags").json(body);
    vec![
        ("nothing at all", styles(), 200, FINE),
        ("true as Python writes it", styles().query("Dry", "True"), 200, FINE),
        ("no boolean", styles().query("Dry", "yes"), 400, "InvalidDry"),
        ("more than 32 bits", styles().query("Count", "2147483648"), 400, "InvalidCount"),
        ("a float", styles().query("Ratio", "1e+20"), 200, FINE),
        ("no float", styles().query("Ratio", "NaN"), 400, "InvalidRatio"),
        ("a header", styles().header("x-lab-mode", "5"), 200, FINE),
        ("a header of the wrong type", styles().header("x-lab-mode", "five"), 400, "InvalidX-Lab-Mode"),
        ("joined by commas", styles().query("Names", "1,2,3"), 200, FINE),
        ("one of them is wrong", styles().query("Names", "1,b,3"), 400, "InvalidNames"),
        ("a list", styles().query("Tag.1.Key", "a").query("Tag.3.Key", "b").query("Tag.3.Value.Size", "1"), 200, FINE),
        ("a list from zero", styles().query("Tag.0.Key", "a"), 400, "InvalidTag"),
        ("a list without a number", styles().query("Tag.a.Key", "a"), 400, "InvalidTag"),
        ("a part is missing in a list", styles().query("Tag.2.Value.Size", "1"), 400, "MissingTag.2.Key"),
        (
            "a part is wrong in a list",
            styles().query("Tag.1.Key", "a").query("Tag.1.Value.Size", "b"),
            400,
            "InvalidTag.1.Value.Size",
        ),
        ("JSON", styles().form("Filter", r#"{"Id":1,"On":true,"Lists":[[1],["2"]],"More":{}}"#), 200, FINE),
        ("numbers as text in JSON", styles().form("Filter", r#"{"Id":"1","On":"True"}"#), 200, FINE),
        ("no JSON", styles().form("Filter", "{"), 400, "InvalidFilter"),
        ("JSON of the wrong kind", styles().form("Filter", "[]"), 400, "InvalidFilter"),
        ("a part is missing in JSON", styles().form("Filter", r#"{"Id":null}"#), 400, "MissingFilter.Id"),
        ("a part is wrong in JSON", styles().form("Filter", r#"{"Id":1.5}"#), 400, "InvalidFilter.Id"),
        (
            "a part is wrong deep in JSON",
            styles().form("Filter", r#"{"Id":1,"Lists":[[1],[2,[]]]}"#),
            400,
            "InvalidFilter.Lists.2.2",
        ),
        ("a map", styles().form("Options.any key", "true").form("Options.x.y", "false"), 200, FINE),
        ("a map of the wrong type", styles().form("Options.x", "1"), 400, "InvalidOptions.x"),
        ("a type in itself", styles().form("Tree.Name", "a").form("Tree.Inside.Name", "b"), 200, FINE),
        (
            "a part is missing in a type in itself",
            styles().form("Tree.Name", "a").form("Tree.Inside.Inside.Name", "b"),
            400,
            "MissingTree.Inside.Name",
        ),
        ("free JSON", styles().form("Free", "[1]"), 200, FINE),
        ("free JSON that is none", styles().form("Free", "x"), 400, "InvalidFree"),
        ("a body", create(r#"{"name":"a","size":3,"network":{"vpc":"v"}}"#), 200, FINE),
        ("an array as body", tags(r#"[{"key":"a","value":"b"}]"#), 200, FINE),
        ("no body", roa("POST", "CreateCluster", "/clusters"), 400, "Missingbody"),
        ("a body that is no JSON", create("name=a"), 400, "Invalidbody"),
        ("a body of the wrong kind", create("[]"), 400, "Invalidbody"),
        ("a part is missing in the body", create(r#"{"size":3}"#), 400, "Missingname"),
        ("a part is missing deep in the body", create(r#"{"name":"a","network":{}}"#), 400, "Missingnetwork.vpc"),
        ("a part is wrong in the body", create(r#"{"name":"a","size":"many"}"#), 400, "Invalidsize"),
        ("a part is missing in an element", tags(r#"[{"key":"a"},{}]"#), 400, "Missing2.key"),
    ]
}

#[tokio::test]
async fn requests_are_accepted_or_refused() {
    let emulator = support::builder().start().await.unwrap();
    let rows: Vec<Row> = [documented(), routes(), styled()].into_iter().flatten().collect();
    let (count, names) = (rows.len(), rows.iter().map(|row| row.0).collect::<HashSet<_>>().len());
    assert!(count == names && count >= 80, "{count} rows with {names} names");
    for (name, call, status, code) in rows {
        let reply = call.send(&emulator).await;
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!(reply.status, status, "{name}: {text}");
        assert_eq!(reply.header("content-type"), Some("application/json;charset=utf-8"), "{name}");
        assert_eq!(reply.header("date"), Some("Sun, 01 Jun 2025 02:03:04 GMT"), "{name}");
        assert!(reply.header("x-acs-request-id").is_some_and(|id| !id.is_empty()), "{name}");
        let last = emulator.requests().pop().unwrap();
        assert_eq!((last.status, last.code.as_deref().unwrap_or(FINE)), (status, code), "{name}");
        if code != FINE {
            assert_refusal(name, &reply, code);
        }
    }
}

fn assert_refusal(name: &str, reply: &support::wire::Reply, code: &str) {
    let body = reply.json();
    let keys: Vec<_> = body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["RequestId", "HostId", "Code", "Message", "Recommend"], "{name}");
    assert_eq!(body["Code"], code, "{name}");
    assert_eq!(body["HostId"], "127.0.0.1:8787", "{name}");
    assert_eq!(body["RequestId"].as_str(), reply.header("x-acs-request-id"), "{name}");
    assert!(body["Message"].as_str().is_some_and(|message| !message.is_empty()), "{name}");
    assert!(body["Recommend"].as_str().is_some_and(|link| link.contains(&format!("q={code}&"))), "{name}");
}

#[tokio::test]
async fn messages_say_what_is_wrong() {
    let emulator = support::builder().start().await.unwrap();
    for (call, message) in [
        (url(), "OrderId is mandatory for this action."),
        (url().query("OrderId", "x"), "Specified parameter OrderId is not valid."),
        (dms("Nothing"), "Specified api is not found, please check your url and method."),
    ] {
        assert_eq!(call.send(&emulator).await.json()["Message"], message);
    }
}

#[tokio::test]
async fn one_of_several_is_asked_for_in_the_words_of_the_product() {
    let emulator = support::builder().start().await.unwrap();
    let reply = tasks().query("RegionCode", "cn-hangzhou").send(&emulator).await;
    let id = reply.header("x-acs-request-id").unwrap().to_owned();
    let expected = serde_json::json!({
        "RequestId": id,
        "ErrCode": "MissingInstanceName",
        "Code": "MissingInstanceName",
        "Success": "false",
        "ErrMessage": "InstanceName or DatasourceId can not be empty",
        "Message": "InstanceName or DatasourceId can not be empty",
    });
    assert_eq!((reply.status, reply.json()), (200, expected));
    assert_eq!(emulator.requests()[0].code.as_deref(), Some("MissingInstanceName"));
}

#[tokio::test]
async fn what_was_received_is_remembered() {
    let emulator = support::builder().start().await.unwrap();
    detail().form("OrderId", "1").form("Tid", "3").query("Color", "red").query("Format", "json").send(&emulator).await;
    dms("Nothing").send(&emulator).await;
    let [first, second] = <[_; 2]>::try_from(emulator.requests()).unwrap();
    assert_eq!(first.operation.as_deref(), Some("GetDataExportOrderDetail"));
    assert_eq!(first.version.as_deref(), Some("2018-11-01"));
    assert_eq!((first.method.as_str(), first.target.as_str()), ("POST", "/?Color=red&Format=json"));
    assert_eq!(first.body, "OrderId=1&Tid=3");
    assert_eq!(first.header("X-Acs-Action"), Some("GetDataExportOrderDetail"));
    assert_eq!(first.unknown_parameters, ["Color", "Tid"]);
    assert_eq!((first.status, first.code.as_deref()), (200, None));
    assert_eq!(second.operation.as_deref(), Some("Nothing"));
    assert_eq!((second.status, second.code.as_deref()), (404, Some("InvalidAction.NotFound")));
    let shown = format!("{first:?}");
    assert!(!shown.contains("Signature") && !shown.contains("red") && !shown.contains("OrderId=1"), "{shown}");
    emulator.forget_requests();
    assert!(emulator.requests().is_empty());
}
