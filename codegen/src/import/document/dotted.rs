//! Parameters that a document writes as they travel (`Tag.N.Key`) as the lists and objects that they are parts of.

use crate::spec::{Field, Schema};

/// Folds names with dots, at the place of the first of each.
pub(super) fn fold(fields: Vec<Field>) -> Vec<Field> {
    let mut folded: Vec<Field> = Vec::with_capacity(fields.len());
    for field in fields {
        let steps: Vec<&str> = field.name.split('.').collect();
        let plain = steps.len() < 16 && steps.iter().all(|step| !step.is_empty()) && !is_index(steps[0]);
        // Without a letter for the number of an element, dots are part of the name.
        if plain && steps.iter().any(|step| is_index(step) && step.parse::<u64>().is_err()) {
            insert(&mut folded, &steps, field.schema.clone());
        } else {
            folded.push(field);
        }
    }
    folded
}

/// `N`, `n`, `1` or `#` in place of the number of an element.
fn is_index(step: &str) -> bool {
    matches!(step, "N" | "n" | "M" | "m" | "X" | "#") || step.bytes().all(|byte| byte.is_ascii_digit())
}

fn insert(fields: &mut Vec<Field>, steps: &[&str], schema: Schema) {
    let [name, rest @ ..] = steps else { return };
    let position = fields.iter().position(|field| field.name == *name).unwrap_or_else(|| {
        fields.push(Field { name: (*name).to_owned(), schema: Schema::default() });
        fields.len() - 1
    });
    into(&mut fields[position].schema, rest, schema);
}

fn into(target: &mut Schema, steps: &[&str], schema: Schema) {
    match steps {
        [] => {
            let (fields, items) = (std::mem::take(&mut target.fields), target.items.take());
            let keeps = !fields.is_empty() || items.is_some();
            *target = Schema { fields, items, kind: schema.kind.filter(|_| !keeps), ..schema };
        }
        [index, rest @ ..] if is_index(index) => {
            target.required |= rest.is_empty() && schema.required;
            // A list that is written once more for its elements is not a list of lists.
            let element = match (rest.is_empty(), schema.items.clone()) {
                (true, Some(items)) => *items,
                _ => schema,
            };
            let element = if rest.is_empty() { Schema { required: false, ..element } } else { element };
            target.kind = None;
            into(target.items.get_or_insert_default(), rest, element);
        }
        [..] => {
            target.kind = None;
            insert(&mut target.fields, steps, schema);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Type;

    #[test]
    fn names_with_dots_become_lists_and_objects() {
        let field = |name: &str| Field {
            name: name.to_owned(),
            schema: Schema { kind: Some(Type::String), ..Schema::default() },
        };
        let folded = fold(
            ["Tag.N.Key", "Id.N", "Tag.N.Value", "Disk.Size", "Filter.1.Key", "Rule.N.To.Port"].map(field).to_vec(),
        );
        let text = serde_json::to_string(&folded).expect("fields can be written");
        assert_eq!(
            text,
            concat!(
                r#"[{"name":"Tag","items":{"fields":[{"name":"Key","type":"string"},{"name":"Value","type":"string"}]}},"#,
                r#"{"name":"Id","items":{"type":"string"}},{"name":"Disk.Size","type":"string"},"#,
                r#"{"name":"Filter.1.Key","type":"string"},"#,
                r#"{"name":"Rule","items":{"fields":[{"name":"To","fields":[{"name":"Port","type":"string"}]}]}}]"#
            )
        );
    }
}
