//! Paths and their arguments.

use std::borrow::Cow;

use crate::error::Error;
use crate::percent::{self, Space};

/// Puts the encoded `arguments` in the place of the placeholders of `template`; or takes `whole` as it is.
pub(crate) fn fill<'a>(
    template: &'a str,
    arguments: &[(String, String)],
    whole: Option<&'a str>,
) -> Result<Cow<'a, str>, Error> {
    if let Some(whole) = whole {
        if !whole.starts_with('/') || whole.contains(['?', '#']) {
            return Err(Error::invalid_request(format!("the path {whole:?} does not begin with `/`, or has a query")));
        }
        return Ok(Cow::Borrowed(whole));
    }
    if !template.contains('{') {
        return Ok(Cow::Borrowed(if template.is_empty() { "/" } else { template }));
    }
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, placeholder)) = rest.split_once('{') {
        path.push_str(before);
        let Some((name, behind)) = placeholder.split_once('}') else {
            return Err(Error::invalid_request(format!("the path {template} has an open placeholder")));
        };
        rest = behind;
        let argument = arguments.iter().find(|(known, _)| known == name).map_or("", |(_, argument)| argument);
        if matches!(argument, "" | "." | "..") {
            return Err(Error::invalid_request(format!("{name} must not be {argument:?}, for it is part of the path")));
        }
        percent::encode(argument, Space::Percent, &mut path);
    }
    path.push_str(rest);
    Ok(Cow::Owned(path))
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_templates() {
        for (template, argument, expected) in [
            ("/", "x", Some("/")),
            ("", "x", Some("/")),
            ("/a/{Id}/b", "c d/中", Some("/a/c%20d%2F%E4%B8%AD/b")),
            ("/jobs/{Id}:stop", "1", Some("/jobs/1:stop")),
            ("/a/{Id}/{Id}", "%2e", Some("/a/%252e/%252e")),
            ("/a/{Id}", "..", None),
            ("/a/{Id}", ".", None),
            ("/a/{Id}", "", None),
            ("/a/{Other}", "x", None),
            ("/a/{Id", "x", None),
        ] {
            let filled = fill(template, &[("Id".to_owned(), argument.to_owned())], None);
            assert_eq!(filled.ok().as_deref(), expected, "{template}");
        }
        assert_eq!(fill("/", &[], Some("/a/*")).unwrap(), "/a/*");
        assert!(fill("/", &[], Some("a")).is_err());
    }
}
