//! How long a list of 1 MB takes to decode, against `serde_json` into derived structs: `decode_speed [ROUNDS]`.
//! Prints the ratio; build with `--release`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use alicloud_runtime::{Decode, Document, Json};
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct List {
    request_id: String,
    total_count: Option<i64>,
    items: Vec<Item>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Item {
    instance_id: String,
    name: String,
    status: String,
    created: String,
    description: String,
    cpu: Option<i64>,
    memory: Option<i64>,
    price: Option<f64>,
    locked: Option<bool>,
    zone_id: String,
    network: Option<Network>,
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Network {
    vpc_id: String,
    address: String,
    bandwidth: Option<i64>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    value: String,
}

impl Decode for List {
    #[inline]
    fn decode(value: Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        Some(Self {
            request_id: fields.get("RequestId"),
            total_count: fields.get("TotalCount"),
            items: fields.get("Items"),
        })
    }
}

impl Decode for Item {
    #[inline]
    fn decode(value: Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        Some(Self {
            instance_id: fields.get("InstanceId"),
            name: fields.get("Name"),
            status: fields.get("Status"),
            created: fields.get("Created"),
            description: fields.get("Description"),
            cpu: fields.get("Cpu"),
            memory: fields.get("Memory"),
            price: fields.get("Price"),
            locked: fields.get("Locked"),
            zone_id: fields.get("ZoneId"),
            network: fields.get("Network"),
            tags: fields.get("Tags"),
        })
    }
}

impl Decode for Network {
    #[inline]
    fn decode(value: Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        Some(Self { vpc_id: fields.get("VpcId"), address: fields.get("Address"), bandwidth: fields.get("Bandwidth") })
    }
}

impl Decode for Tag {
    #[inline]
    fn decode(value: Json<'_>) -> Option<Self> {
        let fields = value.fields()?;
        Some(Self { key: fields.get("Key"), value: fields.get("Value") })
    }
}

/// One object of the list; the two kinds have their fields in different orders.
fn item(number: usize, in_order: bool) -> String {
    let network = format!(r#""Network":{{"VpcId":"vpc-{number:08}","Address":"192.168.0.1","Bandwidth":{number}}}"#);
    let tags = r#""Tags":[{"Key":"env","Value":"production"},{"Key":"team","Value":"billing \"core\""}]"#;
    let scalars = format!(
        r#""InstanceId":"i-{number:016}","Name":"server-{number}","Status":"Running","Created":"2025-06-01T02:03:04Z","Description":"an instance that does something useful","Cpu":{},"Memory":8192,"Price":1.25,"Locked":false,"ZoneId":"cn-hangzhou-h""#,
        number % 64
    );
    if in_order { format!("{{{scalars},{network},{tags}}}") } else { format!("{{{tags},{network},{scalars}}}") }
}

fn list(in_order: bool) -> String {
    let items: Vec<String> = (0..2400).map(|number| item(number, in_order)).collect();
    format!(r#"{{"RequestId":"R","TotalCount":2400,"Items":[{}]}}"#, items.join(","))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(51);
    for in_order in [true, false] {
        let text = list(in_order);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let bytes = text.clone().into_bytes();
            let start = Instant::now();
            let decoded = String::from_utf8(bytes)
                .ok()
                .and_then(|text| Document::parse(text).ok())
                .and_then(|document| List::decode(document.root()));
            ours.push(start.elapsed());
            let by_ours = black_box(decoded);

            let bytes = text.clone().into_bytes();
            let start = Instant::now();
            let decoded: Option<List> = String::from_utf8(bytes).ok().and_then(|text| serde_json::from_str(&text).ok());
            theirs.push(start.elapsed());
            assert_eq!(by_ours, black_box(decoded));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let order = if in_order { "fields in order" } else { "fields in another order" };
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{order}: {} bytes, ours {ours:?}, serde_json {theirs:?}, ratio {ratio:.2}", text.len());
    }
}
