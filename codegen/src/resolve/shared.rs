//! Names the shared types of a product: each has a module of its own, so that adding one renames nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::ProductFolder;
use crate::spec::{Product, Schema, Type};

use super::model::{Body, Definition, Direction, Home, Operation, Shape, SharedType, TypeName};
use super::names::{self, Scope};
use super::types::{Refer, Trail, Types};

/// The shared types of a product, as far as they are named.
pub(super) struct Shared<'a> {
    folder: &'a ProductFolder,
    /// The module and the name of each type.
    names: BTreeMap<&'a str, (String, String)>,
    /// The types that each type reaches without a list or a map between.
    direct: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// What the types are that are not structs or enums. Free-form JSON while that is being found out.
    aliases: BTreeMap<&'a str, Shape>,
    finished: BTreeMap<&'a str, SharedType<'a>>,
    /// The type that is being named.
    current: Option<&'a str>,
}

/// All shared types of a product, named.
pub(super) fn resolve<'a>(folder: &'a ProductFolder, context: &mut Context<'_>) -> Shared<'a> {
    let mut shared = Shared {
        folder,
        names: BTreeMap::new(),
        direct: direct(&folder.product),
        aliases: BTreeMap::new(),
        finished: BTreeMap::new(),
        current: None,
    };
    let (mut modules, mut types) = (HashSet::new(), HashSet::new());
    for (name, schema) in &folder.product.types {
        let derived = names::type_name(schema.type_name.as_deref().unwrap_or(name));
        let free = names::unique(derived.clone(), Scope::Type, &|name| types.contains(name));
        if free != derived {
            let at = folder.node.get("types").and_then(|types| types.entry(name)).map_or(&folder.node, |(key, _)| key);
            let problem = Problem::new(
                format!("the type `{name}` becomes `{derived}` in Rust, and so does a type before it"),
                format!("becomes `{free}`"),
                "choose a `type_name` for one of the two",
            );
            context.report(Code::SameName, at, &format!("types.{name}"), problem);
        }
        let module = names::unique(names::module_name(name), Scope::Object, &|name| modules.contains(name));
        types.insert(free.clone());
        modules.insert(module.clone());
        shared.names.insert(name, (module, free));
    }
    for (name, schema) in &folder.product.types {
        shared.define(name, schema, context);
    }
    shared
}

impl<'a> Shared<'a> {
    /// The types with these modules, and all that they refer to.
    pub(super) fn reached(mut self, from: BTreeSet<String>) -> Vec<SharedType<'a>> {
        let mut by_module: BTreeMap<String, SharedType<'a>> =
            std::mem::take(&mut self.finished).into_values().map(|one| (one.module.clone(), one)).collect();
        let mut reached = BTreeMap::new();
        let mut waiting: Vec<String> = from.into_iter().collect();
        while let Some(module) = waiting.pop() {
            let Some(one) = by_module.remove(&module) else { continue };
            let mut found = BTreeSet::new();
            one.definitions.iter().for_each(|definition| mentioned(definition, &mut found));
            waiting.extend(found);
            reached.insert(module, one);
        }
        reached.into_values().collect()
    }

    /// All of the types.
    pub(super) fn all(&mut self) -> impl Iterator<Item = &mut SharedType<'a>> {
        self.finished.values_mut()
    }

    fn define(&mut self, name: &'a str, schema: &'a Schema, context: &mut Context<'_>) {
        if self.finished.contains_key(name) {
            return;
        }
        let Some((module, type_name)) = self.names.get(name).cloned() else { return };
        let kind = kind(schema);
        let folder = self.folder;
        let node = folder.node.get("types").and_then(|types| types.get(name)).unwrap_or(&folder.node);
        // Taken before its parts are named, which may refer to it.
        let mut own = SharedType { module, name: None, definitions: Vec::new() };
        if kind != Kind::Alias {
            own.name = Some(type_name.clone());
        } else {
            self.aliases.insert(name, outline(schema, name, &own.module));
        }
        self.finished.insert(name, SharedType { module: own.module.clone(), name: None, definitions: Vec::new() });
        let before = self.current.replace(name);
        let mut context = context.of(&folder.source);
        let mut types = Types::new(HashSet::new(), self, &mut context);
        let trail = Trail { name, above: None };
        let shape = match kind {
            Kind::Object => {
                types.object_called(type_name, schema, node, trail, Direction::Both);
                None
            }
            Kind::Choice => {
                types.choice_called(type_name, schema, node, Direction::Both);
                None
            }
            Kind::Alias => Some(types.shape(schema, node, trail, Direction::Both)),
        };
        own.definitions = std::mem::take(&mut types.definitions);
        self.current = before;
        if let Some(shape) = shape {
            self.aliases.insert(name, shape.inside(&own.module));
        }
        self.finished.insert(name, own);
    }

    /// Whether a type is part of another without a list or a map between.
    fn contains(&self, outer: &str, inner: &str) -> bool {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![outer]);
        while let Some(name) = waiting.pop() {
            for next in self.direct.get(name).into_iter().flatten() {
                if *next == inner {
                    return true;
                }
                if seen.insert(*next) {
                    waiting.push(next);
                }
            }
        }
        false
    }
}

/// The modules of the shared types that a definition mentions.
fn mentioned(definition: &Definition<'_>, found: &mut BTreeSet<String>) {
    if let Definition::Object(object) = definition {
        object.members.iter().for_each(|member| modules(&member.shape, found));
    }
}

/// The modules of the shared types that are part of a type.
fn modules(shape: &Shape, found: &mut BTreeSet<String>) {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => modules(inner, found),
        Shape::Object(name) | Shape::Choice(name) => found.extend(name.home.module().map(str::to_owned)),
        _ => {}
    }
}

/// The modules of the shared types that an operation mentions.
pub(super) fn reached_from(operation: &Operation<'_>, found: &mut BTreeSet<String>) {
    operation.parameters.iter().for_each(|parameter| modules(&parameter.shape, found));
    operation.definitions.iter().for_each(|definition| mentioned(definition, found));
    operation.answer.headers.iter().for_each(|member| modules(&member.shape, found));
    match &operation.answer.body {
        Body::Object(members) => members.iter().for_each(|member| modules(&member.shape, found)),
        Body::Value(shape) => modules(shape, found),
        Body::Bytes | Body::Nothing => {}
    }
}

impl Refer for Shared<'_> {
    fn refer(&mut self, name: &str, context: &mut Context<'_>) -> (Shape, bool) {
        let types = &self.folder.product.types;
        let Some((name, schema)) = types.get_key_value(name) else { return (Shape::Json, false) };
        let shape = match kind(schema) {
            Kind::Alias => {
                self.define(name, schema, context);
                self.aliases.get(name.as_str()).cloned().unwrap_or(Shape::Json)
            }
            kind => {
                let (module, type_name) = self.names.get(name.as_str()).cloned().unwrap_or_default();
                let named = TypeName { name: type_name, home: Home::Shared(module) };
                if kind == Kind::Object { Shape::Object(named) } else { Shape::Choice(named) }
            }
        };
        (shape, self.current.is_some_and(|current| self.contains(name, current)))
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    Object,
    Choice,
    /// What refers to it has what it is in its place.
    Alias,
}

fn kind(schema: &Schema) -> Kind {
    match schema.kind() {
        _ if schema.reference.is_some() => Kind::Alias,
        Some(Type::Object) => Kind::Object,
        Some(Type::String) if !schema.sensitive && !schema.values.is_empty() => Kind::Choice,
        _ => Kind::Alias,
    }
}

/// What a list or a map of objects will be, before its objects are named: they may refer to it.
fn outline(schema: &Schema, name: &str, module: &str) -> Shape {
    let (list, map) = (schema.items.as_deref(), schema.entries.as_deref());
    match (schema.kind(), list, map) {
        (Some(Type::List), Some(items), _) => Shape::List(Box::new(outline(items, &names::singular(name), module))),
        (Some(Type::Map), _, Some(entries)) => Shape::Map(Box::new(outline(entries, name, module))),
        (Some(Type::Object), ..) => {
            let name = names::type_name(schema.type_name.as_deref().unwrap_or(name));
            Shape::Object(TypeName { name, home: Home::Inside(module.to_owned()) })
        }
        _ => Shape::Json,
    }
}

/// The types that each type has in it without a list or a map between.
fn direct(product: &Product) -> BTreeMap<&str, BTreeSet<&str>> {
    fn collect<'a>(schema: &'a Schema, found: &mut BTreeSet<&'a str>) {
        found.extend(schema.reference.as_deref());
        schema.fields.iter().for_each(|field| collect(&field.schema, found));
    }
    let all = product.types.iter().map(|(name, schema)| {
        let mut found = BTreeSet::new();
        collect(schema, &mut found);
        (name.as_str(), found)
    });
    all.collect()
}
