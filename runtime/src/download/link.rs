//! Where a reply has a link, and what makes a link usable.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::endpoint::Network;
use crate::error::{Error, ErrorKind};
use crate::lookup::texts;
use crate::reply::Reply;

/// Where a reply has a link: plain data, written by the generator. Paths are JSON paths with dots; `[]` behind a name goes
/// into a list, which has to have one link in all.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Where the link stands.
    pub path: &'static str,
    /// Where the link stands that works inside Alibaba Cloud only; taken unless the network is the public one.
    pub internal_path: Option<&'static str>,
    /// Where the reply says whether the link is ready, and what it says then. A link is always needed.
    pub ready: Option<(&'static str, &'static str)>,
    /// Where the reply says why it is not ready.
    pub reason: Option<&'static str>,
    /// Where the reply says when the link expires: in seconds or milliseconds since 1970, or as a date with a time. One
    /// that cannot be read is left alone.
    pub expires: Option<&'static str>,
}

impl Link {
    /// What links have in common: nothing is told but where they stand.
    pub const NONE: Self = Self { path: "", internal_path: None, ready: None, reason: None, expires: None };
}

/// The link of the reply, or why there is none.
pub(super) fn find(reply: &Reply, link: &Link, network: &Network) -> Result<Url, Error> {
    let root = reply.document.root();
    let is_ready =
        |(path, ready): (&str, &str)| texts(root, path).iter().any(|state| state.eq_ignore_ascii_case(ready));
    let path = link.internal_path.filter(|_| *network != Network::Public).unwrap_or(link.path);
    let mut links = texts(root, path);
    links.retain(|text| !text.trim_ascii().is_empty());
    links.dedup();
    if !link.ready.is_none_or(is_ready) || links.is_empty() {
        let reason = link.reason.and_then(|path| texts(root, path).into_iter().next());
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        return Err(reply.error(ErrorKind::NotReady, format!("there is nothing to download yet{reason}")));
    }
    let [text] = &links[..] else {
        let message = format!("there are {} links at {path}: ask for one thing only", links.len());
        return Err(reply.error(ErrorKind::Download, message));
    };
    parse(text).map_err(|wrong| reply.error(ErrorKind::Download, format!("the link at {path} {wrong}")))
}

/// A link as a URL. The white space around it is cut off and nothing else is changed: what would not arrive as it was
/// written is refused.
pub(super) fn parse(text: &str) -> Result<Url, &'static str> {
    let text = text.trim_ascii();
    if text.contains(|letter: char| letter.is_ascii_control()) {
        return Err("has a line break or another control character inside");
    }
    // Links without a scheme are how some products write https.
    let whole = if text.starts_with("//") { format!("https:{text}") } else { text.to_owned() };
    let url = Url::parse(&whole)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or("is no http or https URL")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a name or a password in it");
    }
    // A URL parser takes these out, and the link would be another one.
    let path = whole.split(['?', '#']).next().unwrap_or_default();
    if path.split(['/', '\\']).any(|segment| matches!(&*percent_decode_str(segment).decode_utf8_lossy(), "." | "..")) {
        return Err("has `.` or `..` in its path");
    }
    Ok(url)
}

/// The name of the file that a link leads to.
pub(super) fn file_name(url: &Url) -> Result<String, String> {
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let name = percent_decode_str(last).decode_utf8_lossy().into_owned();
    let is_plain = !matches!(name.as_str(), "" | "." | "..")
        && !name.contains(|letter: char| matches!(letter, '/' | '\\' | ':') || letter.is_control());
    if is_plain { Ok(name) } else { Err(format!("the link names no file that could be written: {name:?}")) }
}

/// A link as errors show it: what stands behind the path is what gives access.
pub(super) fn shown(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_links_as_they_are() {
        for (text, expected) in [
            (" https://a.example/f.zip?S=a%2Bb%2F&T=x+y%3D \r\n", Ok("https://a.example/f.zip?S=a%2Bb%2F&T=x+y%3D")),
            ("\thttp://a.example/%E4%B8%AD/a%20b?x=%2e%2E", Ok("http://a.example/%E4%B8%AD/a%20b?x=%2e%2E")),
            ("//a.example/f?x=../y", Ok("https://a.example/f?x=../y")),
            ("http://a.example/a..b/...?x", Ok("http://a.example/a..b/...?x")),
            ("ftp://a.example/f", Err("is no http or https URL")),
            ("file:///etc/passwd", Err("is no http or https URL")),
            ("/f", Err("is no http or https URL")),
            ("http://a.example/a/../f", Err("has `.` or `..` in its path")),
            ("http://a.example/a/%2e%2E/f", Err("has `.` or `..` in its path")),
            ("http://a.example/..", Err("has `.` or `..` in its path")),
            ("http://a.example/f\n?x", Err("has a line break or another control character inside")),
            ("http://me:hush@a.example/f", Err("has a name or a password in it")),
        ] {
            assert_eq!(parse(text).as_ref().map(Url::as_str), expected.as_ref().copied(), "{text:?}");
        }
    }

    #[test]
    fn names_files() {
        for (link, name) in [
            ("http://a/b/export%20%E4%B8%AD.zip?x=/y", Some("export 中.zip")),
            ("http://a/b/..export", Some("..export")),
            ("http://a/b/", None),
            ("http://a", None),
            ("http://a/%2e%2e%2Fetc%2Fpasswd", None),
            ("http://a/b%5C..%5Cc", None),
            ("http://a/b%00c", None),
            ("http://a/c:d", None),
        ] {
            assert_eq!(file_name(&Url::parse(link).unwrap()).ok().as_deref(), name, "{link}");
        }
        assert!(file_name(&Url::parse("http://a/%2E%2E%2f").unwrap()).is_err());
    }
}
