//! XML: the little of it that error replies are made of, and documents as bodies and replies.

mod parse;
mod write;

pub use parse::XmlSyntaxError;
pub(crate) use parse::to_json;
pub(crate) use write::write;

/// The text of the first element `name`, with the predefined entities resolved; `None` if there is none.
pub(crate) fn element(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        let Some(behind) = tag.strip_prefix(name) else { continue };
        let (attributes, content) = behind.split_once('>')?;
        if !attributes.is_empty() && !attributes.starts_with([' ', '\t', '\r', '\n']) {
            continue;
        }
        let (content, _) = content.split_once('<')?;
        return Some(resolve(content.trim()));
    }
    None
}

/// The text with the predefined entities and those that name a character by its number. Others stay as they are.
fn resolve(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        to.push_str(before);
        let named = behind.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind)));
        match named {
            Some((character, behind)) => {
                to.push(character);
                rest = behind;
            }
            None => {
                to.push('&');
                rest = behind;
            }
        }
    }
    to.push_str(rest);
    to
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "apos" => Some('\''),
        "gt" => Some('>'),
        "lt" => Some('<'),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn finds_elements() {
        let text = "<?xml version=\"1.0\"?><Error><CodeX>no</CodeX><Code>A.B</Code><Message a='1'> x &amp;lt; &lt;y & &no; </Message><Empty/></Error>";
        for (name, expected) in
            [("Code", Some("A.B")), ("Message", Some("x &lt; <y & &no;")), ("RequestId", None), ("Empty", None)]
        {
            assert_eq!(element(text, name).as_deref(), expected);
        }
        assert_eq!(element("<Code", "Code"), None);
        assert_eq!(element("<Code>", "Code"), None);
    }
}
