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
    ..Pager::NONE
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

#[test]
fn goes_on_where_another_stream_stopped() {
    let bodies = [page("[1,2]", 1), page("[3]", 2)];
    for taken in 0..=3 {
        let script = Script::of_bodies(&bodies);
        let mut items = Items::new(list(&script));
        let (mut all, position) = block_on(async {
            let mut all = Vec::new();
            for _ in 0..taken {
                all.push(items.next().await.unwrap().unwrap());
            }
            (all, items.position())
        });
        assert_eq!(position, ["0", "1", "0@2", "end"][taken]);
        // The page of the next item is asked for again, and no other.
        let script = Script::of_bodies(if taken < 2 { &bodies } else { &bodies[1..] });
        let rest = Items::new(list(&script)).resume(&position).unwrap();
        all.extend(block_on(rest.try_collect::<Vec<i64>>()).unwrap());
        assert_eq!(all, [1, 2, 3], "after {taken}");
        assert_eq!(script.requests().len(), [2, 2, 1, 0][taken]);
    }
    let error = Items::new(list(&Script::new([]))).resume("elsewhere").err().unwrap();
    assert!(error.is_invalid_request(), "{error}");
}

#[test]
fn goes_on_after_an_error() {
    let failing = [Ok((200, page("[1,2]", 1))), Ok((500, "{}".to_owned()))];
    let script = Script::new(failing);
    let mut items = Items::new(list(&script));
    let seen: Vec<Result<i64, Error>> = block_on(items.by_ref().collect());
    assert!(seen.len() == 3 && seen[2].is_err());
    assert_eq!(items.position(), "0@2");
    let script = Script::of_bodies(&[page("[3]", 2)]);
    let rest: Vec<i64> = block_on(Items::new(list(&script)).resume("0@2").unwrap().try_collect()).unwrap();
    assert_eq!(rest, [3]);
    // Pages too.
    let script = Script::new([Ok((200, page("[1,2]", 1))), Ok((500, "{}".to_owned()))]);
    let mut pages = Pages::new(list(&script));
    block_on(pages.by_ref().for_each(|_| std::future::ready(())));
    assert_eq!(pages.position(), "0@2");
}

#[test]
fn fetches_ahead_when_told_to() {
    for (prefetch, expected) in [(false, 1), (true, 2)] {
        let script = Script::of_bodies(&[page("[1,2]", 1), page("[3]", 2)]);
        let mut items = Items::new(list(&script));
        if prefetch {
            items = items.prefetch();
        }
        let all = block_on(async {
            let first = items.next().await.unwrap().unwrap();
            // The page is on its way without anybody asking for an item.
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            assert_eq!(script.requests().len(), expected);
            let rest: Vec<i64> = items.try_collect().await.unwrap();
            (first, rest)
        });
        assert_eq!(all, (1, vec![2, 3]));
        assert_eq!(script.requests().len(), 2);
    }
}

#[test]
fn gives_up_what_it_fetched_ahead_when_it_is_dropped() {
    let script = Script::of_bodies(&[page("[1,2]", 1), page("[3]", 2)]);
    block_on(async {
        let mut pages = Pages::new(list(&script)).prefetch();
        pages.next().await.unwrap().unwrap();
        drop(pages);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(script.requests().len(), 1);
}
