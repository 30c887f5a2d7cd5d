//! An XML document as JSON text.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};

use super::resolve;
use crate::encode::push_json_text;

/// How deep elements may be nested: what is made of them may be nested twice as deep.
const MAX_DEPTH: usize = 60;

/// Why a text is not XML, as far as it is read here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct XmlSyntaxError {
    offset: usize,
    expected: &'static str,
}

impl XmlSyntaxError {
    /// What was read is more than a document can hold.
    pub(crate) const TOO_LARGE: Self = Self { offset: 0, expected: "a smaller document" };
}

impl Display for XmlSyntaxError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "not XML: expected {} at byte {}", self.expected, self.offset)
    }
}

impl std::error::Error for XmlSyntaxError {}

struct Element<'a> {
    name: &'a str,
    text: String,
    children: Vec<Element<'a>>,
}

/// The document as JSON: the root element is the only field of an object, elements are fields, one that is repeated is a
/// list, and text is trimmed. Attributes and instructions are left out.
pub(crate) fn to_json(text: &str) -> Result<String, XmlSyntaxError> {
    let root = parse(text)?;
    let mut json = String::with_capacity(text.len());
    json.push('{');
    push_json_text(root.name, &mut json);
    json.push(':');
    root.push(&mut json);
    json.push('}');
    Ok(json)
}

fn parse(text: &str) -> Result<Element<'_>, XmlSyntaxError> {
    let mut open: Vec<Element<'_>> = Vec::new();
    let mut root = None;
    let mut at = 0;
    loop {
        let wrong = |expected| XmlSyntaxError { offset: at, expected };
        let rest = &text[at..];
        let Some(mark) = rest.find('<') else {
            return match root {
                Some(root) if rest.trim().is_empty() => Ok(root),
                Some(_) => Err(wrong("the end")),
                None => Err(wrong(if open.is_empty() { "an element" } else { "the end of an element" })),
            };
        };
        match open.last_mut() {
            Some(element) => element.text.push_str(&resolve(&rest[..mark])),
            None if rest[..mark].trim().is_empty() => {}
            None => return Err(wrong("an element")),
        }
        at += mark;
        let wrong = |expected| XmlSyntaxError { offset: at, expected };
        let tag = &text[at..];
        let until = |end: &'static str| tag.find(end).ok_or_else(|| wrong(end));
        if tag.starts_with("<!--") {
            at += until("-->")? + 3;
        } else if tag.starts_with("<![CDATA[") {
            let end = until("]]>")?;
            let element = open.last_mut().ok_or_else(|| wrong("an element"))?;
            element.text.push_str(&tag[9..end]);
            at += end + 3;
        } else if tag.starts_with("<?") {
            at += until("?>")? + 2;
        } else if tag.starts_with("<!") {
            at += until(">")? + 1;
        } else if let Some(name) = tag.strip_prefix("</") {
            let end = until(">")?;
            let element = open.pop().ok_or_else(|| wrong("the beginning of an element"))?;
            if name[..end - 2].trim_end() != element.name {
                return Err(wrong("the end of another element"));
            }
            at += end + 1;
            close(element, &mut open, &mut root);
        } else {
            if root.is_some() {
                return Err(wrong("the end"));
            }
            if open.len() == MAX_DEPTH {
                return Err(wrong("no deeper nesting"));
            }
            let end = tag_end(tag).ok_or_else(|| wrong("`>`"))?;
            let inside = &tag[1..end];
            let (inside, is_whole) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
            let name = inside.split([' ', '\t', '\r', '\n']).next().filter(|name| !name.is_empty());
            let name = name.ok_or_else(|| wrong("the name of an element"))?;
            let element = Element { name, text: String::new(), children: Vec::new() };
            at += end + 1;
            if is_whole {
                close(element, &mut open, &mut root);
            } else {
                open.push(element);
            }
        }
    }
}

/// Puts an element where it belongs.
fn close<'a>(element: Element<'a>, open: &mut [Element<'a>], root: &mut Option<Element<'a>>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

/// Where the tag ends that `text` begins with. Values of attributes may have `>` in them.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

impl Element<'_> {
    fn push(&self, to: &mut String) {
        if self.children.is_empty() {
            return push_json_text(self.text.trim(), to);
        }
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut groups: Vec<(&str, Vec<&Element<'_>>)> = Vec::new();
        for child in &self.children {
            let place = *places.entry(child.name).or_insert_with(|| {
                groups.push((child.name, Vec::new()));
                groups.len() - 1
            });
            groups[place].1.push(child);
        }
        to.push('{');
        for (index, (name, elements)) in groups.iter().enumerate() {
            if index > 0 {
                to.push(',');
            }
            push_json_text(name, to);
            to.push(':');
            match elements.as_slice() {
                [element] => element.push(to),
                elements => {
                    for (index, element) in elements.iter().enumerate() {
                        to.push(if index == 0 { '[' } else { ',' });
                        element.push(to);
                    }
                    to.push(']');
                }
            }
        }
        to.push('}');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::Document;

    #[test]
    fn elements_become_fields() {
        for (xml, json) in [
            ("<A>x</A>", r#"{"A":"x"}"#),
            ("<A/>", r#"{"A":""}"#),
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE A>\n<A a='>'>\n <B> 1 </B><!-- <B>no</B> --><C/><B>2</B>\n</A>\n",
                r#"{"A":{"B":["1","2"],"C":""}}"#,
            ),
            ("<A><![CDATA[<&>]]>&lt;&#20013;&#x41;&amp;lt;</A>", r#"{"A":"<&><中A&lt;"}"#),
            ("<A><B c=\"1\"><C>\"q\"</C></B></A >", r#"{"A":{"B":{"C":"\"q\""}}}"#),
        ] {
            assert_eq!(to_json(xml).unwrap(), json, "{xml}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let deep = "<a>".repeat(61);
        for (xml, expected) in [
            ("", "not XML: expected an element at byte 0"),
            ("x<A/>", "not XML: expected an element at byte 0"),
            ("<A>", "not XML: expected the end of an element at byte 3"),
            ("<A></B>", "not XML: expected the end of another element at byte 3"),
            ("</A>", "not XML: expected the beginning of an element at byte 0"),
            ("<A/><B/>", "not XML: expected the end at byte 4"),
            ("<A/>x", "not XML: expected the end at byte 4"),
            ("<A", "not XML: expected `>` at byte 0"),
            ("<>", "not XML: expected the name of an element at byte 0"),
            ("<A><!-- </A>", "not XML: expected --> at byte 3"),
            (&deep, "not XML: expected no deeper nesting at byte 180"),
        ] {
            assert_eq!(to_json(xml).unwrap_err().to_string(), expected, "{xml}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_json(text in "(<[A-C]>|</[A-C]>|<A/>|<!--|-->|<!\\[CDATA\\[|\\]\\]>|[x&;\"中<> ]|<\\?|\\?>){0,20}") {
            if let Ok(json) = to_json(&text) {
                prop_assert!(Document::parse(json).is_ok());
            }
        }
    }
}
