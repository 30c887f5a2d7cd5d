//! Paths with placeholders: `/clusters/{ClusterId}/nodepools/{NodepoolId}`.

use percent_encoding::percent_decode_str;

/// A path with placeholders, split at its slashes.
pub(crate) struct Template(Vec<Part>);

enum Part {
    Literal(String),
    /// A placeholder, and what stands before and after it between two slashes.
    Argument {
        before: String,
        name: String,
        after: String,
    },
}

impl Template {
    /// Reads a template. A query in it tells nothing about the path and is left out.
    pub(crate) fn parse(text: &str) -> Self {
        let path = text.split('?').next().unwrap_or_default();
        let part = |part: &str| {
            let (before, rest) = part.split_once('{')?;
            let (name, after) = rest.split_once('}')?;
            Some(Part::Argument { before: before.to_owned(), name: name.to_owned(), after: after.to_owned() })
        };
        Self(path.split('/').map(|text| part(text).unwrap_or_else(|| Part::Literal(text.to_owned()))).collect())
    }

    /// How many parts are no placeholders: of two templates that match, the one with more of them is meant.
    pub(crate) fn literals(&self) -> usize {
        self.0.iter().filter(|part| matches!(part, Part::Literal(_))).count()
    }

    /// The decoded arguments by name, if the path matches. An argument that is not UTF-8 matches nothing.
    pub(crate) fn arguments(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut arguments = Vec::new();
        let mut parts = path.split('/');
        for expected in &self.0 {
            let part = parts.next()?;
            match expected {
                Part::Literal(text) if text == part => {}
                Part::Literal(_) => return None,
                Part::Argument { before, name, after } => {
                    let value = part.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
                    let decoded = percent_decode_str(value).decode_utf8().ok()?;
                    arguments.push((name.clone(), decoded.into_owned()));
                }
            }
        }
        parts.next().is_none().then_some(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_paths() {
        let arguments = |template: &str, path: &str| {
            let found = Template::parse(template).arguments(path)?;
            Some(found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
        };
        for (template, path, expected) in [
            ("/", "/", Some("")),
            ("/a", "/a", Some("")),
            ("/a", "/a/", None),
            ("/a?x=1", "/a", Some("")),
            ("/a/{Id}", "/a/1", Some("Id=1")),
            ("/a/{Id}", "/a/b%2Fc", Some("Id=b/c")),
            ("/a/{Id}", "/a/", Some("Id=")),
            ("/a/{Id}", "/a/b/c", None),
            ("/a/{Id}", "/a/%ff", None),
            ("/a/{Id}/b/{Other}", "/a/1/b/2", Some("Id=1 Other=2")),
            ("/a/{Id}:stop", "/a/7:stop", Some("Id=7")),
            ("/a/{Id}:stop", "/a/7", None),
        ] {
            assert_eq!(arguments(template, path).as_deref(), expected, "{template} {path}");
        }
    }
}
