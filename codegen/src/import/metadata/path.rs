//! The path of an operation and its placeholders.

use crate::check::names_in;
use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Location, Parameter, Schema, Type};

/// The path as the format writes it, and with it the parameters that fill it.
pub(super) fn settle(path: &str, parameters: &mut Vec<Parameter>, notes: &mut Notes) -> String {
    let mut settled = path.trim().to_owned();
    let in_path = |parameter: &&Parameter| parameter.location == Location::Path;
    // A star stands for a path that only the caller knows. It is the only parameter then.
    let mut ways = parameters.iter().filter(in_path);
    if let (true, Some(way), None) = (settled.contains('*'), ways.next(), ways.next()) {
        settled = format!("{{{}}}", way.name);
        let what = format!("`{}` takes the place of the whole path `{path}`", way.name);
        notes.say(Code::PathMended, "path", what);
        return settled;
    }
    for parameter in parameters.iter().filter(in_path) {
        let bracketed = format!("[{}]", parameter.name);
        if settled.contains(&bracketed) {
            settled = settled.replace(&bracketed, &format!("{{{}}}", parameter.name));
            notes.say(Code::PathMended, "path", format!("`{bracketed}` in the path is a placeholder in braces"));
        }
    }
    if !settled.starts_with('/') {
        settled.insert(0, '/');
        notes.say(Code::PathMended, "path", format!("`{path}` does not begin with a slash: it gets one"));
    }
    fill(&settled, parameters, notes);
    settled
}

/// Placeholders have parameters, and parameters placeholders.
fn fill(path: &str, parameters: &mut Vec<Parameter>, notes: &mut Notes) {
    let names: Vec<&str> = names_in(path).collect();
    for name in &names {
        let is_it = |parameter: &&mut Parameter| parameter.name == *name;
        if parameters.iter().any(|parameter| parameter.name == *name && parameter.location == Location::Path) {
            continue;
        }
        if let Some(parameter) = parameters.iter_mut().find(is_it).filter(|one| one.location != Location::Body) {
            notes.say(Code::PathMended, name, format!("`{name}` fills a placeholder, so it is in the path"));
            parameter.location = Location::Path;
            parameter.style = None;
            parameter.schema.required = true;
            continue;
        }
        notes.say(Code::PathMended, name, format!("nothing fills the placeholder `{name}`: it gets a parameter"));
        let schema = Schema { kind: Some(Type::String), required: true, ..Schema::default() };
        let name = (*name).to_owned();
        parameters.push(Parameter { name, location: Location::Path, style: None, fill: None, schema });
    }
    nowhere(parameters, &names, notes);
}

/// Parameters that are said to be in a path that has no place for them are in the query.
pub(super) fn nowhere(parameters: &mut [Parameter], names: &[&str], notes: &mut Notes) {
    for parameter in parameters {
        if parameter.location == Location::Path && !names.contains(&parameter.name.as_str()) {
            parameter.location = Location::Query;
            let what = format!("the path has no placeholder for `{}`: it is taken to the query", parameter.name);
            notes.say(Code::PathMended, &parameter.name, what);
        }
    }
}
