//! Compares what an operation does beyond asking and answering: waiting, paging, links, rules.

use std::collections::BTreeMap;

use crate::resolve::model::Operation;
use crate::spec::{Link, Requirement, Waiter};

use super::change::Changes;

pub(super) fn compare(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    waiters(old, new, changes);
    pager(old, new, changes);
    let (old, new) = (&old.file.operation, &new.file.operation);
    links(&all_links(old.link.as_ref(), &old.links), &all_links(new.link.as_ref(), &new.links), changes);
    rules(&old.requires, &new.requires, changes);
    match (&old.deprecated, &new.deprecated) {
        (None, Some(_)) => {
            let what = "the operation is deprecated".to_owned();
            changes.additive("deprecated", what, "who calls it gets a warning of the compiler");
        }
        (Some(_), None) => {
            let what = "the operation is not deprecated any more".to_owned();
            changes.compatible("undeprecated", what, "a warning of the compiler is gone");
        }
        (was, is) if was != is => changes.documented.push("deprecated".to_owned()),
        _ => {}
    }
}

fn waiters(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    let method = |operation: &Operation<'_>, name: &str| {
        let method = operation.waiters.iter().find(|(_, other)| *other == name);
        method.map_or_else(|| name.to_owned(), |(method, _)| method.clone())
    };
    let (was, is) = (&old.file.operation.waiters, &new.file.operation.waiters);
    for (name, waiter) in was {
        match is.get(name) {
            None => {
                let what = format!("the waiter `{name}` is gone");
                changes.breaking("waiter-removed", what, format!("the method `{}` is gone", method(old, name)));
            }
            Some(other) if waits(waiter) != waits(other) => {
                let what = format!("the waiter `{name}` looks at other states or paths");
                let reason = format!("`{}` is the same; it may end at another time", method(new, name));
                changes.compatible("waiter-changed", what, reason);
            }
            Some(other) if waiter != other => changes.documented.push(format!("the waiter `{name}`")),
            Some(_) => {}
        }
    }
    for name in is.keys().filter(|name| !was.contains_key(*name)) {
        let what = format!("a new waiter `{name}`");
        changes.additive("waiter-added", what, format!("a method `{}`", method(new, name)));
    }
}

/// A waiter without its words.
fn waits(waiter: &Waiter) -> Waiter {
    let needs_action = waiter.needs_action.keys().map(|state| (state.clone(), String::new())).collect();
    Waiter { summary: String::new(), needs_action, ..waiter.clone() }
}

fn pager(old: &Operation<'_>, new: &Operation<'_>, changes: &mut Changes) {
    match (&old.file.operation.pager, &new.file.operation.pager) {
        (Some(_), None) => {
            let what = "the pager is gone".to_owned();
            changes.breaking("pager-removed", what, "the methods `pages` and `items` are gone");
        }
        (None, Some(_)) => {
            let what = "a pager".to_owned();
            changes.additive("pager-added", what, "methods `pages` and `items`");
        }
        (Some(was), Some(is)) if was.items != is.items => {
            let what = format!("the pager takes its items from `{}` instead of `{}`", is.items, was.items);
            changes.breaking("pager-changed", what, "`items` may be of another type");
        }
        (Some(was), Some(is)) if was != is => {
            let what = "the pager asks for pages otherwise".to_owned();
            changes.compatible("pager-changed", what, "`pages` and `items` are the same");
        }
        _ => {}
    }
}

/// Every link by the name of its method.
fn all_links<'a>(one: Option<&'a Link>, more: &'a BTreeMap<String, Link>) -> BTreeMap<String, &'a Link> {
    let more = more.iter().map(|(name, link)| (format!("download_{name}"), link));
    one.map(|link| ("download".to_owned(), link)).into_iter().chain(more).collect()
}

fn links(old: &BTreeMap<String, &Link>, new: &BTreeMap<String, &Link>, changes: &mut Changes) {
    for (method, was) in old {
        match new.get(method) {
            None => {
                let what = format!("the link of `{method}` is gone");
                changes.breaking("link-removed", what, format!("`{method}` and its like are gone"));
            }
            Some(is) if Link { summary: was.summary.clone(), ..(*is).clone() } != **was => {
                let what = format!("the link of `{method}` is in another place or ready at another time");
                changes.compatible("link-changed", what, format!("`{method}` is the same"));
            }
            Some(is) if is != was => changes.documented.push("the link".to_owned()),
            Some(_) => {}
        }
    }
    for method in new.keys().filter(|method| !old.contains_key(*method)) {
        let what = format!("a link for `{method}`");
        changes.additive("link-added", what, format!("`{method}` and its like"));
    }
}

/// Only `any_of` is checked before anything is sent; the rest is documentation.
fn rules(old: &[Requirement], new: &[Requirement], changes: &mut Changes) {
    let checked = |rules: &[Requirement]| -> Vec<Vec<String>> {
        rules.iter().map(|rule| rule.any_of.clone()).filter(|any_of| !any_of.is_empty()).collect()
    };
    let (was, is) = (checked(old), checked(new));
    for any_of in is.iter().filter(|any_of| !was.contains(any_of)) {
        let what = format!("one of {} must be set", any_of.join(", "));
        changes.breaking("rule-added", what, "a request without any is refused before it is sent");
    }
    for any_of in was.iter().filter(|any_of| !is.contains(any_of)) {
        let what = format!("of {} none need be set any more", any_of.join(", "));
        changes.compatible("rule-removed", what, "requests that were refused are sent");
    }
    if old != new && was == is {
        changes.documented.push("requires".to_owned());
    }
}
