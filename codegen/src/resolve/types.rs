//! Names the types that belong to one operation or to one shared type.

use std::collections::{HashMap, HashSet};

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::Node;
use crate::spec::{Field, Schema, Type, Value};

use super::model::{Choice, Definition, Direction, Home, Member, Object, Shape, TypeName};
use super::names::{self, Scope};

/// What a `ref` means.
pub(super) trait Refer {
    /// The type that a shared type is, as it is named from here, and whether it contains what is being named.
    fn refer(&mut self, name: &str, context: &mut Context<'_>) -> (Shape, bool);
}

/// The types of one module, as they come up.
pub(super) struct Types<'a, 'c, 'p> {
    pub(super) definitions: Vec<Definition<'a>>,
    /// Names that are taken, beside those of the definitions.
    pub(super) taken: HashSet<String>,
    /// Where the definition of a name is.
    pub(super) places: HashMap<String, usize>,
    pub(super) shared: &'c mut dyn Refer,
    pub(super) context: &'c mut Context<'p>,
}

/// Names that are taken in one scope, and the name of the wire that each of them is for.
pub(super) type Taken = HashMap<String, String>;

/// What a type is called after, nearest first: the field, the object around it, and so on.
#[derive(Clone, Copy)]
pub(super) struct Trail<'t> {
    pub(super) name: &'t str,
    pub(super) above: Option<&'t Trail<'t>>,
}

impl<'a, 'c, 'p> Types<'a, 'c, 'p> {
    /// No types yet; these names are taken.
    pub(super) fn new(taken: HashSet<String>, shared: &'c mut dyn Refer, context: &'c mut Context<'p>) -> Self {
        Self { definitions: Vec::new(), taken, places: HashMap::new(), shared, context }
    }

    /// The type of a value. `node` is where it stands in the spec.
    pub(super) fn shape(&mut self, schema: &'a Schema, node: &Node, trail: Trail<'_>, direction: Direction) -> Shape {
        if let Some(reference) = &schema.reference {
            return match self.shared.refer(reference, self.context).0 {
                // Marked where it is used, not where it is shared.
                Shape::Text if schema.sensitive => Shape::Sensitive,
                shape => shape,
            };
        }
        match schema.kind() {
            Some(Type::String) if schema.sensitive => Shape::Sensitive,
            Some(Type::String) if !schema.values.is_empty() => {
                Shape::Choice(here(self.choice(schema, node, trail, direction)))
            }
            Some(Type::Integer | Type::Long) => Shape::Integer,
            Some(Type::Float | Type::Double) => Shape::Float,
            Some(Type::Boolean) => Shape::Boolean,
            Some(Type::Object) => Shape::Object(here(self.object(schema, node, trail, direction))),
            Some(Type::List) => {
                let one = names::singular(trail.name);
                let element = Trail { name: &one, above: trail.above };
                Shape::List(Box::new(self.part(schema.items.as_deref(), node, "items", element, direction)))
            }
            Some(Type::Map) => {
                Shape::Map(Box::new(self.part(schema.entries.as_deref(), node, "entries", trail, direction)))
            }
            Some(Type::String | Type::Binary) => Shape::Text,
            Some(Type::Json) | None => Shape::Json,
        }
    }

    fn part(
        &mut self,
        part: Option<&'a Schema>,
        node: &Node,
        key: &str,
        trail: Trail<'_>,
        direction: Direction,
    ) -> Shape {
        part.map_or(Shape::Json, |schema| self.shape(schema, node.at(key), trail, direction))
    }

    /// The fields of an object. In a response an object with nothing but one list in it is that list.
    pub(super) fn members(
        &mut self,
        fields: &'a [Field],
        node: &Node,
        around: Option<&Trail<'_>>,
        direction: Direction,
    ) -> Vec<Member<'a>> {
        self.members_at("fields", fields, node, around, direction, &mut Taken::new())
    }

    /// The same for fields that stand below another key, beside names that are taken.
    pub(super) fn members_at(
        &mut self,
        key: &str,
        fields: &'a [Field],
        node: &Node,
        around: Option<&Trail<'_>>,
        direction: Direction,
        taken: &mut Taken,
    ) -> Vec<Member<'a>> {
        let mut members = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let at = node.element(key, index);
            let name = self.member_name(&field.name, &field.schema, at, Scope::Object, taken);
            let wrapped = field.schema.wrapped_list().filter(|_| direction == Direction::Received);
            let trail = Trail { name: wrapped.map_or(&field.name, |inner| &inner.name), above: around };
            let (shape, inner) = match wrapped {
                Some(inner) => {
                    let at_inner = at.element("fields", 0);
                    (self.shape(&inner.schema, at_inner, trail, direction), Some(inner.name.as_str()))
                }
                None => (self.shape(&field.schema, at, trail, direction), None),
            };
            let boxed = match (&field.schema.reference, &shape) {
                (Some(reference), Shape::Object(_)) => self.shared.refer(reference, self.context).1,
                _ => false,
            };
            members.push(Member { spec: field, name, shape, inner, boxed });
        }
        members
    }

    /// The name of a field or a setter, which nothing else in the same scope has.
    pub(super) fn member_name(
        &mut self,
        wire: &str,
        schema: &Schema,
        node: &Node,
        scope: Scope,
        taken: &mut Taken,
    ) -> String {
        let derived = names::in_scope(names::field_name(wire), scope);
        let name = match &schema.field_name {
            Some(chosen) => self.chosen(chosen, &derived, scope, node, "field_name"),
            None => derived,
        };
        let free = names::unique(name.clone(), scope, &|name| taken.contains_key(name));
        // The same name twice on the wire has been reported by the check.
        if let Some(before) = taken.get(&name).filter(|before| *before != wire) {
            // What nothing of the wire has, the request has itself.
            if !before.is_empty() {
                let problem = Problem::new(
                    format!("`{wire}` becomes `{name}` in Rust, and so does a name before it"),
                    format!("becomes `{free}`"),
                    "choose a `field_name` for one of the two",
                );
                self.context.report(Code::SameName, node.at("name"), wire, problem);
            }
        }
        taken.insert(free.clone(), wire.to_owned());
        free
    }

    fn object(&mut self, schema: &'a Schema, node: &Node, trail: Trail<'_>, direction: Direction) -> String {
        let alike = |definition: &Definition<'_>| matches!(definition, Definition::Object(object) if object.direction == direction && object.schema.fields == schema.fields);
        let name = match self.name(schema, node, trail, &alike) {
            Named::Known(name) => return name,
            Named::New(name) => name,
        };
        self.object_called(name, schema, node, trail, direction)
    }

    /// The same under a name that is free.
    pub(super) fn object_called(
        &mut self,
        name: String,
        schema: &'a Schema,
        node: &Node,
        trail: Trail<'_>,
        direction: Direction,
    ) -> String {
        // The place among the definitions is taken before the parts are named: the whole comes before its parts.
        let index = self.definitions.len();
        self.places.insert(name.clone(), index);
        self.definitions.push(Definition::Object(Object {
            name: name.clone(),
            schema,
            direction,
            members: Vec::new(),
            has_default: true,
        }));
        let named = self.members(&schema.fields, node, Some(&trail), direction);
        if let Some(Definition::Object(object)) = self.definitions.get_mut(index) {
            object.members = named;
        }
        name
    }

    fn choice(&mut self, schema: &'a Schema, node: &Node, trail: Trail<'_>, direction: Direction) -> String {
        let words = |schema: &Schema| {
            schema.values.iter().map(|value| (value.value.clone(), value.name.clone())).collect::<Vec<_>>()
        };
        let alike = |definition: &Definition<'_>| matches!(definition, Definition::Choice(choice) if words(choice.schema) == words(schema));
        let (sent, received) = (direction != Direction::Received, direction != Direction::Sent);
        let name = match self.name(schema, node, trail, &alike) {
            Named::Known(name) => {
                let known = self.places.get(&name).and_then(|index| self.definitions.get_mut(*index));
                if let Some(Definition::Choice(choice)) = known {
                    choice.sent |= sent;
                    choice.received |= received;
                }
                return name;
            }
            Named::New(name) => name,
        };
        self.choice_called(name, schema, node, direction)
    }

    /// The same under a name that is free.
    pub(super) fn choice_called(
        &mut self,
        name: String,
        schema: &'a Schema,
        node: &Node,
        direction: Direction,
    ) -> String {
        let (sent, received) = (direction != Direction::Received, direction != Direction::Sent);
        let variants = self.variants(&schema.values, node);
        self.places.insert(name.clone(), self.definitions.len());
        self.definitions.push(Definition::Choice(Choice { name: name.clone(), schema, sent, received, variants }));
        name
    }

    fn variants(&mut self, values: &[Value], node: &Node) -> Vec<String> {
        let mut variants = Vec::with_capacity(values.len());
        let (mut taken, mut seen) = (HashSet::new(), HashSet::new());
        for (index, value) in values.iter().enumerate() {
            let at = node.element("enum", index);
            let derived = names::variant_name(&value.value);
            let name = match &value.name {
                Some(chosen) => self.chosen(chosen, &derived, Scope::Variant, at, "name"),
                None => derived,
            };
            let free = names::unique(name.clone(), Scope::Variant, &|name| taken.contains(name));
            if seen.insert(&value.value) && free != name {
                let problem = Problem::new(
                    format!("the value `{}` becomes `{name}` in Rust, and so does a value before it", value.value),
                    format!("becomes `{free}`"),
                    "choose a `name` for one of the two",
                );
                self.context.report(Code::SameName, at.at("value"), &value.value, problem);
            }
            taken.insert(free.clone());
            variants.push(free);
        }
        variants
    }

    /// The name of a type: that of its field; where another type has it, that of the object around it in front.
    fn name(
        &mut self,
        schema: &Schema,
        node: &Node,
        trail: Trail<'_>,
        alike: &dyn Fn(&Definition<'_>) -> bool,
    ) -> Named {
        let derived = names::type_name(trail.name);
        let mut name = match &schema.type_name {
            Some(chosen) => self.chosen(chosen, &derived, Scope::Type, node, "type_name"),
            None => derived,
        };
        let mut above = trail.above;
        loop {
            let same = self.places.get(&name).and_then(|index| self.definitions.get(*index));
            if same.is_some_and(alike) {
                return Named::Known(name);
            }
            if same.is_none() && !self.taken.contains(&name) {
                return Named::New(name);
            }
            name = match above {
                Some(trail) => {
                    above = trail.above;
                    names::joined(names::type_name(&names::singular(trail.name)).trim_end_matches('_'), &name)
                }
                None => {
                    let differs = |index: &usize| self.definitions.get(*index).is_some_and(|one| !alike(one));
                    let is_taken = |name: &str| self.taken.contains(name) || self.places.get(name).is_some_and(differs);
                    names::unique(name, Scope::Type, &is_taken)
                }
            };
        }
    }

    /// A name that was chosen by hand, which must be an identifier and another than the derived one.
    fn chosen(&mut self, chosen: &str, derived: &str, scope: Scope, node: &Node, key: &str) -> String {
        let at = node.at(key);
        if chosen == derived {
            let problem =
                Problem::new(format!("`{key}: {chosen}` says what is so without it"), "says nothing", "take it out");
            self.context.report(Code::StaleOverride, at, key, problem);
        } else if !names::is_identifier(chosen) || names::in_scope(chosen.to_owned(), scope) != chosen {
            let problem =
                Problem::new(format!("`{chosen}` cannot be a name here"), "no identifier, or taken", "choose another");
            self.context.report(Code::NameTaken, at, key, problem);
            return derived.to_owned();
        }
        chosen.to_owned()
    }
}

/// A type of this module.
fn here(name: String) -> TypeName {
    TypeName { name, home: Home::Here }
}

enum Named {
    /// A type that is alike has it: the two are one.
    Known(String),
    New(String),
}

impl Definition<'_> {
    /// The name of the type.
    pub fn name(&self) -> &str {
        match self {
            Self::Object(object) => &object.name,
            Self::Choice(choice) => &choice.name,
        }
    }
}
