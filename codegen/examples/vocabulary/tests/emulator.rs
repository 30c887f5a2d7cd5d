//! What the build script generated, against the emulator, which verifies every signature and checks every parameter.

use std::collections::BTreeMap;

use alicloud_emulator::Emulator;
use futures_util::{StreamExt, TryStreamExt};
use vocabulary_example::alicloud::depot::{self, ask, put_rules, types::Part};
use vocabulary_example::alicloud::ververica::{self, stop_job::StopJobRequired};
use vocabulary_example::alicloud::{
    Config, Credentials, Error, RequestBody, cloudcontrol, cs, dms_enterprise, fc_open, ocr_api, runtime,
};

const INVENTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/specs");
const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vocabulary");

/// An emulator of all of them, and a configuration for it.
async fn start() -> Result<(Emulator, Config), Error> {
    let emulator = Emulator::builder().specs(INVENTED).specs(REAL).bearer_token("tok.en").start().await;
    let emulator = emulator.expect("the emulator starts");
    let config = configuration(&emulator, Credentials::access_key("LTAI5tExample", "example-secret"))?;
    Ok((emulator, config))
}

fn configuration(emulator: &Emulator, credentials: Credentials) -> Result<Config, Error> {
    Config::builder().region("cn-hangzhou").credentials(credentials).endpoint(emulator.url()).build()
}

/// What the emulator was asked last: method and target, and the host.
fn last(emulator: &Emulator) -> (String, String) {
    let request = emulator.requests().pop().expect("something was asked");
    assert!(request.unknown_parameters.is_empty(), "{:?}", request.unknown_parameters);
    let host = request.headers.iter().find(|(name, _)| name == "host").map(|(_, host)| host.clone());
    (format!("{} {}", request.method, request.target), host.unwrap_or_default())
}

#[tokio::test]
async fn paths_have_parameters_and_a_fixed_query() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let client = depot::Client::new(&config)?;
    let lid = Part { name: "lid".to_owned(), part: Some(Box::new(Part { name: "hinge".to_owned(), part: None })) };
    let replaced = client.replace_parts("north", "a/b c", [lid.clone()]).await?;
    assert_eq!(replaced.replaced, Some(2));
    let host = emulator.url().trim_start_matches("http://");
    assert_eq!(last(&emulator), ("POST /things/a%2Fb%20c/parts?action=replace".to_owned(), format!("north.{host}")));
    assert_eq!(client.merge_parts("north", "box", [lid]).await?.merged, Some(1));

    let required = StopJobRequired {
        namespace: "default-namespace".to_owned(),
        job_id: "88a8".to_owned(),
        workspace: "a14b".to_owned(),
        body: "{\"stopStrategy\": \"NONE\"}".parse::<runtime::Value>().expect("JSON"),
    };
    let stopped = ververica::Client::new(&config)?.stop_job(required).await?;
    assert_eq!(stopped.request_id, "CBC799F0-AS7S-1D30-8A4F-882ED4DD****");
    assert_eq!(last(&emulator).0, "POST /api/v2/namespaces/default-namespace/jobs/88a8:stop");

    let path = "/api/v1/providers/Aliyun/products/ECS/resources/Instance";
    cloudcontrol::Client::new(&config)?.get_resources(path).await?;
    assert_eq!(last(&emulator).0, format!("GET {path}?regionId=cn-hangzhou"));
    Ok(())
}

#[tokio::test]
async fn replies_are_lists_and_maps() -> Result<(), Error> {
    let (_emulator, config) = start().await?;
    let client = depot::Client::new(&config)?;
    let things = client.list_things("north").await?;
    assert_eq!((things.len(), things[0].name.as_str(), things[1].weight), (2, "box", Some(2.0)));
    assert_eq!(things[0].labels["color"], "red");
    let hinge = things[0].parts[0].part.as_ref().expect("the lid has a hinge");
    assert_eq!((hinge.name.as_str(), hinge.part.is_none()), ("hinge", true));
    let names: Vec<String> = client.list_things("north").items().map_ok(|thing| thing.name).try_collect().await?;
    assert_eq!(names, ["box", "bag"]);

    let policies = cs::Client::new(&config)?.describe_policies().await?;
    assert_eq!(policies["infra"], ["ACKBlockProcessNamespaceSharing"]);
    Ok(())
}

#[tokio::test]
async fn bytes_go_in_and_come_out() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let client = depot::Client::new(&config)?;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("content");
    std::fs::write(&path, vec![7; 300_000]).expect("a file");
    let meta = BTreeMap::from([("note".to_owned(), "fragile".to_owned())]);
    let put = client.put_content("north", "box", RequestBody::file(&path)).x_depot_meta(meta).await?;
    assert_eq!((put.headers.e_tag.as_str(), put.headers.x_depot_size), ("\"5B3C1A2E\"", Some(65_536)));
    let request = emulator.requests().pop().expect("it was asked");
    assert_eq!((request.body.len(), request.body.iter().all(|byte| *byte == 7)), (300_000, true));
    assert!(request.headers.contains(&("x-depot-meta-note".to_owned(), "fragile".to_owned())));

    let content: Vec<u8> = (0..=255).collect();
    let whole = client.get_content("north", "box").await?;
    assert_eq!((&whole.body[..], whole.headers.x_depot_meta["key"].as_str()), (&content[..], "fragile"));
    let mut stream = client.get_content("north", "box").stream().await?;
    assert_eq!((stream.status(), &stream.headers()["etag"]), (200, &whole.headers.e_tag.parse().expect("a header")));
    let mut pieces = Vec::new();
    while let Some(piece) = stream.try_next().await? {
        pieces.extend_from_slice(&piece);
    }
    assert_eq!(pieces, content);

    let invoke = fc_open::Client::new(&config)?.invoke_function("demoService", "demoFunction");
    let answer = invoke.body(&b"\0\xff"[..]).x_fc_log_type("None").await?;
    assert_eq!((&answer.body[..], answer.headers.x_fc_log_result.as_str()), (&b"hello world"[..], "demo log result"));
    assert_eq!(emulator.requests().pop().expect("it was asked").body, &b"\0\xff"[..]);

    let read = ocr_api::Client::new(&config)?.recognize_car_vin_code().body(vec![0xff, 0xd8]).await?;
    assert_eq!(read.code, "200");
    assert_eq!(last(&emulator).0, "POST /");
    Ok(())
}

#[tokio::test]
async fn results_are_in_headers() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let client = depot::Client::new(&config)?;
    let head = client.head_content("north", "box").await?.headers;
    assert_eq!((head.x_depot_size, head.x_depot_sealed), (Some(256), Some(true)));
    assert_eq!(head.last_modified, "Fri, 24 Feb 2012 06:07:48 GMT");
    let counted = client.count_things().await?;
    assert_eq!((counted.headers.x_depot_total, counted.body["bag"]), (Some(3), 2));
    // A redirect is the answer, and nobody has to say who he is to get it.
    let anonymous = depot::Client::new(&configuration(&emulator, Credentials::anonymous())?)?;
    let login = anonymous.log_in("north").scope(["a", "b"]).with_metadata().await?;
    assert_eq!(login.get().headers.location, "https://login.example.com/?state=1");
    assert_eq!(login.metadata().status(), 302);
    assert_eq!(last(&emulator).0, "GET /login?scope=a%2Cb");
    Ok(())
}

#[tokio::test]
async fn events_come_one_by_one() -> Result<(), Error> {
    let (_emulator, config) = start().await?;
    let question = ask::Body { question: "why".to_owned(), temperature: Some(0.5) };
    let mut events = depot::Client::new(&config)?.ask(question).await?;
    let mut answer = String::new();
    while let Some(event) = events.try_next().await? {
        answer.push_str(&event.data.expect("every event has data").text);
    }
    assert_eq!(answer, "Because");

    let comment = dms_enterprise::Client::new(&config)?.get_ai_order_approval_comment_sse().order_id(420).await?;
    let comments: Vec<_> = comment.collect().await;
    let [Ok(only)] = comments.as_slice() else { panic!("one event, not {comments:?}") };
    let data = only.data.as_ref().expect("the event has data");
    assert_eq!((data.success, data.data.as_str()), (Some(true), "true"));
    Ok(())
}

#[tokio::test]
async fn xml_goes_in_and_comes_out() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let client = depot::Client::new(&config)?;
    let rule = |origins: &[&str]| put_rules::Rule {
        origin: origins.iter().map(|origin| (*origin).to_owned()).collect(),
        ..put_rules::Rule::default()
    };
    let rules = put_rules::Rules { rule: vec![rule(&["*", "<a>"]), rule(&["b"])], vary: Some(true) };
    client.put_rules("north", rules).await?;
    let request = emulator.requests().pop().expect("it was asked");
    assert!(String::from_utf8_lossy(&request.body).ends_with(
        "<Rules><Rule><Origin>*</Origin><Origin>&lt;a&gt;</Origin></Rule><Rule><Origin>b</Origin></Rule>\
         <Vary>true</Vary></Rules>"
    ));
    let rules = client.get_rules("north").await?.rules.expect("there are rules");
    assert_eq!((rules.rule.len(), &rules.rule[0].origin[..], rules.vary), (1, &["*".to_owned()][..], Some(false)));
    assert_eq!(rules.rule[0].max_age_seconds, Some(100));
    Ok(())
}

#[tokio::test]
async fn some_take_a_bearer_token_only() -> Result<(), Error> {
    let (emulator, config) = start().await?;
    let refused = depot::Client::new(&config)?.who_am_i().await.expect_err("an access key is no token");
    assert!(refused.is_invalid_request() && emulator.requests().is_empty(), "{refused}");
    let bearer = depot::Client::new(&configuration(&emulator, Credentials::bearer("tok.en"))?)?;
    assert_eq!(bearer.who_am_i().await?, "somebody");
    Ok(())
}
