//! Values as XML, and bodies that are XML.

use alicloud_codegen::spec::{Product, Schema, Type};
use serde_json::Value;

/// The value as XML: fields are elements, and the elements of a list repeat the element of the list.
pub(crate) fn write(value: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    inside(value, &mut text);
    text
}

fn inside(value: &Value, to: &mut String) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| element(name, value, to)),
        Value::String(text) => to.push_str(&escaped(text)),
        Value::Null => {}
        other => to.push_str(&other.to_string()),
    }
}

fn element(name: &str, value: &Value, to: &mut String) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| element(name, item, to)),
        Value::Null => {}
        value => {
            to.push_str(&format!("<{name}>"));
            inside(value, to);
            to.push_str(&format!("</{name}>"));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A body that is XML, as JSON of the shape of `schema`: an object whose only field is the root element, or else what is
/// in the root element. Nothing if it is no XML.
pub(crate) fn read(body: &[u8], schema: &Schema, product: &Product) -> Option<Value> {
    let text = std::str::from_utf8(body).ok()?;
    let document = alicloud_runtime::Document::parse_xml(text).ok()?;
    let root = document.root().to_value();
    let content = root.as_object()?.values().next()?.clone();
    let names_root = matches!(schema.fields.as_slice(), [only] if root.get(&only.name).is_some());
    let mut value = if names_root { root } else { content };
    shape(&mut value, schema, product);
    Some(value)
}

/// Makes lists of elements that are not repeated, and objects and lists of elements that are empty, where the schema has
/// them.
fn shape(value: &mut Value, schema: &Schema, product: &Product) {
    let schema = product.follow(schema);
    let is_empty = value.as_str() == Some("");
    match schema.kind() {
        Some(Type::List) => {
            if is_empty {
                *value = Value::Array(Vec::new());
            } else if !value.is_array() {
                *value = Value::Array(vec![value.take()]);
            }
            if let (Value::Array(items), Some(each)) = (value, schema.items.as_deref()) {
                items.iter_mut().for_each(|item| shape(item, each, product));
            }
        }
        Some(Type::Object | Type::Map) => {
            if is_empty {
                *value = Value::Object(serde_json::Map::new());
            }
            for field in &schema.fields {
                if let Some(value) = value.get_mut(&field.name) {
                    shape(value, &field.schema, product);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use alicloud_codegen::spec::Field;
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_and_reads() {
        let each = Schema { kind: Some(Type::String), ..Schema::default() };
        let list = Schema { items: Some(Box::new(each)), ..Schema::default() };
        let field = |name: &str| Field { name: name.to_owned(), schema: list.clone() };
        let schema = Schema { fields: vec![field("One"), field("Two"), field("None")], ..Schema::default() };
        let value = json!({"Root": {"One": ["<a&b>"], "Two": ["1", "2"], "None": [""], "Null": null}});
        let text = write(&value);
        assert!(
            text.ends_with("<Root><One>&lt;a&amp;b&gt;</One><Two>1</Two><Two>2</Two><None></None></Root>"),
            "{text}"
        );
        let product: Product = serde_json::from_value(json!({
            "format": 1, "product": "P", "version": "1", "title": "P", "description": "P", "module": "p", "feature": "p",
            "style": "roa", "endpoints": {"central": true, "networks": []},
        }))
        .unwrap();
        let inside = json!({"One": ["<a&b>"], "Two": ["1", "2"], "None": []});
        assert_eq!(read(text.as_bytes(), &schema, &product).unwrap(), inside);
        let root = Field { name: "Root".to_owned(), schema };
        let around = Schema { fields: vec![root], ..Schema::default() };
        assert_eq!(read(text.as_bytes(), &around, &product).unwrap(), json!({"Root": inside}));
        assert_eq!(read(b"<Root>", &around, &product), None);
    }
}
