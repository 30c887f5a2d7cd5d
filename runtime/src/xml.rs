//! The little XML that error replies are made of.

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

fn resolve(text: &str) -> String {
    // The ampersand comes last, so that what it makes is not resolved again.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn finds_elements() {
        let text = "<?xml version=\"1.0\"?><Error><CodeX>no</CodeX><Code>A.B</Code><Message a='1'> x &amp;lt; &lt;y </Message><Empty/></Error>";
        for (name, expected) in
            [("Code", Some("A.B")), ("Message", Some("x &lt; <y")), ("RequestId", None), ("Empty", None)]
        {
            assert_eq!(element(text, name).as_deref(), expected);
        }
        assert_eq!(element("<Code", "Code"), None);
        assert_eq!(element("<Code>", "Code"), None);
    }
}
