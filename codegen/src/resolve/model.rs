//! Specs with their Rust names: what the emitter reads. Nothing in it can be wrong.

use crate::read::{OperationFile, ProductFolder};
use crate::spec::{Field, Parameter as ParameterSpec, Schema};

/// A product as a Rust module.
#[derive(Debug)]
pub struct Product<'a> {
    /// Its spec.
    pub folder: &'a ProductFolder,
    /// The name of its module.
    pub module: String,
    /// Its operations, by module name.
    pub operations: Vec<Operation<'a>>,
    /// The shared types that these operations reach, by module name.
    pub types: Vec<SharedType<'a>>,
}

/// A type that operations of a product share, as a module below `types`.
#[derive(Debug)]
pub struct SharedType<'a> {
    /// The name of its module.
    pub module: String,
    /// The name of the type. A list or a map has none: what refers to it is that list or map.
    pub name: Option<String>,
    /// The type and the types in it, in the order of the spec.
    pub definitions: Vec<Definition<'a>>,
}

/// An operation as a module with a method, a request and a response.
#[derive(Debug)]
pub struct Operation<'a> {
    /// Its spec.
    pub file: &'a OperationFile,
    /// The name of the module and of the client's method.
    pub module: String,
    /// The name of the request's type.
    pub request: String,
    /// The name of the type of the required parameters, where they are too many for arguments.
    pub required: String,
    /// The name of the response's type.
    pub response: String,
    /// All parameters, in the order of the spec.
    pub parameters: Vec<Parameter<'a>>,
    /// What it answers.
    pub answer: Answer<'a>,
    /// The types that belong to it, in the order of the spec.
    pub definitions: Vec<Definition<'a>>,
    /// The names of its waiters' methods, in the order of the spec.
    pub waiters: Vec<(String, &'a str)>,
    /// The names of its further links' methods, without `_to` and `_stream`, in the order of the spec.
    pub links: Vec<(String, &'a str)>,
    /// Whether a waiter of another operation asks it as well.
    pub is_asked: bool,
}

/// What an operation answers.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The body.
    pub body: Body<'a>,
    /// The headers that carry results.
    pub headers: Vec<Member<'a>>,
    /// The name of the type of the headers.
    pub headers_type: String,
    /// The name of the field that has the headers.
    pub headers_field: String,
}

impl Answer<'_> {
    /// Whether the response is a struct of the operation's own.
    pub fn is_struct(&self) -> bool {
        !self.headers.is_empty() || matches!(self.body, Body::Object(_))
    }
}

/// The body of a reply.
#[derive(Debug)]
pub enum Body<'a> {
    /// An object, whose fields are those of the response.
    Object(Vec<Member<'a>>),
    /// Anything else that is decoded.
    Value(Shape),
    /// Bytes as they are.
    Bytes,
    /// Nothing that matters.
    Nothing,
}

/// A parameter as a field and a setter.
#[derive(Debug)]
pub struct Parameter<'a> {
    /// Its spec.
    pub spec: &'a ParameterSpec,
    /// The name of field and setter.
    pub name: String,
    /// Its type.
    pub shape: Shape,
    /// What the type is made of: that of the spec, or of the shared type that it names.
    pub schema: &'a Schema,
    /// The root element of an XML body.
    pub root: Option<&'a str>,
}

impl Parameter<'_> {
    /// Whether it is an argument: required, and not filled in by the client.
    pub fn is_argument(&self) -> bool {
        self.spec.schema.required && self.spec.fill.is_none()
    }
}

/// A field of an object.
#[derive(Debug)]
pub struct Member<'a> {
    /// Its spec.
    pub spec: &'a Field,
    /// Its name in Rust.
    pub name: String,
    /// Its type.
    pub shape: Shape,
    /// The one field of an object that is nothing but a list: the object is left out in Rust.
    pub inner: Option<&'a str>,
    /// Whether it is behind a pointer, since its type contains the type around it.
    pub boxed: bool,
}

impl Member<'_> {
    /// Whether it has to be there in what is sent. A type that contains itself ends somewhere.
    pub fn is_required(&self) -> bool {
        self.spec.schema.required && !self.boxed
    }
}

/// A type in Rust.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Shape {
    /// `String`.
    Text,
    /// `SensitiveString`.
    Sensitive,
    /// `i64`.
    Integer,
    /// `f64`.
    Float,
    /// `bool`.
    Boolean,
    /// Free-form JSON.
    Json,
    /// `Vec`.
    List(Box<Shape>),
    /// `BTreeMap` from `String`.
    Map(Box<Shape>),
    /// Bytes that are a whole body.
    Binary,
    /// A struct.
    Object(TypeName),
    /// An open enum.
    Choice(TypeName),
}

impl Shape {
    /// The same type, as it is named outside of the module of `types` that it is named in.
    #[must_use]
    pub fn inside(self, module: &str) -> Self {
        let moved = |name: TypeName| match name.home {
            Home::Here => TypeName { name: name.name, home: Home::Inside(module.to_owned()) },
            Home::Shared(_) | Home::Inside(_) => name,
        };
        match self {
            Self::List(inner) => Self::List(Box::new(inner.inside(module))),
            Self::Map(inner) => Self::Map(Box::new(inner.inside(module))),
            Self::Object(name) => Self::Object(moved(name)),
            Self::Choice(name) => Self::Choice(moved(name)),
            other => other,
        }
    }
}

/// A type by its name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TypeName {
    /// The name.
    pub name: String,
    /// Where it is.
    pub home: Home,
}

/// Where a type is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Home {
    /// In the module that names it.
    Here,
    /// In `types`, which has it from this module below.
    Shared(String),
    /// Only in this module of `types`.
    Inside(String),
}

impl Home {
    /// The module of `types` that it is; none for the module that names the type.
    pub fn module(&self) -> Option<&str> {
        match self {
            Self::Here => None,
            Self::Shared(module) | Self::Inside(module) => Some(module),
        }
    }
}

/// A type that belongs to an operation or to a shared type.
#[derive(Debug)]
pub enum Definition<'a> {
    /// A struct.
    Object(Object<'a>),
    /// An open enum.
    Choice(Choice<'a>),
}

/// A struct.
#[derive(Debug)]
pub struct Object<'a> {
    /// Its name.
    pub name: String,
    /// Its spec.
    pub schema: &'a Schema,
    /// Whether it is sent or received.
    pub direction: Direction,
    /// Its fields.
    pub members: Vec<Member<'a>>,
    /// Whether it can be made of nothing: an enum that is required has no value to begin with.
    pub has_default: bool,
}

/// An open enum.
#[derive(Debug)]
pub struct Choice<'a> {
    /// Its name.
    pub name: String,
    /// Its spec.
    pub schema: &'a Schema,
    /// Whether it is part of a request.
    pub sent: bool,
    /// Whether it is part of a response.
    pub received: bool,
    /// The names of its variants, in the order of the documented values.
    pub variants: Vec<String>,
}

/// Which way a type travels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// In a request.
    Sent,
    /// In a response.
    Received,
    /// In both: a shared type.
    Both,
}
