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
    ..Pager::NONE
};
static BY_NUMBER: Pager = NUMBERED;
static BY_ZERO_NUMBER: Pager = Pager { style: PagerStyle::PageNumber { first: 0 }, ..NUMBERED };
static BY_OFFSET: Pager = Pager { style: PagerStyle::Offset, ..NUMBERED };
static CAPPED: Pager = Pager { max_size: Some(5), ..NUMBERED };
static BARE: Pager = Pager { items: "", ..NUMBERED };
static BY_TOKEN: Pager = Pager { style: PagerStyle::Token, next: Some("Next"), ..NUMBERED };

/// What to do after each of the pages, as text.
fn walk(pager: &'static Pager, asked_size: Option<i64>, pages: &[&str]) -> Vec<String> {
    walk_from(None, pager, asked_size, pages)
}

fn walk_from(start: Option<&str>, pager: &'static Pager, asked_size: Option<i64>, pages: &[&str]) -> Vec<String> {
    let mut walk = Walk::new(pager, start.map(str::to_owned));
    let mut steps = Vec::new();
    for page in pages {
        let document = Document::parse((*page).to_owned()).unwrap();
        let step = walk.judge(document.root(), asked_size);
        if let Ok(step) = &step {
            walk.go(step);
        }
        steps.push(match step {
            Ok(Step::Next(position)) => position,
            Ok(Step::Last) => "last".to_owned(),
            Ok(Step::Drop) => "drop".to_owned(),
            Err(message) => message,
        });
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
        (&BY_NUMBER, None, &[bare, bare], &["2", "the page at 2 repeats one before it"]),
        (&BY_NUMBER, None, &[bare, two, empty], &["2", "3", "drop"]),
        // Not as many as were asked for: the last one, or all that this service ever gives at once.
        (&BY_NUMBER, Some(10), &[bare, empty], &["2", "drop"]),
        (&CAPPED, Some(10), &[bare], &["last"]),
        (&CAPPED, Some(10), &[&bare_five(1), bare], &["2", "last"]),
        (&BY_NUMBER, None, &[empty], &["last"]),
        (&BY_NUMBER, None, &["{}"], &["last"]),
        (&BY_ZERO_NUMBER, None, &[two, one], &["1", "last"]),
        (&BY_OFFSET, None, &[two, one], &["2", "last"]),
        // One item that is not in a list.
        (&CAPPED, Some(2), &[r#"{"Items":{"Item":{"Id":1}}}"#], &["last"]),
        // The reply is the list.
        (&BARE, None, &["[1,2]", "[3,4]", "[]"], &["2", "3", "drop"]),
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
        // A page without items is not the end as long as there is a token, not even the first one.
        (&[&a, r#"{"Next":"c"}"#, &b, &none], &["a", "c", "b", "last"]),
        (&[r#"{"Next":"c"}"#, &none], &["c", "last"]),
        (&[&a, r#"{"Items":{"Item":[]}}"#], &["a", "drop"]),
        (&["{}"], &["last"]),
        (&[r#"{"Next":"c"}"#, r#"{"Next":"c"}"#], &["c", "the token c of the next page was given before"]),
    ] {
        assert_eq!(walk(&BY_TOKEN, None, pages), steps);
    }
}

#[test]
fn tokens_that_lead_nowhere_end() {
    let pages: Vec<String> = (0..=1000).map(|number| format!(r#"{{"Next":"{number}"}}"#)).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let steps = walk(&BY_TOKEN, None, &pages);
    assert_eq!((&*steps[998], &*steps[999]), ("998", "1000 pages in a row are empty"));
}

fn bare_five(first: i64) -> String {
    format!(r#"{{"Items":{{"Item":[{}]}}}}"#, (first..first + 5).map(|n| n.to_string()).collect::<Vec<_>>().join(","))
}

#[test]
fn loses_nothing_where_the_size_is_capped_without_a_word() {
    // 100 are asked for, 5 come; 15 are there. By what was asked for, the second page would be the last.
    let page = |first| bare_five(first).replace("}}", r#"},"Total":15}"#);
    let (one, two, three) = (page(1), page(6), page(11));
    assert_eq!(walk(&BY_NUMBER, Some(100), &[&one, &two, &three]), ["2", "3", "last"]);
    assert_eq!(walk(&BY_OFFSET, Some(100), &[&one, &two, &three]), ["5", "10", "last"]);
    // Nor when it begins in the middle, where nobody has counted.
    assert_eq!(walk_from(Some("2"), &BY_NUMBER, Some(100), &[&two, &three]), ["3", "last"]);
}

#[test]
fn ends_where_totals_lie_and_pages_come_round_again() {
    let page = |items: &str, total: i64| format!(r#"{{"Items":{{"Item":{items}}},"Total":"{total}","Size":2}}"#);
    let (a, b) = (page("[1,2]", 99), page("[3,4]", 99));
    // More is promised than there is.
    assert_eq!(walk(&BY_NUMBER, None, &[&a, &b, &page("[]", 99)]), ["2", "3", "drop"]);
    // Less is told than there is.
    let (few, more) = (page("[1,2]", 1), page("[3]", 1));
    assert_eq!(walk(&BY_NUMBER, None, &[&few, &more]), ["2", "last"]);
    let alone = [r#"{"Items":[1,2],"Total":1}"#, r#"{"Items":[3],"Total":1}"#, r#"{"Items":[],"Total":1}"#];
    assert_eq!(walk(&BY_NUMBER, None, &alone), ["2", "3", "drop"]);
    // Behind the last page comes the first one again, for ever.
    let again = walk(&BY_NUMBER, None, &[&a, &b, &a]);
    assert_eq!(again, ["2", "3", "the page at 3 repeats one before it"]);
    let (a, b) = (page("[1,2]", 4), page("[3,4]", 4));
    assert_eq!(walk(&BY_NUMBER, None, &[&a, &b, &a]), ["2", "3", "drop"]);
    // The echo of the number is wrong or missing: what was asked for counts.
    let lying = r#"{"Items":{"Item":[1,2]},"Total":4,"Size":2,"Page":7}"#;
    assert_eq!(walk_from(Some("1"), &BY_NUMBER, None, &[lying, &b]), ["2", "3"]);
    assert_eq!(walk(&BY_NUMBER, None, &[lying, &b]), ["2", "3"]);
    // Unless nobody asked, and the service counts from 0 where its documents say 1.
    let from_zero = r#"{"Items":{"Item":[1,2]},"Total":4,"Size":2,"Page":"0"}"#;
    assert_eq!(walk(&BY_NUMBER, None, &[from_zero, &b]), ["1", "2"]);
}
