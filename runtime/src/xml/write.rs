//! A value as an XML document.

use crate::json::{Fields, Json};

/// The value as the element `root`: fields are elements, and the elements of a list repeat the element of the list.
///
/// # Errors
///
/// When a name cannot be that of an element, or a text has a character that no XML can hold.
pub(crate) fn write(root: &str, value: Json<'_>) -> Result<String, String> {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    push(root, value, &mut text)?;
    Ok(text)
}

fn push(name: &str, value: Json<'_>, to: &mut String) -> Result<(), String> {
    if !is_name(name) {
        return Err(format!("{name:?} cannot be the name of an XML element"));
    }
    if value.is_null() {
        return Ok(());
    }
    if value.is_container() && !value.is_object() {
        return value.items().try_for_each(|element| push(name, element, to));
    }
    for part in ["<", name, ">"] {
        to.push_str(part);
    }
    match value.fields().filter(|_| value.is_object()) {
        Some(fields) => push_fields(&fields, to)?,
        None => push_text(&value.text().unwrap_or_default(), to)
            .map_err(|character| format!("{name:?} has the character {character:?}, which XML cannot hold"))?,
    }
    for part in ["</", name, ">"] {
        to.push_str(part);
    }
    Ok(())
}

fn push_fields(fields: &Fields<'_>, to: &mut String) -> Result<(), String> {
    fields.entries().try_for_each(|(name, value)| push(&name, value, to))
}

/// Writes text, or says which character cannot be written, not even by its number.
fn push_text(text: &str, to: &mut String) -> Result<(), char> {
    for character in text.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            // Readers make a line feed of it otherwise.
            '\r' => to.push_str("&#13;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                return Err(character);
            }
            other => to.push(other),
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::to_json;
    use super::write;
    use crate::json::Document;

    fn written(value: &Value) -> Result<String, String> {
        write("Root", Document::parse(value.to_string()).unwrap().root())
    }

    #[test]
    fn fields_become_elements() {
        for (value, expected) in [
            (
                json!({"Rule": [{"Id": 1, "On": true}, {"Id": 2}], "None": null, "Empty": []}),
                "<Root><Rule><Id>1</Id><On>true</On></Rule><Rule><Id>2</Id></Rule></Root>",
            ),
            (json!("a<b>&\r\n"), "<Root>a&lt;b&gt;&amp;&#13;\n</Root>"),
            (json!({"A": {}, "B": ""}), "<Root><A></A><B></B></Root>"),
        ] {
            let text = written(&value).unwrap();
            assert_eq!(text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), Some(expected));
        }
        assert_eq!(written(&json!({"a b": 1})).unwrap_err(), "\"a b\" cannot be the name of an XML element");
        for text in ["\u{0}", "a\u{b}", "\u{1b}[0m", "\u{ffff}"] {
            let problem = written(&json!({"A": [text]})).unwrap_err();
            assert!(problem.starts_with("\"A\" has the character '\\"), "{problem}");
        }
        assert!(written(&json!("\t\n\r\u{7f}\u{10000}")).is_ok());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(texts in proptest::collection::vec("[a-z<>&\"'中]{1,6}", 2..5), text in "[a-z&;#]{1,9}") {
            let value = json!({"Root": {"List": texts, "Text": text}});
            let read = to_json(&written(&value["Root"]).unwrap()).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&read).unwrap(), value);
        }
    }
}
