//! Changes are never told milder than the generated code is: committed specs are changed in many ways, and what `diff`
//! says of each is held against the public surface of what is generated before and after.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::diff::{self, Change, Effect};
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::spec::{Field, Holds, Operation, Parameter, Schema, Type, Value};
use quote::ToTokens;

/// What is public, a line each, and all that is generated.
type Surface = (BTreeSet<String>, String);

/// Everything public in generated files, a line each; and the text of all of them.
fn surface(specs: &Specs) -> Surface {
    let mut report = Report::default();
    let generated = alicloud_codegen::generate(specs, &mut report);
    let mut lines = BTreeSet::new();
    let mut text = String::new();
    for file in generated.files {
        let parsed = syn::parse_file(&file.text).expect("generated code is Rust");
        parsed.items.iter().for_each(|item| public(item, &file.path, &mut lines));
        text += &file.text;
    }
    (lines, text)
}

fn public(item: &syn::Item, path: &str, lines: &mut BTreeSet<String>) {
    let tokens = |what: &dyn ToTokens| what.to_token_stream().to_string();
    let is_public = |visibility: &syn::Visibility| matches!(visibility, syn::Visibility::Public(_));
    let open = |attributes: &[syn::Attribute]| attributes.iter().any(|one| one.path().is_ident("non_exhaustive"));
    match item {
        syn::Item::Struct(item) if is_public(&item.vis) => {
            let mut whole = Vec::new();
            for field in &item.fields {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                whole.push(name.clone());
                if is_public(&field.vis) {
                    lines.insert(format!("{path} {}.{name}: {}", item.ident, tokens(&field.ty)));
                }
            }
            whole.sort();
            let complete = !open(&item.attrs) && item.fields.iter().all(|field| is_public(&field.vis));
            lines.insert(format!(
                "{path} struct {} {}",
                item.ident,
                if complete { whole.join(", ") } else { String::new() }
            ));
        }
        syn::Item::Enum(item) => {
            for variant in &item.variants {
                lines.insert(format!("{path} {}::{}", item.ident, tokens(&variant.ident)));
            }
        }
        syn::Item::Impl(item) => {
            if let Some((of, _)) = &item.trait_ {
                lines.insert(format!("{path} impl {} for {}", tokens(of), tokens(&item.self_ty)));
            }
            for part in &item.items {
                if let syn::ImplItem::Fn(method) = part
                    && is_public(&method.vis)
                {
                    lines.insert(format!("{path} {}::{}", tokens(&item.self_ty), tokens(&method.sig)));
                }
            }
        }
        _ => {}
    }
}

type Mutation = (&'static str, fn(&mut Operation));

/// Ways to change an operation. Each may well change nothing in some.
const MUTATIONS: &[Mutation] = &[
    ("first parameter gone", |spec| drop(spec.parameters.drain(..1.min(spec.parameters.len())))),
    ("last parameter gone", |spec| drop(spec.parameters.pop())),
    ("parameters turned around", |spec| spec.parameters.reverse()),
    ("required", |spec| spec.parameters.iter_mut().for_each(|one| one.schema.required ^= true)),
    ("last required", |spec| spec.parameters.iter_mut().rev().take(1).for_each(|one| one.schema.required ^= true)),
    ("not filled", |spec| spec.parameters.iter_mut().for_each(|one| one.fill = None)),
    ("sensitive parameters", |spec| spec.parameters.iter_mut().for_each(|one| one.schema.sensitive ^= true)),
    ("texts of numbers", |spec| spec.parameters.iter_mut().for_each(|one| one.schema.holds = Some(Holds::Integer))),
    ("parameter added", |spec| spec.parameters.extend(spec.parameters.first().map(another))),
    ("parameters listed", |spec| {
        spec.parameters.iter_mut().for_each(|one| each(&mut one.schema, &mut |schema| value(schema)));
    }),
    ("first field gone", |spec| {
        each(&mut spec.response.schema, &mut |schema| drop(schema.fields.drain(..1.min(schema.fields.len()))))
    }),
    ("field added", |spec| {
        each(&mut spec.response.schema, &mut |schema| schema.fields.extend(schema.fields.first().map(copy)))
    }),
    ("fields turned around", |spec| each(&mut spec.response.schema, &mut |schema| schema.fields.reverse())),
    ("certain", |spec| each(&mut spec.response.schema, &mut |schema| schema.certain ^= true)),
    ("wrapped lists", |spec| each(&mut spec.response.schema, &mut |schema| schema.unwrap = Some(false))),
    ("long texts", |spec| {
        each(&mut spec.response.schema, &mut |schema| {
            schema.kind = schema.kind.map(|kind| if kind == Type::Long { Type::String } else { kind });
        })
    }),
    ("value added", |spec| each(&mut spec.response.schema, &mut value)),
    ("value gone", |spec| each(&mut spec.response.schema, &mut |schema| drop(schema.values.pop()))),
    ("optional parameter added", |spec| {
        let schema = Schema { kind: Some(Type::String), ..Schema::default() };
        spec.parameters.extend(spec.parameters.first().map(|one| Parameter { fill: None, schema, ..another(one) }));
    }),
    ("root field added", |spec| spec.response.schema.fields.extend(spec.response.schema.fields.first().map(copy))),
    ("list of values longer", |spec| {
        each(&mut spec.response.schema, &mut |schema| {
            if !schema.values.is_empty() {
                value(schema);
            }
        });
    }),
    ("no waiters", |spec| spec.waiters.clear()),
    ("no pager", |spec| spec.pager = None),
    ("no link", |spec| spec.link = None),
    ("idempotent", |spec| spec.idempotent ^= true),
    ("described", |spec| spec.description = Some("Something else.".to_owned())),
    ("fields described", |spec| {
        each(&mut spec.response.schema, &mut |schema| schema.description = Some("Else.".to_owned()))
    }),
    ("examples", |spec| each(&mut spec.response.schema, &mut |schema| schema.example = Some("8".to_owned()))),
];

fn another(parameter: &Parameter) -> Parameter {
    Parameter { name: "Another".to_owned(), ..parameter.clone() }
}

fn copy(field: &Field) -> Field {
    Field { name: "Another".to_owned(), ..field.clone() }
}

/// Adds a value to a text: a list where it has none.
fn value(schema: &mut Schema) {
    if schema.kind == Some(Type::String) && !schema.sensitive {
        schema.values.push(Value { value: "ANOTHER".to_owned(), description: None, name: None });
    }
}

/// Changes a schema and all of its parts.
fn each(schema: &mut Schema, change: &mut dyn FnMut(&mut Schema)) {
    change(schema);
    schema.fields.iter_mut().for_each(|field| each(&mut field.schema, change));
    [&mut schema.items, &mut schema.entries].into_iter().flatten().for_each(|part| each(part, change));
}

fn specs(product: &str, name: &str, operation: &Operation) -> Specs {
    let text = serde_yaml::to_string(operation).expect("an operation can be written");
    let version = product.lines().find_map(|line| line.strip_prefix("version: ")).expect("a version").trim_matches('"');
    let folder = format!("specs/demo/{version}");
    let files = vec![(format!("{folder}/product.yaml"), product.to_owned()), (format!("{folder}/{name}.yaml"), text)];
    read::texts(files, &mut Report::default())
}

/// What the surface says: what is gone breaks, what came adds, other text is compatible.
fn least((was, before): &Surface, (is, after): &Surface) -> Option<Effect> {
    if !was.is_subset(is) {
        Some(Effect::Breaking)
    } else if was != is {
        Some(Effect::Additive)
    } else {
        (before != after).then_some(Effect::Compatible)
    }
}

#[test]
fn no_change_of_the_generated_code_is_told_milder_than_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut seen = [0; 3];
    for path in
        ["dbs/2021-01-01/CreateDownload", "dbs/2021-01-01/DescribeDownloadTask", "rds/2014-08-15/DescribeBackups"]
    {
        let (version, name) = path.rsplit_once('/').expect("a version");
        let product = fs::read_to_string(root.join(version).join("product.yaml")).expect("a product");
        let spec = fs::read_to_string(root.join(path).with_extension("yaml")).expect("a spec");
        let spec: Operation = serde_yaml::from_str(&spec).expect("a spec");
        let old = specs(&product, name, &spec);
        let before = surface(&old);
        for (what, mutate) in MUTATIONS {
            let mut changed = spec.clone();
            mutate(&mut changed);
            let new = specs(&product, name, &changed);
            let after = surface(&new);
            // A change that makes the spec wrong generates nothing to compare.
            if after.0.is_empty() {
                continue;
            }
            let least = least(&before, &after);
            let told = diff::specs(&old, &new);
            let worst = told.iter().map(|change| change.effect).max();
            assert!(worst >= least || is_wider(&told), "{name}, {what}: {least:?}, but told is {told:#?}");
            least.into_iter().for_each(|effect| seen[effect as usize] += 1);
        }
    }
    assert!(seen.iter().all(|count| *count > 4), "{seen:?}: the changes are not what they are meant to be");
}

/// A setter that takes numbers as well has another signature, which no caller notices.
fn is_wider(told: &[Change]) -> bool {
    told.iter().any(|change| change.kind == "argument-widened")
}
