//! Endpoints as the official implementation chose them, and where they are chosen otherwise on purpose.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use alicloud_runtime::{ClientBuilder, ClientCore, Endpoints, Network, Sending, Value};

mod support;

use support::{Ask, OPERATION, Script, block_on, builder};

/// The products of the vectors as their specs would list them: no more regions than the vectors ask for.
static PRODUCTS: &[(&str, Endpoints)] = &[
    (
        "dms",
        Endpoints {
            product: "dms-enterprise",
            central: true,
            networks: &[
                ("public", Some("dms-enterprise.aliyuncs.com"), &[]),
                ("vpc", None, &[("ap-southeast-1", "dms-enterprise-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        },
    ),
    (
        "ob",
        regional(
            "oceanbasepro",
            &[
                (
                    "public",
                    None,
                    &[
                        ("ap-southeast-1", "oceanbasepro.ap-southeast-1.aliyuncs.com"),
                        ("cn-hangzhou", "oceanbasepro.cn-hangzhou.aliyuncs.com"),
                        ("cn-shanghai", "oceanbasepro.cn-shanghai.aliyuncs.com"),
                    ],
                ),
                ("vpc", None, &[("ap-southeast-1", "oceanbasepro-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        ),
    ),
    (
        "dbs",
        regional(
            "dbs",
            &[(
                "public",
                None,
                &[
                    ("ap-southeast-1", "dbs-api.ap-southeast-1.aliyuncs.com"),
                    ("cn-hangzhou", "dbs-api.cn-hangzhou.aliyuncs.com"),
                    ("cn-shanghai", "dbs-api.cn-hangzhou.aliyuncs.com"),
                ],
            )],
        ),
    ),
    (
        "ecs",
        regional(
            "ecs",
            &[
                (
                    "public",
                    None,
                    &[
                        ("ap-southeast-1", "ecs.ap-southeast-1.aliyuncs.com"),
                        ("cn-hangzhou", "ecs-cn-hangzhou.aliyuncs.com"),
                        ("cn-shanghai", "ecs.cn-shanghai.aliyuncs.com"),
                    ],
                ),
                ("vpc", None, &[("ap-southeast-1", "ecs-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        ),
    ),
    (
        "cs",
        regional(
            "cs",
            &[
                (
                    "public",
                    None,
                    &[
                        ("ap-southeast-1", "cs.ap-southeast-1.aliyuncs.com"),
                        ("cn-hangzhou", "cs.cn-hangzhou.aliyuncs.com"),
                        ("cn-shanghai", "cs.cn-shanghai.aliyuncs.com"),
                    ],
                ),
                ("vpc", None, &[("ap-southeast-1", "cs-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        ),
    ),
    (
        "fc",
        regional(
            "fc",
            &[(
                "public",
                None,
                &[
                    ("ap-southeast-1", "fcv3.ap-southeast-1.aliyuncs.com"),
                    ("cn-hangzhou", "fcv3.cn-hangzhou.aliyuncs.com"),
                    // The official table has a tab at the end of one of its hosts.
                    ("cn-shanghai", "fcv3.cn-shanghai.aliyuncs.com\t"),
                ],
            )],
        ),
    ),
    (
        "sts",
        regional(
            "sts",
            &[
                (
                    "public",
                    None,
                    &[
                        ("ap-southeast-1", "sts.ap-southeast-1.aliyuncs.com"),
                        ("cn-hangzhou", "sts.cn-hangzhou.aliyuncs.com"),
                        ("cn-shanghai", "sts.cn-shanghai.aliyuncs.com"),
                    ],
                ),
                ("vpc", None, &[("ap-southeast-1", "sts-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        ),
    ),
    (
        "vpc",
        regional(
            "vpc",
            &[
                (
                    "public",
                    None,
                    &[
                        ("ap-southeast-1", "vpc.ap-southeast-1.aliyuncs.com"),
                        ("cn-hangzhou", "vpc.aliyuncs.com"),
                        ("cn-shanghai", "vpc.cn-shanghai.aliyuncs.com"),
                    ],
                ),
                ("vpc", None, &[("ap-southeast-1", "vpc-vpc.ap-southeast-1.aliyuncs.com")]),
            ],
        ),
    ),
    ("ram", Endpoints { product: "ram", central: true, networks: &[("public", Some("ram.aliyuncs.com"), &[])] }),
];

const fn regional(product: &'static str, networks: &'static [alicloud_runtime::NetworkEndpoints]) -> Endpoints {
    Endpoints { product, central: false, networks }
}

/// Cases that come out differently: product (or `*`), a part of the case, what comes out here (or a part of the error),
/// and why.
const ON_PURPOSE: &[(&str, &str, &str, &str)] = &[
    ("*", "CN-HANGZHOU", "is not made of lower-case letters", "a region with capitals is a mistake, found early"),
    ("dms", "vpc", "dms-enterprise-vpc.ap-southeast-1.aliyuncs.com", "in a VPC, DMS has a host for each region"),
    ("dbs", "vpc", "not offered over the network vpc", "the network that was chosen is not ignored"),
    ("fc", "vpc", "not offered over the network vpc", "the network that was chosen is not ignored"),
    ("ram", "vpc", "not offered over the network vpc", "the network that was chosen is not ignored"),
    ("ram", "no-such-region", "ram.aliyuncs.com", "RAM has one host for all regions"),
    ("ram", "{}", "ram.aliyuncs.com", "RAM has one host for all regions"),
    ("*", "no-such-region", "lists no endpoint for the region no-such-region", "no host is made up from a region"),
];

/// Functions of the official implementation that have nothing to answer to here.
const WITHOUT_COUNTERPART: &[(&str, &str)] = &[
    ("get_endpoint_rules(product,region,type,network,suffix)", "hosts are listed, not put together"),
    (
        "get_endpoint(endpoint,use_accelerate,type)",
        "accelerated hosts are those of object storage, which is no OpenAPI",
    ),
];

/// Where a request goes with this configuration, or why it does not.
fn endpoint(endpoints: &'static Endpoints, config: &Value) -> Result<String, String> {
    let script = Script::new([]);
    let mut builder = builder(&script);
    let text = |name: &str| config[name].as_str();
    if let Some(region) = text("region_id") {
        builder = builder.region(region);
    }
    if let Some(network) = text("network") {
        builder = builder.network(Network::from(network));
    }
    if let Some(endpoint) = text("endpoint") {
        builder = builder.endpoint(endpoint);
    }
    let config = builder.build().map_err(|error| error.to_string())?;
    let core: ClientCore = ClientBuilder::new(&config, endpoints).build().map_err(|error| error.to_string())?;
    let sending = Sending::new(&Ask::<Value>::new(core.call(&OPERATION), |_| {}));
    block_on(sending).map_err(|error| error.to_string())?;
    let request = script.requests().remove(0);
    // Nobody who was not asked to speaks plainly.
    assert_eq!(request.url.scheme(), "https");
    Ok(request.headers["host"].to_str().unwrap().to_owned())
}

#[test]
fn endpoints_are_those_of_the_official_implementation() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/endpoints.json")).unwrap();
    let (mut same, mut different, mut without) = (0, 0, 0);
    for case in &cases {
        if let Some(function) = case["function"].as_str() {
            assert!(WITHOUT_COUNTERPART.iter().any(|(name, _)| *name == function), "{case}");
            without += 1;
            continue;
        }
        let name = case["product"].as_str().unwrap();
        let (_, endpoints) = PRODUCTS.iter().find(|(product, _)| *product == name).unwrap();
        let got = endpoint(endpoints, &case["config"]);
        let config = case["config"].to_string();
        let otherwise = ON_PURPOSE.iter().find(|(product, part, ..)| {
            // The official implementation takes DMS for central, as it is listed here.
            let is_dms = name == "dms" && *part == "no-such-region";
            (*product == name || *product == "*") && config.contains(part) && !is_dms
        });
        match (otherwise, case["endpoint"].as_str(), &got) {
            (Some((_, _, expected, why)), ..) => {
                let got = got.unwrap_or_else(|error| error);
                assert!(got.contains(expected), "{case} ({why}): {got}");
                assert_ne!(Some(got.as_str()), case["endpoint"].as_str(), "{case} is no different");
                different += 1;
            }
            (None, Some(expected), Ok(got)) if got == expected => same += 1,
            (None, None, Err(error)) if error.contains("needs a region") => same += 1,
            _ => panic!("{case}: {got:?}"),
        }
    }
    assert_eq!((cases.len(), same, different, without), (76, 50, 22, 4));
}

#[test]
fn plain_http_is_spoken_where_the_endpoint_says_so() {
    static PLAIN: Endpoints =
        Endpoints { product: "plain", central: true, networks: &[("public", Some("http://plain.example.com"), &[])] };
    let script = Script::new([]);
    let config = builder(&script).build().unwrap();
    let core: ClientCore = ClientBuilder::new(&config, &PLAIN).build().unwrap();
    block_on(Sending::new(&Ask::<Value>::new(core.call(&OPERATION), |_| {}))).unwrap();
    assert_eq!(script.requests()[0].url.as_str(), "http://plain.example.com/");
    assert_eq!(script.requests()[0].headers["host"], "plain.example.com");
}

#[test]
fn an_unlisted_region_goes_to_the_host_of_all_on_demand() {
    static MIXED: Endpoints = Endpoints {
        product: "mixed",
        central: false,
        networks: &[("public", Some("mixed.example.com"), &[("cn-beijing", "mixed.cn-beijing.example.com")])],
    };
    let script = Script::new([]);
    for (allowed, region, expected) in [
        (false, "cn-beijing", Ok("https://mixed.cn-beijing.example.com/")),
        (true, "cn-beijing", Ok("https://mixed.cn-beijing.example.com/")),
        (true, "cn-new", Ok("https://mixed.example.com/")),
        (false, "cn-new", Err("(listed: cn-beijing); `.endpoint(…)` or `.allow_unlisted_regions(true)` helps")),
    ] {
        let config = builder(&script).region(region).allow_unlisted_regions(allowed).build().unwrap();
        match (ClientBuilder::<ClientCore>::new(&config, &MIXED).build(), expected) {
            (Ok(core), Ok(url)) => {
                block_on(Sending::new(&Ask::<Value>::new(core.call(&OPERATION), |_| {}))).unwrap();
                assert_eq!(script.requests().last().unwrap().url.as_str(), url);
            }
            (Err(error), Err(end)) => assert!(error.to_string().ends_with(end), "{error}"),
            (got, _) => panic!("{region}: {got:?}"),
        }
    }
}
