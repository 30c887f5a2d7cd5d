//! Specs of an invented product, for all that the real ones do not have.

const RPC_PRODUCT: &str = r"
format: 1
product: Laboratory
version: '2020-01-01'
title: Laboratory
description: Everything that can be sent.
module: laboratory
feature: laboratory
style: rpc
endpoints: { central: true, networks: [{ name: public, everywhere: laboratory.example.com }] }
envelope: { request_id: RequestId }
types:
  Tree:
    fields:
      - { name: Name, type: string, required: true }
      - { name: Inside, ref: Tree }
";

const ROA_PRODUCT: &str = r"
format: 1
product: CS
version: '2015-12-15'
title: Clusters
description: Operations with paths, as the official client calls them.
module: clusters
feature: clusters
style: roa
endpoints: { central: true, networks: [{ name: public, everywhere: cs.example.com }] }
";

const STYLES: &str = r"
format: 1
summary: Takes everything.
parameters:
  - { name: Count, in: query, type: integer }
  - { name: Dry, in: query, type: boolean }
  - { name: Ratio, in: query, type: double }
  - { name: X-Lab-Mode, in: header, type: long }
  - { name: Names, in: query, style: simple, items: { type: long } }
  - name: Tag
    in: query
    style: repeat_list
    items: { fields: [{ name: Key, type: string, required: true }, { name: Value.Size, type: long }] }
  - name: Filter
    in: form
    style: json
    fields:
      - { name: Id, type: long, required: true }
      - { name: On, type: boolean }
      - { name: Lists, items: { items: { type: integer } } }
  - { name: Options, in: form, style: flat, entries: { type: boolean } }
  - { name: Tree, in: form, ref: Tree }
  - { name: Free, in: form, type: json }
response:
  fields: [{ name: RequestId, type: string }, { name: Lists, items: { type: long, example: '7' } }, { name: Tree, ref: Tree }]
";

const ANONYMOUS: &str = r"
format: 1
summary: Is open to everybody.
authentication: anonymous
response: { fields: [{ name: RequestId, type: string, example: open }] }
";

const BEARER: &str = r"
format: 1
summary: Is open to bearers only.
authentication: bearer
response: { fields: [{ name: RequestId, type: string, example: bearer }] }
";

const TOKENS: &str = r#"
format: 1
summary: Lists by token.
parameters: [{ name: NextToken, in: form, type: string }]
response: { fields: [{ name: NextToken, type: string }, { name: Items, items: { type: string } }] }
samples: [{ json: '{"NextToken": "second", "Items": ["a", "b"]}' }]
pager: { style: token, position: NextToken, items: 'Items[]', next: NextToken }
"#;

const NUMBERS: &str = r#"
format: 1
summary: Answers numbers that no machine type holds.
response: { fields: [{ name: Big, type: long }] }
samples: [{ status: 400, json: '{"Bad": 1}' }, { json: '{"Big": 123456789012345678901234567890, "Exact": 1.10}' }]
"#;

const TEXT: &str = r#"
format: 1
summary: Answers text.
response: { as: text, type: string }
samples: [{ json: '"hello"' }]
"#;

const NODEPOOL: &str = r"
format: 1
summary: Tells about a node pool.
method: GET
path: /clusters/{ClusterId}/nodepools/{NodepoolId}
parameters:
  - { name: ClusterId, in: path, type: string, required: true }
  - { name: NodepoolId, in: path, type: string, required: true }
";

const TAGS: &str = r"
format: 1
summary: Changes tags.
method: POST
path: /clusters/{ClusterId}/tags
parameters:
  - { name: ClusterId, in: path, type: string, required: true }
  - { name: body, in: body, required: true, items: { fields: [{ name: key, type: string, required: true }] } }
";

const CREATE: &str = r"
format: 1
summary: Creates a cluster.
method: POST
path: /clusters
parameters:
  - name: body
    in: body
    required: true
    fields:
      - { name: name, type: string, required: true }
      - { name: size, type: integer }
      - { name: network, fields: [{ name: vpc, type: string, required: true }] }
";

const SPECIAL: &str = r"
format: 1
summary: Is found before the path that would take anything.
method: GET
path: /clusters/special/nodepools/{NodepoolId}
parameters: [{ name: NodepoolId, in: path, type: long, required: true }]
";

/// All files.
pub fn specs() -> Vec<(String, String)> {
    let files = [
        ("laboratory/2020-01-01/product", RPC_PRODUCT),
        ("laboratory/2020-01-01/Styles", STYLES),
        ("laboratory/2020-01-01/Open", ANONYMOUS),
        ("laboratory/2020-01-01/Bearer", BEARER),
        ("laboratory/2020-01-01/ListByToken", TOKENS),
        ("laboratory/2020-01-01/Numbers", NUMBERS),
        ("laboratory/2020-01-01/Text", TEXT),
        ("clusters/2015-12-15/product", ROA_PRODUCT),
        ("clusters/2015-12-15/DescribeClusterNodePoolDetail", NODEPOOL),
        ("clusters/2015-12-15/ModifyClusterTags", TAGS),
        ("clusters/2015-12-15/CreateCluster", CREATE),
        ("clusters/2015-12-15/DescribeSpecial", SPECIAL),
    ];
    files.map(|(path, text)| (format!("specs/{path}.yaml"), text.to_owned())).into()
}
