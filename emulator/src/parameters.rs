//! Whether a request brings what its operation needs, where it needs it and of the right type.

use alicloud_codegen::spec::{Location, Parameter, ParameterStyle, Product, Schema, Type};
use serde_json::Value;

use crate::catalog::Served;
use crate::flat::Flat;
use crate::host;
use crate::refusal::Refusal;
use crate::request::Incoming;
use crate::value::{Problem, json_fits, text_fits};
use crate::xml;

/// Parameters of the query that all operations have.
const COMMON: [&str; 12] = [
    "AccessKeyId",
    "Action",
    "BearerToken",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// What came out of the check.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Names in query and form that the operation does not have.
    pub(crate) unknown: Vec<String>,
    /// The parameters, of several of which one is needed, where none was there.
    pub(crate) none_of: Option<Vec<String>>,
}

/// Checks the parameters of a request in the order of the spec; the first problem is the answer.
///
/// A parameter in another place than that of the spec is not there. One that is required must not be empty either.
pub(crate) fn check(
    served: &Served,
    request: &Incoming,
    path_arguments: &[(String, String)],
) -> Result<Checked, Refusal> {
    let (operation, product) = (&served.operation, &*served.product);
    let form = request.form()?;
    let host = host::arguments(operation, product, request.header("host").unwrap_or_default());
    let mut sources = Sources {
        query: Flat::new(request.query()?, product),
        form: Flat::new(&form, product),
        path: Flat::new(path_arguments, product),
        host: Flat::new(&host, product),
        request,
        product,
    };
    let mut present = Vec::new();
    for parameter in &operation.parameters {
        if sources.check(parameter)? {
            present.push(parameter.name.as_str());
        } else if parameter.schema.required {
            return Err(Refusal::missing(&parameter.name));
        }
    }
    let unmet = operation
        .requires
        .iter()
        .map(|requirement| &requirement.any_of)
        .find(|names| !names.is_empty() && !names.iter().any(|name| present.contains(&name.as_str())));
    let is_fixed = |name: &str| served.fixed_query().iter().any(|(fixed, _)| fixed == name);
    let unknown =
        sources.query.unknown().filter(|name| !COMMON.contains(name) && !is_fixed(name)).chain(sources.form.unknown());
    Ok(Checked { unknown: unknown.map(str::to_owned).collect(), none_of: unmet.cloned() })
}

/// Where parameters come from.
struct Sources<'a> {
    query: Flat<'a>,
    form: Flat<'a>,
    path: Flat<'a>,
    host: Flat<'a>,
    request: &'a Incoming,
    product: &'a Product,
}

impl Sources<'_> {
    /// Whether a parameter is there; an error if it is wrong.
    fn check(&mut self, parameter: &Parameter) -> Result<bool, Refusal> {
        let name = &parameter.name;
        let source = match parameter.location {
            Location::Query => &mut self.query,
            Location::Form => &mut self.form,
            Location::Path => &mut self.path,
            Location::Header => {
                let text = self.request.header(&name.to_ascii_lowercase());
                return scalar(text, parameter, self.product.follow(&parameter.schema));
            }
            Location::Body => return self.body(parameter),
            Location::Host => &mut self.host,
        };
        let schema = self.product.follow(&parameter.schema);
        let has_parts = matches!(schema.kind(), Some(Type::Object | Type::List | Type::Map));
        match parameter.style.unwrap_or(ParameterStyle::Flat) {
            ParameterStyle::Flat | ParameterStyle::RepeatList if has_parts => source.check(name, schema),
            ParameterStyle::Simple => match source.take(name) {
                Some("") => Ok(false),
                Some(text) => {
                    let each = schema.items.as_deref().map(|each| self.product.follow(each));
                    let fits = |text: &str| each.is_none_or(|each| text_fits(text, each));
                    text.split(',').all(fits).then_some(true).ok_or_else(|| Refusal::invalid(name))
                }
                None => Ok(false),
            },
            ParameterStyle::Json => match source.take(name) {
                Some(text) if !text.is_empty() => {
                    let value = serde_json::from_str(text).map_err(|_| Refusal::invalid(name))?;
                    json_fits(name, &value, schema, self.product).map(|()| true).map_err(refusal)
                }
                _ => Ok(false),
            },
            _ => scalar(source.take(name), parameter, schema),
        }
    }

    /// The whole body: JSON or XML, or anything where the spec does not tell parts.
    fn body(&self, parameter: &Parameter) -> Result<bool, Refusal> {
        let schema = self.product.follow(&parameter.schema);
        let body = &self.request.body;
        if body.is_empty() {
            return Ok(false);
        }
        let raw = matches!(schema.kind(), Some(Type::String | Type::Binary) | None);
        if raw {
            return Ok(true);
        }
        let value: Value = if parameter.style == Some(ParameterStyle::Xml) {
            xml::read(body, schema, self.product).ok_or_else(|| {
                Refusal::new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate.")
            })?
        } else {
            serde_json::from_slice(body).map_err(|_| {
                Refusal::new(400, format!("Invalid{}", parameter.name), "The request body is not a valid JSON.")
            })?
        };
        // The parts of the body are named without it, as nothing on the wire names it.
        json_fits("", &value, schema, self.product).map(|()| !value.is_null()).map_err(|problem| match problem {
            Problem::Invalid(name) if name.is_empty() => Refusal::invalid(&parameter.name),
            problem => refusal(problem),
        })
    }
}

/// An empty text counts as absent where the parameter is required.
fn scalar(text: Option<&str>, parameter: &Parameter, schema: &Schema) -> Result<bool, Refusal> {
    match text {
        None => Ok(false),
        Some("") if parameter.schema.required => Ok(false),
        Some(text) if text_fits(text, schema) => Ok(true),
        Some(_) => Err(Refusal::invalid(&parameter.name)),
    }
}

fn refusal(problem: Problem) -> Refusal {
    match problem {
        Problem::Missing(name) => Refusal::missing(&name),
        Problem::Invalid(name) => Refusal::invalid(&name),
    }
}
