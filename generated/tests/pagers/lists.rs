//! Lists of services that tell the truth: every item once, in order, and no request too many.

use serde_json::Value;

use crate::support::Laboratory;
use crate::table::{Declared, How, PLAIN, Told, declared};

/// Three pages with five items.
fn pages(declared: &Declared, as_text: bool) -> Vec<Value> {
    let page = |number, items: &[u32]| {
        let told = Told { total: Some(5), pages: Some(3), number: Some(number), size: Some(2), as_text };
        declared.page(items, told)
    };
    vec![page(1, &[1, 2]), page(2, &[3, 4]), page(3, &[5]), page(4, &[])]
}

#[tokio::test]
async fn every_item_comes_once() {
    let lab = Laboratory::open().await;
    for declared in declared() {
        for (as_text, prefetch) in [(false, false), (true, false), (false, true)] {
            let how = How { prefetch, ..PLAIN };
            let (listed, asked) = declared.list(&lab, how, &pages(&declared, as_text)).await;
            assert!(listed.error.is_none(), "{}: {listed:?}", declared.operation());
            assert_eq!(listed.items, [1, 2, 3, 4, 5], "{}", declared.operation());
            // The first page is the one that nobody names, unless the operation wants a number.
            assert_eq!((asked[0].unwrap_or(1), &asked[1..]), (1, &[Some(2), Some(3)][..]), "{}", declared.operation());
        }
    }
}

#[tokio::test]
async fn a_stream_goes_on_where_another_stopped() {
    let lab = Laboratory::open().await;
    for declared in declared() {
        let pages = pages(&declared, false);
        for taken in 0..=5 {
            // The page that the other stream stopped in is fetched once more.
            let (done, again) = (taken / 2, usize::from(taken % 2 == 1 && taken < 5));
            let fetched = (done + again).min(3);
            let mut replies = pages[..fetched].to_vec();
            replies.extend_from_slice(&pages[done..]);
            let how = How { stop_after: Some(taken), ..PLAIN };
            let (listed, _) = declared.list(&lab, how, &replies).await;
            assert!(listed.error.is_none(), "{} after {taken}: {listed:?}", declared.operation());
            assert_eq!(listed.items, [1, 2, 3, 4, 5], "{} after {taken}", declared.operation());
        }
    }
}

#[tokio::test]
async fn an_empty_list_is_one_request() {
    let lab = Laboratory::open().await;
    for declared in declared() {
        let told = Told { total: Some(0), pages: Some(0), number: Some(1), size: Some(2), as_text: false };
        let (listed, asked) = declared.list(&lab, PLAIN, &[declared.page(&[], told)]).await;
        assert!(listed.error.is_none() && listed.items.is_empty(), "{}: {listed:?}", declared.operation());
        assert_eq!(asked.len(), 1, "{}", declared.operation());
    }
}
