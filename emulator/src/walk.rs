//! Paths such as `Data.Content.List[].TaskId`, followed through JSON.

use alicloud_codegen::spec::Segment;
use serde_json::{Map, Value};

/// The first value that a path leads to.
pub(crate) fn first<'a>(value: &'a Value, path: &[Segment]) -> Option<&'a Value> {
    let Some((step, rest)) = path.split_first() else { return Some(value) };
    let next = if step.name.is_empty() { value } else { value.get(&step.name)? };
    if step.each { next.as_array()?.iter().find_map(|item| first(item, rest)) } else { first(next, rest) }
}

/// Changes every value that a path leads to.
pub(crate) fn change(value: &mut Value, path: &[Segment], to: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = path.split_first() else { return to(value) };
    // A step without a name stays where it is: the reply itself may be the list.
    let next = if step.name.is_empty() { Some(value) } else { value.get_mut(&step.name) };
    match next {
        Some(Value::Array(items)) if step.each => items.iter_mut().for_each(|item| change(item, rest, to)),
        Some(next) if !step.each => change(next, rest, to),
        _ => {}
    }
}

/// Sets the value at a path, and makes the objects on the way that are not there.
pub(crate) fn put(value: &mut Value, path: &[Segment], new: Value) {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return;
    };
    if step.each {
        // Nothing tells how many elements there should be: those that are there are changed.
        return change(value, path, &mut |at| *at = new.clone());
    }
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    if let Value::Object(object) = value {
        put(object.entry(step.name.clone()).or_insert(Value::Null), rest, new);
    }
}

/// Takes away every field that a path leads to.
pub(crate) fn remove(value: &mut Value, path: &[Segment]) {
    let Some((last, way)) = path.split_last() else { return };
    change(value, way, &mut |at| {
        if let Value::Object(object) = at {
            object.shift_remove(&last.name);
        }
    });
}

#[cfg(test)]
mod tests {
    use alicloud_codegen::spec::Path;
    use serde_json::json;

    use super::*;

    #[test]
    fn follows_paths() {
        let path = |text: &str| Path::parse(text).0;
        let mut value = json!({"A": {"B": [{"C": 1}, {"C": 2, "D": 3}]}});
        assert_eq!(first(&value, &path("A.B[].D")), Some(&json!(3)));
        assert_eq!(first(&value, &path("A.B.D")), None);
        put(&mut value, &path("A.B[].C"), json!("x"));
        put(&mut value, &path("E.F"), json!(true));
        remove(&mut value, &path("A.B[].D"));
        remove(&mut value, &path("A.Z.D"));
        assert_eq!(value, json!({"A": {"B": [{"C": "x"}, {"C": "x"}]}, "E": {"F": true}}));
    }
}
