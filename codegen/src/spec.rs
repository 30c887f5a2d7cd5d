//! The spec format: one YAML file per operation beside a `product.yaml`, as plain data.
//!
//! The types here are the format. `serde_yaml` reads into them, the JSON Schema that editors use is derived from
//! them, and [`read`](crate::read) checks files against that schema, so what a key means is written down once.

mod behaviour;
mod operation;
mod path;
mod product;
mod schema;

pub use behaviour::{Advice, Also, Asynchronous, Link, Of, Pager, PagerStyle, Ready, Waiter};
pub use operation::{
    Acknowledgement, Authentication, Authorization, Change, Deprecation, Document, ErrorCode, Fill, Grant, Location,
    Method, Operation, Parameter, ParameterStyle, Requirement, Response, ResponseKind, Sample, Undisclosed,
};
pub use path::{Path, Segment};
pub use product::{Endpoints, Envelope, Network, Product, Source, Style};
pub use schema::{Field, From, Holds, Schema, Type, Value};

/// The version of the format that this generator reads: the `format` key of every spec file.
pub const FORMAT: u32 = 1;
