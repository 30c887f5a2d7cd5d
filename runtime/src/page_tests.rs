//! Tests of [`super`].

use super::*;
use crate::json::Document;

const NUMBERED: Pager = Pager {
    style: PagerStyle::PageNumber { first: 1 },
    items: "Items.Item",
    total: Some("Total"),
    pages: Some("Pages"),
    number: Some("Page"),
    page_size: Some("Size"),
    next: None,
};
static BY_NUMBER: Pager = NUMBERED;
static BY_ZERO_NUMBER: Pager = Pager { style: PagerStyle::PageNumber { first: 0 }, ..NUMBERED };
static BY_OFFSET: Pager = Pager { style: PagerStyle::Offset, ..NUMBERED };
static BY_TOKEN: Pager = Pager { style: PagerStyle::Token, next: Some("Next"), ..NUMBERED };

/// What to do after each of the pages, as text.
fn walk(pager: &'static Pager, asked_size: Option<i64>, pages: &[&str]) -> Vec<String> {
    let mut walk = Walk::new(pager, None);
    let mut steps = Vec::new();
    for page in pages {
        let document = Document::parse((*page).to_owned()).unwrap();
        let step = walk.judge(document.root(), asked_size);
        walk.is_first = false;
        match step {
            Ok(Step::Next(position)) => {
                steps.push(position.clone());
                walk.position = Some(position);
            }
            Ok(Step::Last) => steps.push("last".to_owned()),
            Ok(Step::Drop) => steps.push("drop".to_owned()),
            Err(message) => steps.push(message),
        }
    }
    steps
}

#[test]
fn counts_pages() {
    let two = r#"{"Items":{"Item":[1,2]},"Total":4,"Size":2}"#;
    let other_two = r#"{"Items":{"Item":[3,4]},"Total":"4","Size":2}"#;
    let one = r#"{"Items":{"Item":[3]},"Total":3,"Size":2}"#;
    let bare = r#"{"Items":{"Item":[5,6]}}"#;
    let empty = r#"{"Items":{"Item":[]}}"#;
    for (pager, size, pages, steps) in [
        // The total says that page 2 is the last, its size does not: one more.
        (&BY_NUMBER, None, &[two, other_two, empty][..], &["2", "3", "drop"][..]),
        (&BY_NUMBER, None, &[two, one], &["2", "last"]),
        // The same page again, behind the last one.
        (&BY_NUMBER, None, &[two, other_two, other_two], &["2", "3", "drop"]),
        // The same page again, and nothing says that it is the last one.
        (&BY_NUMBER, None, &[bare, bare], &["2", "the page at 2 repeats the one before it"]),
        (&BY_NUMBER, None, &[bare, two, empty], &["2", "3", "drop"]),
        (&BY_NUMBER, Some(10), &[bare], &["last"]),
        (&BY_NUMBER, None, &[empty], &["last"]),
        (&BY_NUMBER, None, &["{}"], &["last"]),
        (&BY_ZERO_NUMBER, None, &[two, one], &["1", "last"]),
        (&BY_OFFSET, None, &[two, one], &["2", "last"]),
        // One item that is not in a list.
        (&BY_NUMBER, Some(2), &[r#"{"Items":{"Item":{"Id":1}}}"#], &["last"]),
    ] {
        assert_eq!(walk(pager, size, pages), steps, "{pages:?}");
    }
    let short_but_more = r#"{"Items":{"Item":[1]},"Total":4,"Pages":2,"Size":2}"#;
    assert_eq!(walk(&BY_NUMBER, None, &[short_but_more]), ["2"]);
}

#[test]
fn follows_tokens() {
    let page = |next: &str| format!(r#"{{"Items":{{"Item":[1]}},"Next":{next}}}"#);
    let (a, b, none, blank) = (page("\"a\""), page("\"b\""), page("null"), page("\"\""));
    let again = "the token a of the next page was given before";
    for (pages, steps) in [
        (&[a.as_str(), &b, &none][..], &["a", "b", "last"][..]),
        (&[&blank], &["last"]),
        (&[&a, &a], &["a", again]),
        (&[&a, &b, &a], &["a", "b", again]),
        (&[&a, r#"{"Next":"c"}"#], &["a", "drop"]),
    ] {
        assert_eq!(walk(&BY_TOKEN, None, pages), steps);
    }
}
