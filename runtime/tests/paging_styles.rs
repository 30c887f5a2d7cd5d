//! Every style of paging, over services that do not tell the truth.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use alicloud_runtime::{Call, Decode, ErrorKind, Items, Json, Paged, Pager, PagerStyle, Request, Wire};
use futures_util::StreamExt;

mod support;

use support::{OPERATION, Script, block_on, builder, core};

const PAGER: Pager = Pager { items: "Items", total: Some("Total"), next: Some("Next"), ..Pager::NONE };
static FROM_ONE: Pager = Pager { style: PagerStyle::PageNumber { first: 1 }, ..PAGER };
static FROM_ZERO: Pager = Pager { style: PagerStyle::PageNumber { first: 0 }, ..PAGER };
static BY_OFFSET: Pager = Pager { style: PagerStyle::Offset, ..PAGER };
static BY_TOKEN: Pager = Pager { style: PagerStyle::Token, ..PAGER };

#[derive(Clone, Debug)]
struct List {
    call: Call,
    pager: &'static Pager,
    at: Option<String>,
}

struct Page(Vec<i64>);

impl Decode for Page {
    fn decode(value: Json<'_>) -> Option<Self> {
        Some(Self(value.fields()?.list("Items", "Item")))
    }
}

impl Request for List {
    type Response = Page;

    fn call(&self) -> &Call {
        &self.call
    }

    fn encode(&self, wire: &mut Wire) {
        wire.query("At", &self.at);
    }
}

impl Paged for List {
    type Item = i64;

    fn pager(&self) -> &'static Pager {
        self.pager
    }

    fn position(&self) -> Option<String> {
        self.at.clone()
    }

    fn set_position(&mut self, position: &str) {
        self.at = Some(position.to_owned());
    }

    fn page_size(&self) -> Option<i64> {
        Some(2)
    }

    fn into_items(response: Page) -> Vec<i64> {
        response.0
    }
}

/// Lists these pages: the items, the positions that were asked for, and the error at the end.
fn list(pager: &'static Pager, pages: &[&str]) -> (Vec<i64>, String, Option<ErrorKind>) {
    let script = Script::of_bodies(pages);
    let config = builder(&script).build().unwrap();
    let request = List { call: core(&config).call(&OPERATION), pager, at: None };
    let (mut items, mut error) = (Vec::new(), None);
    for outcome in block_on(Items::new(request).collect::<Vec<_>>()) {
        match outcome {
            Ok(item) => items.push(item),
            Err(failed) => error = Some(failed.kind()),
        }
    }
    let asked = script.requests();
    let asked: Vec<&str> = asked.iter().map(|sent| sent.url.query().map_or("-", |query| &query[3..])).collect();
    (items, asked.join(" "), error)
}

#[test]
fn numbers_and_offsets_end_where_there_is_nothing() {
    // By pages from 1, by pages from 0, by offsets: what is asked for.
    let truth = [r#"{"Items":[1,2],"Total":3}"#, r#"{"Items":[3],"Total":3}"#];
    let as_text = [r#"{"Items":[1,2],"Total":"3"}"#, r#"{"Items":[3],"Total":" 3 "}"#];
    let too_low = [r#"{"Items":[1,2],"Total":1}"#, r#"{"Items":[3],"Total":1}"#, r#"{"Items":[]}"#];
    let too_high = [r#"{"Items":[1,2],"Total":9}"#, r#"{"Items":[3],"Total":9}"#, r#"{"Items":[],"Total":9}"#];
    let nothing = [r#"{"Items":[1,2]}"#, r#"{"Items":[3]}"#, "{}"];
    let again = [r#"{"Items":[1,2],"Total":9}"#, r#"{"Items":[1,2],"Total":9}"#];
    let (three, paging) = (vec![1, 2, 3], Some(ErrorKind::Paging));
    for (name, pages, items, asked, error) in [
        ("all is true", &truth[..], &three, ["- 2", "- 1", "- 2"], None),
        ("counters are text", &as_text, &three, ["- 2", "- 1", "- 2"], None),
        ("the total is too low", &too_low, &three, ["- 2 3", "- 1 2", "- 2 3"], None),
        ("the total is too high", &too_high, &three, ["- 2 3", "- 1 2", "- 2 3"], None),
        ("nothing is told", &nothing, &three, ["- 2 3", "- 1 2", "- 2 3"], None),
        ("the position is ignored", &again, &vec![1, 2], ["- 2", "- 1", "- 2"], paging),
    ] {
        for (pager, asked) in [&FROM_ONE, &FROM_ZERO, &BY_OFFSET].into_iter().zip(asked) {
            assert_eq!(list(pager, pages), (items.clone(), asked.to_owned(), error), "{name}: {:?}", pager.style);
        }
    }
}

#[test]
fn tokens_end_where_none_is_given() {
    let page = |items: &str, next: &str| format!(r#"{{"Items":{items},"Total":1,"Next":{next}}}"#);
    for (name, pages, items, asked, error) in [
        ("null", [page("[1]", r#""a""#), page("[2]", "null")].to_vec(), vec![1, 2], "- a", None),
        ("blank", vec![page("[1]", r#""a""#), page("[2]", r#""""#)], vec![1, 2], "- a", None),
        ("a number", vec![page("[1]", "7"), page("[2]", "null")], vec![1, 2], "- 7", None),
        (
            "an empty page in the middle",
            vec![page("[1]", r#""a""#), page("[]", r#""b""#), page("[2]", "null")],
            vec![1, 2],
            "- a b",
            None,
        ),
        ("an empty page at the end", vec![page("[1]", r#""a""#), page("[]", "null")], vec![1], "- a", None),
        (
            "a token comes again",
            vec![page("[1]", r#""a""#), page("[2]", r#""b""#), page("[3]", r#""a""#)],
            vec![1, 2],
            "- a b",
            Some(ErrorKind::Paging),
        ),
    ] {
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(list(&BY_TOKEN, &pages), (items, asked.to_owned(), error), "{name}");
    }
}
