//! Streams of pages and of items.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;

use alicloud_runtime::{Call, Decode, Error, ErrorKind, Items, Json, Paged, Pager, PagerStyle, Pages, Request, Wire};
use futures_util::{StreamExt, TryStreamExt};

mod support;

use support::{OPERATION, Script, block_on, builder, core};

static PAGER: Pager = Pager {
    style: PagerStyle::PageNumber { first: 1 },
    items: "Data.Items.Item",
    total: Some("Data.Total"),
    pages: None,
    number: Some("Data.Page"),
    page_size: Some("Data.Size"),
    next: None,
};

#[derive(Clone, Debug)]
struct List {
    call: Call,
    page: Option<i64>,
}

#[derive(Debug)]
struct Page {
    items: Vec<i64>,
}

impl Decode for Page {
    fn decode(value: Json<'_>) -> Option<Self> {
        let data = value.fields()?.find("Data")?.fields()?;
        Some(Self { items: data.list("Items", "Item") })
    }
}

impl Request for List {
    type Response = Page;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        wire.query("Page", &self.page);
    }
}

impl Paged for List {
    type Item = i64;

    fn pager(&self) -> &'static Pager {
        &PAGER
    }

    fn position(&self) -> Option<String> {
        self.page.map(|page| page.to_string())
    }

    fn set_position(&mut self, position: &str) {
        self.page = position.parse().ok();
    }

    fn page_size(&self) -> Option<i64> {
        None
    }

    fn into_items(response: Page) -> Vec<i64> {
        response.items
    }
}

fn list(script: &Arc<Script>) -> List {
    let config = builder(script).build().unwrap();
    List { call: core(&config).call(&OPERATION), page: None }
}

fn page(items: &str, page: i64) -> String {
    format!(r#"{{"Data":{{"Items":{items},"Total":"3","Size":2,"Page":{page}}}}}"#)
}

#[test]
fn yields_every_item_once() {
    // The last page has its items in no list of its own.
    let script = Script::of_bodies(&[page(r#"{"Item":[1,2]}"#, 1), page("[3]", 2)]);
    let items: Vec<i64> = block_on(Items::new(list(&script)).try_collect()).unwrap();
    assert_eq!(items, [1, 2, 3]);
    let queries: Vec<_> = script.requests().iter().map(|request| request.url.query().map(str::to_owned)).collect();
    assert_eq!(queries, [None, Some("Page=2".to_owned())]);
}

#[test]
fn yields_pages_and_ends() {
    let script = Script::of_bodies(&[page(r#"{"Item":[1,2]}"#, 1), page(r#"{"Item":[3]}"#, 2)]);
    let pages: Vec<Page> = block_on(Pages::new(list(&script)).try_collect()).unwrap();
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [2, 1]);
    let script = Script::of_bodies(&[page("[]", 1)]);
    let pages: Vec<Page> = block_on(Pages::new(list(&script)).try_collect()).unwrap();
    assert_eq!((pages.len(), script.requests().len()), (1, 1));
}

#[test]
fn ends_with_the_first_error() {
    let script = Script::new([
        Ok((200, page("[1,2]", 1))),
        Ok((500, r#"{"Code":"InternalError"}"#.to_owned())),
        Ok((200, page("[3]", 2))),
    ]);
    let items: Vec<Result<i64, Error>> = block_on(Items::new(list(&script)).collect());
    assert_eq!(items.len(), 3);
    assert_eq!(items[2].as_ref().unwrap_err().kind(), ErrorKind::Service);
    assert_eq!(script.requests().len(), 2);
}
