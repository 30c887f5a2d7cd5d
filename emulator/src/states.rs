//! States that an operation goes through, one a call.

use std::collections::HashMap;

use alicloud_codegen::spec::{Path, Product, Schema, Waiter};
use serde_json::Value;

use crate::catalog::Served;
use crate::schema::typed;
use crate::start_error::StartError;
use crate::walk;

/// What was asked of the builder: operation, waiter and values.
pub(crate) type Wanted = (String, String, Vec<String>);

/// The states that are played, by operation and version.
#[derive(Default)]
pub(crate) struct States(HashMap<(String, String), Vec<Play>>);

/// The states of one waiter.
struct Play {
    waiter: Waiter,
    path: Path,
    schema: Schema,
    values: Vec<String>,
    next: usize,
}

impl States {
    /// Adds states for all versions of the operation that have the waiter.
    pub(crate) fn add<'a>(
        &mut self,
        versions: impl Iterator<Item = &'a Served>,
        (operation, name, values): Wanted,
    ) -> Result<(), StartError> {
        let (mut exists, mut added) = (false, false);
        for served in versions {
            exists = true;
            let Some(waiter) = served.operation.waiters.get(&name) else { continue };
            let path = Path::parse(&waiter.path);
            let Ok(schema) = path.find(&served.operation.response.schema, &served.product) else { continue };
            let play = Play { waiter: waiter.clone(), schema: schema.clone(), path, values: values.clone(), next: 0 };
            self.0.entry(key(&served.action, &served.product)).or_default().push(play);
            added = true;
        }
        match (exists, added) {
            (true, true) => Ok(()),
            (true, false) => Err(StartError::NoSuchWaiter { operation, waiter: name }),
            (false, _) => Err(StartError::NoSuchOperation(operation)),
        }
    }

    /// Puts the next states into an answer. Whether there were any.
    pub(crate) fn play(&mut self, served: &Served, answer: &mut Value) -> bool {
        let Some(plays) = self.0.get_mut(&key(&served.action, &served.product)) else { return false };
        for play in plays.iter_mut() {
            play.one(answer);
        }
        link_only_when_ready(served, answer);
        true
    }
}

impl Play {
    fn one(&mut self, answer: &mut Value) {
        let Some(value) = self.values.get(self.next) else { return };
        let last = self.next + 1 >= self.values.len();
        walk::put(answer, &self.path.0, typed(value, &self.schema));
        // What ends the wait by being there is not there before.
        if !last || self.goes_on_or_fails(value) {
            for path in &self.waiter.present {
                walk::remove(answer, &Path::parse(path).0);
            }
        }
        self.next += usize::from(!last);
    }

    fn goes_on_or_fails(&self, value: &str) -> bool {
        let same = |state: &String| {
            if self.waiter.fold_case { state.eq_ignore_ascii_case(value) } else { state == value }
        };
        let waiter = &self.waiter;
        waiter.pending.iter().chain(&waiter.failure).chain(waiter.needs_action.keys()).any(same)
    }
}

/// A link is there when the reply says that it is ready, and not before.
fn link_only_when_ready(served: &Served, answer: &mut Value) {
    let Some(link) = &served.operation.link else { return };
    let Some(ready) = &link.ready else { return };
    let state = walk::first(answer, &Path::parse(&ready.path).0).map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    if state.as_ref() != Some(&ready.equals) {
        for path in [Some(&link.path), link.internal.as_ref()].into_iter().flatten() {
            walk::remove(answer, &Path::parse(path).0);
        }
    }
}

fn key(action: &str, product: &Product) -> (String, String) {
    (action.to_owned(), format!("{} {}", product.product, product.version))
}
