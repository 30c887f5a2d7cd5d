//! Where the parameters of one request are collected.

mod body;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::assemble::headers::is_reserved;
use crate::encode::{Encode, Encoder};
use crate::endpoint::is_label;
use crate::error::Error;
use crate::json::Document;
use crate::operation::{Method, Operation};
use crate::pairs::Pairs;
use crate::percent::Space;
pub(crate) use body::Body;
use body::form_pairs;

/// The parameters of one request, encoded while they are added.
///
/// Names in byte order are cheapest; any order works. Parameters that are unset are left out.
#[derive(Clone)]
pub struct Wire {
    pub(crate) query: Pairs,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) whole_path: Option<String>,
    /// What stands before the host of the endpoint, with a dot at its end.
    pub(crate) host: Option<Box<str>>,
    pub(crate) body: Body,
    /// What is called, where no [`Operation`] says it.
    pub(crate) named: Option<Box<Named>>,
    /// The first thing that was wrong with the parameters.
    pub(crate) problem: Option<String>,
    /// The name of a value inside of a list or an object; kept for its memory.
    key: String,
}

/// What an untyped call calls.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    #[cfg_attr(not(feature = "tracing"), expect(dead_code, reason = "only traces tell it"))]
    pub(crate) product: String,
    pub(crate) action: String,
    pub(crate) version: String,
    pub(crate) method: Method,
    /// The path, with placeholders.
    pub(crate) path: String,
}

impl Wire {
    /// No parameters yet.
    pub(crate) fn new() -> Self {
        Self {
            query: Pairs::new(Space::Percent),
            headers: Vec::new(),
            path: Vec::new(),
            whole_path: None,
            host: None,
            body: Body::Nothing,
            named: None,
            problem: None,
            key: String::new(),
        }
    }

    /// The name of what is called.
    pub(crate) fn action(&self, operation: &'static Operation) -> Cow<'static, str> {
        match &self.named {
            Some(named) => Cow::Owned(named.action.clone()),
            None => Cow::Borrowed(operation.action),
        }
    }

    /// The product that is called.
    #[cfg(feature = "tracing")]
    pub(crate) fn product<'a>(&'a self, operation: &'a Operation) -> &'a str {
        self.named.as_ref().map_or(operation.product, |named| &named.product)
    }

    /// Whether a parameter of this name is in the query or in the form.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.query.has(name) || matches!(&self.body, Body::Form(pairs) if pairs.has(name))
    }

    /// Adds to the query; lists, maps and objects become `Name.1.Field`.
    pub fn query(&mut self, name: &str, value: &dyn Encode) {
        flat(&mut self.query, &mut self.key, &mut self.problem, name, value);
    }

    /// Adds to the query as JSON text.
    pub fn query_json(&mut self, name: &str, value: &dyn Encode) {
        if let Some(text) = self.json_text(value) {
            self.query.push(name, &text);
        }
    }

    /// Adds to the query with the elements of a list joined by commas.
    pub fn query_simple(&mut self, name: &str, value: &dyn Encode) {
        if let Some(text) = self.plain_text(value) {
            self.query.push(name, &text);
        }
    }

    /// Makes the body a form, even if nothing is added to it. Every `form…` method does that by itself.
    pub fn form_body(&mut self) {
        form_pairs(&mut self.body);
    }

    /// Adds to the form; lists, maps and objects become `Name.1.Field`.
    pub fn form(&mut self, name: &str, value: &dyn Encode) {
        if let Some(pairs) = form_pairs(&mut self.body) {
            flat(pairs, &mut self.key, &mut self.problem, name, value);
        }
    }

    /// Adds to the form as JSON text.
    pub fn form_json(&mut self, name: &str, value: &dyn Encode) {
        let text = self.json_text(value);
        if let (Some(pairs), Some(text)) = (form_pairs(&mut self.body), text) {
            pairs.push(name, &text);
        }
    }

    /// Adds to the form with the elements of a list joined by commas.
    pub fn form_simple(&mut self, name: &str, value: &dyn Encode) {
        let text = self.plain_text(value);
        if let (Some(pairs), Some(text)) = (form_pairs(&mut self.body), text) {
            pairs.push(name, &text);
        }
    }

    /// Adds a header. Its name is lower-cased when the request is assembled.
    pub fn header(&mut self, name: &str, value: &dyn Encode) {
        if let Some(text) = self.plain_text(value) {
            self.headers.push((name.to_owned(), text));
        }
    }

    /// Adds a header for each entry of a map: its name is `prefix` and the key. Values that are null are left out. What
    /// would be a header of the request itself, and names that differ only in case, fail the call before anything is sent,
    /// and so does a `prefix` that is empty.
    pub fn header_map(&mut self, prefix: &str, value: &dyn Encode) {
        let Some(document) = self.document(value) else { return };
        let Some(fields) = document.root().fields() else { return };
        if prefix.is_empty() {
            self.problem.get_or_insert_with(|| "a map of headers needs what their names begin with".to_owned());
        }
        let mut names = HashSet::new();
        for (key, value) in fields.entries().filter(|(_, value)| !value.is_null()) {
            let name = format!("{prefix}{key}");
            if is_reserved(&name) {
                self.problem.get_or_insert_with(|| format!("the header {name:?} is computed and cannot be set"));
            }
            if !names.insert(name.to_ascii_lowercase()) {
                self.problem.get_or_insert_with(|| format!("there are two headers {name:?}: case makes no difference"));
            }
            let text = if value.is_container() { None } else { value.text() };
            self.headers.push((name, text.unwrap_or(Cow::Borrowed(value.raw())).into_owned()));
        }
    }

    /// Puts the value in front of the host: it has to be one part of the name of a host, or the call fails before anything
    /// is sent. The value of a second call stands between the first one and the host of the endpoint.
    pub fn host(&mut self, name: &str, value: &dyn Encode) {
        let text = self.plain_text(value).unwrap_or_default();
        if !is_label(&text) {
            self.problem.get_or_insert_with(|| format!("{name} must not be {text:?}, for it is part of the host"));
        }
        let before = self.host.take().unwrap_or_default();
        self.host = Some(format!("{before}{text}.").into());
    }

    /// Fills the placeholder `{name}` of the path. A value that is missing, empty, `.` or `..` fails the call
    /// before anything is sent.
    pub fn path(&mut self, name: &str, value: &dyn Encode) {
        let text = self.plain_text(value).unwrap_or_default();
        self.path.push((name.to_owned(), text));
    }

    /// Replaces the whole path, which is sent as it is.
    pub fn whole_path(&mut self, value: &dyn Encode) {
        self.whole_path = Some(self.plain_text(value).unwrap_or_default());
    }

    /// Fails the call, before anything is sent, unless one of the named parameters is set.
    pub fn require_any(&mut self, parameters: &[(&str, bool)]) {
        if self.problem.is_some() || parameters.iter().any(|(_, is_set)| *is_set) {
            return;
        }
        let names: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
        let problem = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("one of {} and {last} is required", rest.join(", ")),
            _ => format!("{} is required", names.concat()),
        };
        self.problem = Some(problem);
    }

    /// The value of a parameter in the query or the form.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.query.value(name).or_else(|| match &self.body {
            Body::Form(pairs) => pairs.value(name),
            _ => None,
        })
    }

    /// Adds to the form in place of what has the same name. There must be no body of another kind.
    pub(crate) fn replace_in_form(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let pairs = matches!(self.body, Body::Nothing | Body::Form(_)).then(|| form_pairs(&mut self.body)).flatten();
        pairs.map(|pairs| pairs.replace(name, value)).ok_or_else(|| {
            Error::invalid_request(format!("the parameter {name} cannot go into a form: the body is of another kind"))
        })
    }

    /// The first thing that was wrong with the parameters.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.problem.as_ref().map_or(Ok(()), |problem| Err(Error::invalid_request(problem.clone())))
    }

    /// The value as a document, unless it is unset.
    fn document(&mut self, value: &dyn Encode) -> Option<Document> {
        Document::parse(self.json_text(value)?).ok()
    }

    fn json_text(&mut self, value: &dyn Encode) -> Option<String> {
        text(value, |text, problem| value.encode(&mut Encoder::json(text, problem)), &mut self.problem)
    }

    fn plain_text(&mut self, value: &dyn Encode) -> Option<String> {
        text(value, |text, problem| value.encode(&mut Encoder::plain(text, problem)), &mut self.problem)
    }
}

fn text(
    value: &dyn Encode,
    encode: impl FnOnce(&mut String, &mut Option<String>),
    problem: &mut Option<String>,
) -> Option<String> {
    if value.is_unset() {
        return None;
    }
    let mut text = String::new();
    encode(&mut text, problem);
    Some(text)
}

fn flat(pairs: &mut Pairs, key: &mut String, problem: &mut Option<String>, name: &str, value: &dyn Encode) {
    if value.is_unset() {
        return;
    }
    value.encode(&mut Encoder::flat(pairs, name, key, problem));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    struct Tag {
        key: String,
        values: Vec<Option<i64>>,
        on: Option<bool>,
    }

    impl Encode for Tag {
        fn encode(&self, to: &mut Encoder<'_>) {
            to.object(&[("Key", &self.key), ("Values", &self.values), ("On", &self.on)]);
        }
    }

    fn tags() -> Vec<Tag> {
        vec![
            Tag { key: "a b".into(), values: vec![Some(1), None, Some(3)], on: Some(true) },
            Tag { key: String::new(), values: Vec::new(), on: None },
        ]
    }

    fn query(add: impl FnOnce(&mut Wire)) -> String {
        let mut wire = Wire::new();
        add(&mut wire);
        assert_eq!(wire.problem, None);
        wire.query.finish().wire
    }

    #[test]
    fn writes_an_object_in_every_style() {
        assert_eq!(
            query(|wire| wire.query("Tag", &tags())),
            "Tag.1.Key=a%20b&Tag.1.On=true&Tag.1.Values.1=1&Tag.1.Values.3=3&Tag.2.Key="
        );
        let mut wire = Wire::new();
        wire.body_json(&tags());
        let Body::Json(text) = &wire.body else { panic!("no JSON") };
        assert_eq!(text, r#"[{"Key":"a b","Values":[1,null,3],"On":true},{"Key":"","Values":[]}]"#);
        assert_eq!(query(|wire| wire.query_simple("Ids", &vec!["x", "y,z"])), "Ids=x%2Cy%2Cz");
        assert_eq!(query(|wire| wire.query_json("Ids", &Vec::<i64>::new())), "Ids=%5B%5D");
    }

    #[test]
    fn leaves_out_what_is_unset_and_keeps_what_is_empty() {
        let none: Option<String> = None;
        assert_eq!(query(|wire| wire.query("A", &none)), "");
        assert_eq!(query(|wire| wire.query_json("A", &none)), "");
        assert_eq!(query(|wire| wire.query("A", &Vec::<String>::new())), "");
        assert_eq!(query(|wire| wire.query("A", &"")), "A=");
        assert_eq!(query(|wire| wire.query("A", &0_i64)), "A=0");
        assert_eq!(query(|wire| wire.query("A", &false)), "A=false");
        assert_eq!(query(|wire| wire.query("A", &1e21)), "A=1e%2B21");
        assert_eq!(query(|wire| wire.query("A", &json!([null, "b", [1, 2.5]]))), "A.2=b&A.3.1=1&A.3.2=2.5");
        let map = BTreeMap::from([("x".to_owned(), Some(1_i64)), ("y".to_owned(), None)]);
        assert_eq!(query(|wire| wire.query("M", &map)), "M.x=1");
        assert_eq!(query(|wire| wire.query_json("M", &map)), "M=%7B%22x%22%3A1%2C%22y%22%3Anull%7D");
    }

    #[test]
    fn writes_json_text_as_it_should_be() {
        let mut wire = Wire::new();
        wire.body_json(&"中 \"q\" \\ \n \u{1} / <>&");
        let Body::Json(text) = &wire.body else { panic!("no JSON") };
        assert_eq!(text, "\"中 \\\"q\\\" \\\\ \\n \\u0001 / <>&\"");
    }

    #[test]
    fn a_form_is_present_even_when_empty() {
        let mut wire = Wire::new();
        wire.form("A", &None::<String>);
        assert!(matches!(wire.body, Body::Form(_)));
        wire.form("B", &"x y");
        let Body::Form(pairs) = wire.body else { panic!("no form") };
        assert_eq!(pairs.finish().wire, "B=x+y");
    }

    #[test]
    fn says_what_is_missing() {
        for (parameters, problem) in [
            (&[("A", false), ("B", true)][..], None),
            (
                &[("InstanceName", false), ("DatasourceId", false)],
                Some("one of InstanceName and DatasourceId is required"),
            ),
            (&[("A", false), ("B", false), ("C", false)], Some("one of A, B and C is required")),
            (&[("A", false)], Some("A is required")),
        ] {
            let mut wire = Wire::new();
            wire.require_any(parameters);
            assert_eq!(wire.problem.as_deref(), problem);
        }
    }

    #[test]
    fn refuses_numbers_without_a_spelling() {
        let mut wire = Wire::new();
        wire.query("A", &f64::NAN);
        assert!(wire.check().is_err());
    }
}
