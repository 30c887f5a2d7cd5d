//! Which of the listed names somebody may have meant.

/// How many names an error shows.
const SHOWN: usize = 5;

/// Names the listed regions that differ least from `wanted`, the most alike first.
pub(super) fn nearest(regions: &[(&str, &str)], wanted: &str) -> String {
    if regions.is_empty() {
        return String::new();
    }
    let mut names: Vec<(usize, &str)> =
        regions.iter().map(|(region, _)| (distance(region.as_bytes(), wanted.as_bytes()), *region)).collect();
    names.sort_unstable();
    let rest = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    names.truncate(SHOWN);
    let names: Vec<&str> = names.into_iter().map(|(_, name)| name).collect();
    format!(" (listed: {}{rest})", names.join(", "))
}

/// How many letters to insert, remove or replace to make one text of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    // The distances of every beginning of `other` to what has been read of `one`.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (place, other_letter) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != other_letter);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_what_differs() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("cn-hangzhou", "cn-hangzhou", 0),
            ("cn-hangzhou", "cn-hangzou", 1),
            ("cn-hangzhou", "ch-hangzhou", 1),
            ("cn-hangzhou", "hangzhou", 3),
            ("us-east-1", "us-west-1", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        }
    }

    #[test]
    fn names_the_most_alike_first() {
        let regions = ["ap-southeast-1", "ap-southeast-2", "cn-beijing", "cn-hangzhou", "cn-shanghai", "us-east-1"];
        let regions = regions.map(|region| (region, ""));
        for (wanted, expected) in [
            ("hangzhou", "cn-hangzhou, cn-shanghai, us-east-1, cn-beijing, ap-southeast-1 and 1 more"),
            ("ap-southeast1", "ap-southeast-1, ap-southeast-2, us-east-1, cn-shanghai, cn-beijing and 1 more"),
        ] {
            assert_eq!(nearest(&regions, wanted), format!(" (listed: {expected})"));
        }
        assert_eq!(nearest(&regions[..2], "x"), " (listed: ap-southeast-1, ap-southeast-2)");
        assert_eq!(nearest(&[], "x"), "");
    }

    proptest! {
        #[test]
        fn is_a_distance(one in "[a-d]{0,8}", other in "[a-d]{0,8}", third in "[a-d]{0,8}") {
            let between = |left: &str, right: &str| distance(left.as_bytes(), right.as_bytes());
            prop_assert_eq!(between(&one, &other), between(&other, &one));
            prop_assert_eq!(between(&one, &other) == 0, one == other);
            prop_assert!(between(&one, &third) <= between(&one, &other) + between(&other, &third));
        }
    }
}
