//! Where one is in a list, and where to go from there.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::pager::{Pager, PagerStyle};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::reply::Reply;
use crate::service_error::first_text;

/// How many pages in a row may be empty where tokens lead on: some services give only what they have looked at so far.
const MAX_EMPTY: u32 = 1000;

/// Where one is in a list.
pub(super) struct Walk {
    pager: &'static Pager,
    position: Option<String>,
    is_first: bool,
    is_over: bool,
    tokens: HashSet<String>,
    /// The hashes of the items of the pages so far.
    seen: HashSet<u64>,
    /// How many items there were so far, if the walk began at the first of them.
    count: Option<i64>,
    /// The most items that a page had so far.
    fullest: i64,
    /// How many pages in a row were empty.
    empty: u32,
}

/// What to do with a page, and then.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// It is no page of the list any more.
    Drop,
    /// It is the last one.
    Last,
    /// Another one is asked for.
    Next(String),
}

/// What the signs of the end say.
#[derive(Default)]
struct Signs {
    end: u32,
    more: u32,
    /// Whether one of those that say that this is the end can be relied on by itself.
    firm: bool,
}

impl Signs {
    fn add(&mut self, is_end: bool, is_firm: bool) {
        if is_end {
            self.end += 1;
            self.firm |= is_firm;
        } else {
            self.more += 1;
        }
    }
}

impl Walk {
    pub(super) fn new(pager: &'static Pager, position: Option<String>) -> Self {
        let tokens = position.iter().cloned().collect();
        let number = position.as_deref().and_then(|position| position.trim().parse::<i64>().ok());
        let is_start = match pager.style {
            PagerStyle::PageNumber { first } => number.is_none_or(|number| number == first),
            PagerStyle::Offset | PagerStyle::Token => number.is_none_or(|number| number == 0),
        };
        Self {
            pager,
            position,
            is_first: true,
            is_over: false,
            tokens,
            seen: HashSet::new(),
            count: is_start.then_some(0),
            fullest: 0,
            empty: 0,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    pub(super) fn end(&mut self) {
        self.is_over = true;
    }

    /// The position that the next request asks for.
    pub(super) fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    pub(super) fn step(&mut self, reply: &Reply, asked_size: Option<i64>) -> Result<Step, Error> {
        let step = self.judge(reply.document.root(), asked_size);
        let step = step.map_err(|message| reply.error(ErrorKind::Paging, message))?;
        self.go(&step);
        Ok(step)
    }

    fn go(&mut self, step: &Step) {
        self.is_first = false;
        match step {
            Step::Next(position) => self.position = Some(position.clone()),
            Step::Drop | Step::Last => self.is_over = true,
        }
    }

    fn judge(&mut self, root: Json<'_>, asked_size: Option<i64>) -> Result<Step, String> {
        let items = self.items(root);
        let count = items.map_or(0, |items| items.items().count());
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.pager.style == PagerStyle::Token {
            return self.next_token(root);
        }
        if count == 0 {
            return Ok(if self.is_first { Step::Last } else { Step::Drop });
        }
        let signs = self.signs_of_the_end(root, count, asked_size);
        if !self.seen.insert(items.map_or(0, hash)) {
            // Some services answer with the last page whatever is behind it, or begin anew.
            if signs.end > 0 {
                return Ok(Step::Drop);
            }
            return Err(format!("the page at {} repeats one before it", self.number(root)));
        }
        self.count = self.count.map(|before| before.saturating_add(count));
        self.fullest = self.fullest.max(count);
        if signs.end > 0 && signs.more == 0 && signs.firm {
            return Ok(Step::Last);
        }
        let step = if self.pager.style == PagerStyle::Offset { count } else { 1 };
        Ok(Step::Next(self.number(root).saturating_add(step).to_string()))
    }

    /// The list of items. In place of an object around it, the list itself is taken as well.
    fn items<'a>(&self, root: Json<'a>) -> Option<Json<'a>> {
        if self.pager.items.is_empty() {
            return Some(root);
        }
        root.pointer(self.pager.items).or_else(|| {
            let (outer, _) = self.pager.items.rsplit_once('.')?;
            root.pointer(outer).filter(|outer| outer.is_container() && !outer.is_object())
        })
    }

    fn next_token(&mut self, root: Json<'_>) -> Result<Step, String> {
        let token = integer_or_text(root, self.pager.next).unwrap_or_default();
        if token.is_empty() {
            return Ok(if self.empty > 0 && !self.is_first { Step::Drop } else { Step::Last });
        }
        if self.empty >= MAX_EMPTY {
            return Err(format!("{MAX_EMPTY} pages in a row are empty"));
        }
        if !self.tokens.insert(token.clone()) {
            return Err(format!("the token {token} of the next page was given before"));
        }
        Ok(Step::Next(token))
    }

    /// What each of the known signs says about the end: the total, the count of pages, a page that is not full.
    fn signs_of_the_end(&self, root: Json<'_>, count: i64, asked_size: Option<i64>) -> Signs {
        let read = |path: Option<&str>| integer_or_text(root, path).and_then(|text| text.trim().parse::<i64>().ok());
        let number = self.number(root);
        let echoed = read(self.pager.page_size).filter(|size| *size > 0);
        let capped = asked_size.zip(self.pager.max_size).map(|(asked, most)| asked.min(most));
        let size = echoed.or(capped).or(asked_size).filter(|size| *size > 0);
        let mut signs = Signs::default();
        if let (Some(total), Some(before)) = (read(self.pager.total), self.before(number, echoed)) {
            // One of fewer than there are already is wrong.
            let there = before.saturating_add(count);
            signs.add(there >= total, there <= total);
        }
        if let (Some(pages), PagerStyle::PageNumber { first }) = (read(self.pager.pages), self.pager.style) {
            signs.add(number.saturating_sub(first).saturating_add(1) >= pages, true);
        }
        if let Some(size) = size {
            // A service that caps the size without saying so makes every page look like the last.
            signs.add(count < size, echoed.is_some() || capped.is_some());
        }
        signs
    }

    /// How many items are before this page: counted, or at least as many as the pages before it can have had.
    fn before(&self, number: i64, echoed: Option<i64>) -> Option<i64> {
        self.count.or_else(|| match self.pager.style {
            PagerStyle::PageNumber { first } => {
                let size = echoed.unwrap_or(self.fullest);
                Some(number.saturating_sub(first).saturating_mul(size))
            }
            PagerStyle::Offset => Some(number),
            PagerStyle::Token => None,
        })
    }

    /// The number of this page, or the count of items before it.
    fn number(&self, root: Json<'_>) -> i64 {
        let asked = self.position.as_deref().and_then(|position| position.trim().parse().ok());
        asked.unwrap_or_else(|| match self.pager.style {
            // Of the page that nobody named, the reply knows better whether it is 0 or 1; anything else is no number of
            // a first page.
            PagerStyle::PageNumber { first } => {
                let told = integer_or_text(root, self.pager.number).and_then(|text| text.trim().parse().ok());
                told.filter(|told| matches!(told, 0 | 1)).unwrap_or(first)
            }
            PagerStyle::Token | PagerStyle::Offset => 0,
        })
    }
}

fn hash(items: Json<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    items.raw().hash(&mut hasher);
    hasher.finish()
}

fn integer_or_text(root: Json<'_>, path: Option<&str>) -> Option<String> {
    first_text(root, &[path?])
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
