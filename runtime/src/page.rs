//! Lists that come in pages.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::call::PendingReply;
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::reply::Reply;
use crate::request::{Request, encoded};

/// How a list comes in pages: plain data, written by the generator. Paths are JSON paths with dots.
#[derive(Clone, Copy, Debug)]
pub struct Pager {
    /// What the position of a page is.
    pub style: PagerStyle,
    /// Where the items stand.
    pub items: &'static str,
    /// Where the count of all items stands.
    pub total: Option<&'static str>,
    /// Where the count of all pages stands.
    pub pages: Option<&'static str>,
    /// Where the number of this page stands.
    pub number: Option<&'static str>,
    /// Where the size of a full page stands.
    pub page_size: Option<&'static str>,
    /// Where the token of the next page stands.
    pub next: Option<&'static str>,
}

/// What the position of a page is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PagerStyle {
    /// The number of the page.
    PageNumber {
        /// The number of the first page: 0 or 1.
        first: i64,
    },
    /// A token that the page before it gave.
    Token,
    /// The count of the items before it.
    Offset,
}

/// A request whose reply is a page of a list.
pub trait Paged: Request {
    /// What the list consists of.
    type Item;

    /// How the list comes in pages.
    fn pager(&self) -> &'static Pager;

    /// The position that is asked for, if it is set.
    fn position(&self) -> Option<String>;

    /// Asks for another position.
    fn set_position(&mut self, position: &str);

    /// How many items are asked for, if that is set.
    fn page_size(&self) -> Option<i64>;

    /// The items of a page.
    fn into_items(response: Self::Response) -> Vec<Self::Item>;
}

/// The pages of a list, one after the other. The next page is asked for when it is polled for.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<R> {
    request: R,
    walk: Walk,
    pending: Option<PendingReply>,
}

impl<R: Paged> Pages<R> {
    /// The pages from where `request` stands.
    pub fn new(request: R) -> Self {
        let walk = Walk::new(request.pager(), request.position());
        Self { request, walk, pending: None }
    }
}

// Nothing is pinned inside but what is in a box.
impl<R> Unpin for Pages<R> {}

impl<R: Paged> Stream for Pages<R> {
    type Item = Result<R::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.walk.is_over {
            return Poll::Ready(None);
        }
        let pending = this.pending.get_or_insert_with(|| this.request.call().send(encoded(&this.request)));
        let reply = ready!(pending.as_mut().poll(context));
        this.pending = None;
        let stepped = reply.and_then(|reply| {
            let step = this.walk.step(&reply, this.request.page_size())?;
            Ok((reply, step))
        });
        let page = match stepped {
            Ok((_, Step::Drop)) => return Poll::Ready(None),
            Ok((reply, Step::Last)) => reply.decode(),
            Ok((reply, Step::Next(position))) => {
                this.request.set_position(&position);
                reply.decode()
            }
            Err(error) => Err(error),
        };
        this.walk.is_over |= page.is_err();
        Poll::Ready(Some(page))
    }
}

/// The items of a list, page after page.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: std::vec::IntoIter<R::Item>,
}

impl<R: Paged> Items<R> {
    /// The items from where `request` stands.
    pub fn new(request: R) -> Self {
        Self { pages: Pages::new(request), page: Vec::new().into_iter() }
    }
}

impl<R: Paged> Unpin for Items<R> {}

impl<R: Paged> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(response)) => self.page = R::into_items(response).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Where one is in a list.
struct Walk {
    pager: &'static Pager,
    position: Option<String>,
    is_first: bool,
    is_over: bool,
    tokens: HashSet<String>,
    /// The hash of the items of the page before.
    last_page: Option<u64>,
}

/// What to do with a page, and then.
#[derive(Debug, PartialEq)]
enum Step {
    /// It is no page of the list any more.
    Drop,
    /// It is the last one.
    Last,
    /// Another one is asked for.
    Next(String),
}

impl Walk {
    fn new(pager: &'static Pager, position: Option<String>) -> Self {
        let tokens = position.iter().cloned().collect();
        Self { pager, position, is_first: true, is_over: false, tokens, last_page: None }
    }

    fn step(&mut self, reply: &Reply, asked_size: Option<i64>) -> Result<Step, Error> {
        let step = self.judge(reply.document.root(), asked_size);
        let step = step.map_err(|message| reply.error(ErrorKind::Paging, message))?;
        self.is_first = false;
        match &step {
            Step::Next(position) => self.position = Some(position.clone()),
            Step::Drop | Step::Last => self.is_over = true,
        }
        Ok(step)
    }

    fn judge(&mut self, root: Json<'_>, asked_size: Option<i64>) -> Result<Step, String> {
        let items = self.items(root);
        let count = items.map_or(0, |items| items.items().count()) as i64;
        if count == 0 {
            return Ok(if self.is_first { Step::Last } else { Step::Drop });
        }
        if self.pager.style == PagerStyle::Token {
            return self.next_token(root);
        }
        let signs = self.signs_of_the_end(root, count, asked_size);
        let page = items.map(|items| {
            let mut hasher = DefaultHasher::new();
            items.raw().hash(&mut hasher);
            hasher.finish()
        });
        if page == self.last_page {
            // Some services answer with the last page whatever is behind it.
            if signs.contains(&true) {
                return Ok(Step::Drop);
            }
            return Err(format!("the page at {} repeats the one before it", self.number(root)));
        }
        self.last_page = page;
        if !signs.is_empty() && !signs.contains(&false) {
            return Ok(Step::Last);
        }
        let step = if self.pager.style == PagerStyle::Offset { count } else { 1 };
        Ok(Step::Next(self.number(root).saturating_add(step).to_string()))
    }

    /// The list of items. In place of an object around it, the list itself is taken as well.
    fn items<'a>(&self, root: Json<'a>) -> Option<Json<'a>> {
        root.pointer(self.pager.items).or_else(|| {
            let (outer, _) = self.pager.items.rsplit_once('.')?;
            root.pointer(outer).filter(|outer| outer.is_container() && !outer.is_object())
        })
    }

    fn next_token(&mut self, root: Json<'_>) -> Result<Step, String> {
        let token = integer_or_text(root, self.pager.next).unwrap_or_default();
        if token.is_empty() {
            return Ok(Step::Last);
        }
        if !self.tokens.insert(token.clone()) {
            return Err(format!("the token {token} of the next page was given before"));
        }
        Ok(Step::Next(token))
    }

    /// What each of the known signs says about the end: the total, the count of pages, a page that is not full.
    fn signs_of_the_end(&self, root: Json<'_>, count: i64, asked_size: Option<i64>) -> Vec<bool> {
        let read = |path: Option<&str>| integer_or_text(root, path).and_then(|text| text.parse::<i64>().ok());
        let number = self.number(root);
        let size = read(self.pager.page_size).or(asked_size).filter(|size| *size > 0);
        let before = match self.pager.style {
            PagerStyle::PageNumber { first } => size.map(|size| number.saturating_sub(first).saturating_mul(size)),
            PagerStyle::Offset => Some(number),
            PagerStyle::Token => None,
        };
        let mut signs = Vec::with_capacity(3);
        if let (Some(total), Some(before)) = (read(self.pager.total), before) {
            signs.push(before.saturating_add(count) >= total);
        }
        if let (Some(pages), PagerStyle::PageNumber { first }) = (read(self.pager.pages), self.pager.style) {
            signs.push(number.saturating_sub(first).saturating_add(1) >= pages);
        }
        if let Some(size) = size {
            signs.push(count < size);
        }
        signs
    }

    /// The number of this page, or the count of items before it.
    fn number(&self, root: Json<'_>) -> i64 {
        let asked = self.position.as_deref().and_then(|position| position.trim().parse().ok());
        let told = || integer_or_text(root, self.pager.number)?.parse().ok();
        asked.or_else(told).unwrap_or(match self.pager.style {
            PagerStyle::PageNumber { first } => first,
            PagerStyle::Token | PagerStyle::Offset => 0,
        })
    }
}

fn integer_or_text(root: Json<'_>, path: Option<&str>) -> Option<String> {
    crate::service_error::first_text(root, &[path?])
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
