//! Paths with placeholders: `/clusters/{ClusterId}/nodepools/{NodepoolId}`, and the fixed query of some of them.

use percent_encoding::percent_decode_str;

use crate::pairs::{self, Pairs};

/// A path with placeholders.
pub(crate) struct Template {
    path: Path,
    /// What the query always has.
    query: Pairs,
}

enum Path {
    /// One placeholder that stands for all of the path.
    Whole(String),
    /// What stands between the slashes.
    Segments(Vec<Segment>),
}

/// Text and placeholders in turn, such as `{jobId}:stop`.
struct Segment {
    /// The text before the first placeholder.
    start: String,
    /// Placeholders, each with the text behind it.
    arguments: Vec<(String, String)>,
}

impl Template {
    /// Reads a template.
    pub(crate) fn parse(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let whole = path.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|name| !name.contains('{'));
        let path = match whole {
            Some(name) => Path::Whole(name.to_owned()),
            None => Path::Segments(path.split('/').map(Segment::parse).collect()),
        };
        Self { path, query: pairs::decode(query.as_bytes()).unwrap_or_default() }
    }

    /// How particular it is: of two templates that match, the one with more of it is meant.
    pub(crate) fn weight(&self) -> usize {
        let literals = match &self.path {
            Path::Whole(_) => 0,
            Path::Segments(segments) => segments.iter().filter(|segment| segment.arguments.is_empty()).count(),
        };
        literals + self.query.len()
    }

    /// What the query always has.
    pub(crate) fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The decoded arguments by name, if path and query match. An argument that is not UTF-8 matches nothing.
    pub(crate) fn arguments(&self, path: &str, query: &[(String, String)]) -> Option<Vec<(String, String)>> {
        if !self.query.iter().all(|fixed| query.contains(fixed)) {
            return None;
        }
        let mut arguments = Vec::new();
        match &self.path {
            Path::Whole(name) => arguments.push((name.clone(), decoded(path)?)),
            Path::Segments(segments) => {
                let mut parts = path.split('/');
                for segment in segments {
                    segment.read(parts.next()?, &mut arguments)?;
                }
                if parts.next().is_some() {
                    return None;
                }
            }
        }
        Some(arguments)
    }
}

impl Segment {
    fn parse(text: &str) -> Self {
        let mut pieces = text.split('{');
        let start = pieces.next().unwrap_or_default().to_owned();
        let arguments = pieces.filter_map(|piece| {
            let (name, after) = piece.split_once('}')?;
            Some((name.to_owned(), after.to_owned()))
        });
        Self { start, arguments: arguments.collect() }
    }

    /// Adds the arguments of a part of a path, if it matches.
    fn read(&self, part: &str, arguments: &mut Vec<(String, String)>) -> Option<()> {
        let mut rest = part.strip_prefix(self.start.as_str())?;
        for (index, (name, after)) in self.arguments.iter().enumerate() {
            let is_last = index + 1 == self.arguments.len();
            let (value, behind) =
                if is_last { (rest.strip_suffix(after.as_str())?, "") } else { rest.split_once(after.as_str())? };
            arguments.push((name.clone(), decoded(value)?));
            rest = behind;
        }
        rest.is_empty().then_some(())
    }
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_paths() {
        let arguments = |template: &str, target: &str| {
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            let found = Template::parse(template).arguments(path, &pairs::decode(query.as_bytes())?)?;
            Some(found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
        };
        for (template, path, expected) in [
            ("/", "/", Some("")),
            ("/a", "/a", Some("")),
            ("/a", "/a/", None),
            ("/a?x=1", "/a", None),
            ("/a?x=1", "/a?y=2&x=1", Some("")),
            ("/a?x=1", "/a?x=2", None),
            ("/a?acl", "/a?acl=", Some("")),
            ("/a/{Id}", "/a/1", Some("Id=1")),
            ("/a/{Id}", "/a/b%2Fc", Some("Id=b/c")),
            ("/a/{Id}", "/a/", Some("Id=")),
            ("/a/{Id}", "/a/b/c", None),
            ("/a/{Id}", "/a/%ff", None),
            ("/a/{Id}/b/{Other}", "/a/1/b/2", Some("Id=1 Other=2")),
            ("/a/{Id}:stop", "/a/7:stop", Some("Id=7")),
            ("/a/{Id}:stop", "/a/7", None),
            ("/a/v{Id}.{Kind}", "/a/v1.tar.gz", Some("Id=1 Kind=tar.gz")),
            ("/a/v{Id}.{Kind}", "/a/1.tar", None),
            ("{Path}", "/a/b%20c", Some("Path=/a/b c")),
        ] {
            assert_eq!(arguments(template, path).as_deref(), expected, "{template} {path}");
        }
    }
}
