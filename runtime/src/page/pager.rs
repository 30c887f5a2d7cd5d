//! How a list comes in pages.

use crate::request::Request;

/// How a list comes in pages: plain data, written by the generator. Paths are JSON paths with dots.
#[derive(Clone, Copy, Debug)]
pub struct Pager {
    /// What the position of a page is.
    pub style: PagerStyle,
    /// Where the items stand; empty if the reply itself is the list.
    pub items: &'static str,
    /// Where the count of all items stands.
    pub total: Option<&'static str>,
    /// Where the count of all pages stands.
    pub pages: Option<&'static str>,
    /// Where the number of this page stands.
    pub number: Option<&'static str>,
    /// Where the size of a full page stands.
    pub page_size: Option<&'static str>,
    /// The most items that a page has, whatever is asked for.
    pub max_size: Option<i64>,
    /// Where the token of the next page stands.
    pub next: Option<&'static str>,
}

impl Pager {
    /// What pagers have in common: nothing is told but the items.
    pub const NONE: Self = Self {
        style: PagerStyle::PageNumber { first: 1 },
        items: "",
        total: None,
        pages: None,
        number: None,
        page_size: None,
        max_size: None,
        next: None,
    };
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
