//! The documented answer of an operation.

use alicloud_codegen::spec::{Operation, Path, Product, ResponseKind, Sample as Sampled};
use bytes::Bytes;
use serde_json::Value;

use crate::{schema, walk, xml};

/// What an operation answers when nothing changes it.
pub(crate) struct Sample {
    /// The answer as JSON; null where it is none.
    pub(crate) value: Value,
    /// The bytes on the wire.
    pub(crate) bytes: Bytes,
    /// The status.
    pub(crate) status: u16,
}

impl Sample {
    /// The first sample of a success, or a reply made from the examples of the schema.
    pub(crate) fn of(operation: &Operation, product: &Product) -> Result<Self, String> {
        let kind = operation.response.kind.unwrap_or(ResponseKind::Json);
        let is_good = |status: u16| status / 100 == 2 || operation.response.status.contains(&status);
        let mut samples = operation.samples.iter().filter(|sample| sample.status.is_none_or(is_good));
        let good = samples.next();
        let status = good.and_then(|sample| sample.status).unwrap_or(200);
        if kind == ResponseKind::None {
            return Ok(Self { value: Value::Null, bytes: Bytes::new(), status });
        }
        if let (ResponseKind::Xml, Some(xml)) = (kind, good.and_then(|sample| sample.xml.as_ref())) {
            return Ok(Self { value: Value::Null, bytes: xml.clone().into(), status });
        }
        let value = match good.and_then(|sample| sample.json.as_ref()) {
            Some(json) => serde_json::from_str(json).map_err(|error| error.to_string())?,
            None => made_up(operation, product),
        };
        let bytes = match (kind, value.as_str()) {
            (ResponseKind::Binary, Some("")) => Bytes::from_iter(0..=u8::MAX),
            (ResponseKind::Events, _) => events(good.into_iter().chain(samples), &value),
            _ => encode(&value, kind),
        };
        Ok(Self { bytes, value, status })
    }
}

/// A stream of events, of which each sample of a success is one; or of the one that `made_up` is.
fn events<'a>(samples: impl Iterator<Item = &'a Sampled>, made_up: &Value) -> Bytes {
    let sampled = samples.filter_map(|sample| serde_json::from_str::<Value>(sample.json.as_deref()?).ok());
    let mut all: Vec<Value> = sampled.collect();
    if all.is_empty() {
        all.push(made_up.clone());
    }
    let events = all.iter().zip(1..).map(|(value, id)| format!("id: {id}\ndata: {value}\n\n"));
    events.collect::<String>().into()
}

/// The bytes of an answer.
pub(crate) fn encode(value: &Value, kind: ResponseKind) -> Bytes {
    match (kind, value) {
        (ResponseKind::Text | ResponseKind::Binary | ResponseKind::Xml, Value::String(text)) => text.clone().into(),
        (ResponseKind::Events, value) => format!("data: {value}\n\n").into(),
        (ResponseKind::Xml, value) => xml::write(value).into(),
        (ResponseKind::None, _) => Bytes::new(),
        (_, value) => value.to_string().into(),
    }
}

/// Where replies of an operation have the id of the request.
pub(crate) fn request_id_path(operation: &Operation, product: &Product) -> Option<Path> {
    let envelope = operation.envelope.as_ref().unwrap_or(&product.envelope);
    envelope.request_id.as_deref().map(Path::parse)
}

fn made_up(operation: &Operation, product: &Product) -> Value {
    let mut value = schema::example(&operation.response.schema, product);
    let kind = operation.response.kind.unwrap_or(ResponseKind::Json);
    let object = operation.response.schema.kind().is_none() && kind == ResponseKind::Json;
    if object {
        value = Value::Object(serde_json::Map::new());
    }
    if let (true, Some(path)) = (value.is_object(), request_id_path(operation, product))
        && walk::first(&value, &path.0).is_none_or(|id| id.as_str() == Some(""))
    {
        walk::put(&mut value, &path.0, "00000000-0000-4000-8000-000000000000".into());
    }
    value
}
