//! Names the types that belong to one operation.

use crate::check::{Context, Problem};
use crate::diagnostic::Code;
use crate::read::Node;
use crate::spec::{Field, Schema, Type, Value};

use super::model::{Choice, Definition, Direction, Member, Object, Shape};
use super::names::{self, Scope};

/// The types of one operation, as they come up.
pub(super) struct Types<'a, 'c, 'p> {
    pub(super) definitions: Vec<Definition<'a>>,
    /// Names that are taken: the request's, the response's and those of the definitions.
    pub(super) taken: Vec<String>,
    pub(super) context: &'c mut Context<'p>,
}

/// What a type is called after, nearest first: the field, the object around it, and so on.
#[derive(Clone, Copy)]
pub(super) struct Trail<'t> {
    pub(super) name: &'t str,
    pub(super) above: Option<&'t Trail<'t>>,
}

impl<'a> Types<'a, '_, '_> {
    /// The type of a value. `node` is where it stands in the spec.
    pub(super) fn shape(&mut self, schema: &'a Schema, node: &Node, trail: Trail<'_>, direction: Direction) -> Shape {
        match schema.kind() {
            Some(Type::String) if schema.sensitive => Shape::Sensitive,
            Some(Type::String) if !schema.values.is_empty() => {
                Shape::Choice(self.choice(schema, node, trail, direction))
            }
            Some(Type::Integer | Type::Long) => Shape::Integer,
            Some(Type::Float | Type::Double) => Shape::Float,
            Some(Type::Boolean) => Shape::Boolean,
            Some(Type::Object) => Shape::Object(self.object(schema, node, trail, direction)),
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
        let mut taken = Vec::new();
        let mut members = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let at = node.element("fields", index);
            let name = self.member_name(&field.name, &field.schema, at, Scope::Object, &mut taken);
            let wrapped = field.schema.wrapped_list().filter(|_| direction == Direction::Received);
            let trail = Trail { name: wrapped.map_or(&field.name, |inner| &inner.name), above: around };
            let (shape, inner) = match wrapped {
                Some(inner) => {
                    let at_inner = at.element("fields", 0);
                    (self.shape(&inner.schema, at_inner, trail, direction), Some(inner.name.as_str()))
                }
                None => (self.shape(&field.schema, at, trail, direction), None),
            };
            members.push(Member { spec: field, name, shape, inner });
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
        taken: &mut Vec<(String, String)>,
    ) -> String {
        let derived = names::in_scope(names::field_name(wire), scope);
        let mut name = match &schema.field_name {
            Some(chosen) => self.chosen(chosen, &derived, scope, node, "field_name"),
            None => derived,
        };
        // The same name twice on the wire has been reported by the check.
        if taken.iter().any(|(other, _)| *other == name) {
            let problem = Problem::new(
                format!("`{wire}` becomes `{name}` in Rust, and so does a name before it"),
                format!("becomes `{name}_`"),
                "choose a `field_name` for one of the two",
            );
            if taken.iter().all(|(_, other)| other != wire) {
                self.context.report(Code::SameName, node.at("name"), wire, problem);
            }
            while taken.iter().any(|(other, _)| *other == name) {
                name.push('_');
            }
        }
        taken.push((name.clone(), wire.to_owned()));
        name
    }

    fn object(&mut self, schema: &'a Schema, node: &Node, trail: Trail<'_>, direction: Direction) -> String {
        let alike = |definition: &Definition<'_>| matches!(definition, Definition::Object(object) if object.direction == direction && object.schema.fields == schema.fields);
        let name = match self.name(schema, node, trail, &alike) {
            Named::Known(name) => return name,
            Named::New(name) => name,
        };
        // The place among the definitions is taken before the parts are named: the whole comes before its parts.
        let index = self.definitions.len();
        self.definitions.push(Definition::Object(Object {
            name: name.clone(),
            schema,
            direction,
            members: Vec::new(),
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
        let (sent, received) = (direction == Direction::Sent, direction == Direction::Received);
        let name = match self.name(schema, node, trail, &alike) {
            Named::Known(name) => {
                for definition in &mut self.definitions {
                    if let Definition::Choice(choice) = definition
                        && choice.name == name
                    {
                        choice.sent |= sent;
                        choice.received |= received;
                    }
                }
                return name;
            }
            Named::New(name) => name,
        };
        let variants = self.variants(&schema.values, node);
        self.definitions.push(Definition::Choice(Choice { name: name.clone(), schema, sent, received, variants }));
        name
    }

    fn variants(&mut self, values: &[Value], node: &Node) -> Vec<String> {
        let mut variants: Vec<String> = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let at = node.element("enum", index);
            let derived = names::variant_name(&value.value);
            let mut name = match &value.name {
                Some(chosen) => self.chosen(chosen, &derived, Scope::Variant, at, "name"),
                None => derived,
            };
            if variants.contains(&name) {
                let problem = Problem::new(
                    format!("the value `{}` becomes `{name}` in Rust, and so does a value before it", value.value),
                    format!("becomes `{name}_`"),
                    "choose a `name` for one of the two",
                );
                if values[..index].iter().all(|other| other.value != value.value) {
                    self.context.report(Code::SameName, at.at("value"), &value.value, problem);
                }
                while variants.contains(&name) {
                    name.push('_');
                }
            }
            variants.push(name);
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
            let same = self.definitions.iter().find(|definition| definition.name() == name);
            if same.is_some_and(alike) {
                return Named::Known(name);
            }
            if !self.taken.contains(&name) {
                self.taken.push(name.clone());
                return Named::New(name);
            }
            name = match above {
                Some(trail) => {
                    above = trail.above;
                    names::type_name(&names::singular(trail.name)).trim_end_matches('_').to_owned() + &name
                }
                None => name + "_",
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
