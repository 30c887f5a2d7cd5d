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
    /// The fields of the response.
    pub members: Vec<Member<'a>>,
    /// The types that belong to it, in the order of the spec.
    pub definitions: Vec<Definition<'a>>,
    /// The names of its waiters' methods, in the order of the spec.
    pub waiters: Vec<(String, &'a str)>,
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
    /// A struct of the same module.
    Object(String),
    /// An open enum of the same module.
    Choice(String),
}

/// A type that belongs to an operation.
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
}
