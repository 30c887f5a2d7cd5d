//! Lists of services that do not tell the truth: nothing that can be had is lost, and nothing goes on for ever.

use alicloud::ErrorKind;

use crate::support::Laboratory;
use crate::table::{How, PLAIN, Told, declared, kind};

/// What a service says beside pages that have these items, what comes of it, and after how many requests at most.
struct Trap {
    name: &'static str,
    pages: &'static [&'static [u32]],
    told: Told,
    /// Whether the reply tells its own number, and not that of `told`.
    counts: bool,
    size: i64,
    items: &'static [u32],
    error: Option<ErrorKind>,
    requests: usize,
}

const NOTHING: Told = Told { total: None, pages: None, number: None, size: None, as_text: false };
const TOTAL: Told = Told { total: Some(5), ..NOTHING };
const TRAP: Trap = Trap {
    name: "",
    pages: &[&[1, 2], &[3, 4], &[5], &[]],
    told: NOTHING,
    counts: true,
    size: 2,
    items: &[1, 2, 3, 4, 5],
    error: None,
    requests: 4,
};

const TRAPS: [Trap; 11] = [
    Trap { name: "nothing is told", counts: false, ..TRAP },
    Trap { name: "the total is that of the page", told: Told { total: Some(2), ..NOTHING }, ..TRAP },
    Trap { name: "the total is too low", told: Told { total: Some(1), ..NOTHING }, ..TRAP },
    Trap { name: "the total is too low, as text", told: Told { total: Some(1), as_text: true, ..NOTHING }, ..TRAP },
    Trap { name: "the total is too high", told: Told { total: Some(99), ..NOTHING }, ..TRAP },
    Trap { name: "the count of pages is too high", told: Told { pages: Some(9), total: Some(99), ..NOTHING }, ..TRAP },
    Trap { name: "the number is always 7", told: Told { number: Some(7), ..TOTAL }, counts: false, ..TRAP },
    Trap { name: "pages are capped without a word", told: TOTAL, size: 30, ..TRAP },
    Trap {
        name: "the last page comes again and again",
        pages: &[&[1, 2], &[3, 4], &[3, 4], &[3, 4], &[3, 4]],
        told: Told { total: Some(4), ..NOTHING },
        items: &[1, 2, 3, 4],
        requests: 3,
        ..TRAP
    },
    Trap {
        name: "the first page comes again, and more is promised",
        pages: &[&[1, 2], &[3, 4], &[1, 2], &[3, 4], &[1, 2]],
        told: Told { total: Some(99), ..NOTHING },
        items: &[1, 2, 3, 4],
        error: Some(ErrorKind::Paging),
        requests: 3,
        ..TRAP
    },
    // Numbered pages have an end, which is where there is nothing: who promises more has counted wrong.
    Trap {
        name: "an empty page in the middle",
        pages: &[&[1, 2], &[], &[3, 4], &[]],
        told: TOTAL,
        items: &[1, 2],
        requests: 2,
        ..TRAP
    },
];

#[tokio::test]
async fn nothing_is_lost_and_nothing_goes_on_for_ever() {
    let lab = Laboratory::open().await;
    for declared in declared() {
        for trap in TRAPS {
            let numbered = (1..).zip(trap.pages).map(|(number, items)| {
                let number = if trap.counts { Some(number) } else { trap.told.number };
                declared.page(items, Told { number, ..trap.told })
            });
            let replies: Vec<_> = numbered.collect();
            let (listed, asked) = declared.list(&lab, How { size: trap.size, ..PLAIN }, &replies).await;
            let about = format!("{}: {}: {listed:?}", declared.operation(), trap.name);
            assert_eq!((&*listed.items, kind(&listed)), (trap.items, trap.error), "{about}");
            assert!(asked.len() <= trap.requests, "{about}: {asked:?}");
            let expected: Vec<_> = (2..).map(Some).take(asked.len() - 1).collect();
            assert_eq!(asked[1..], expected, "{about}");
        }
    }
}
