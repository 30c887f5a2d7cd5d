//! Values in sentences and lists.

use crate::spec::Type;

/// A value of a list.
#[derive(Debug, PartialEq)]
pub(super) struct Listed {
    /// The value, without marks of emphasis.
    pub(super) value: String,
    /// What the list says about it.
    pub(super) description: Option<String>,
    /// Whether the list calls it the default.
    pub(super) is_default: bool,
}

/// Marks around a word that are not part of it.
const MARKS: &[char] = &['*', '`', '"', '\'', '“', '”', '‘', '’'];

/// Reads an element of a list: `VALUE`, `VALUE: meaning` or `VALUE (default): meaning`.
pub(super) fn listed(text: &str) -> Option<Listed> {
    let (value, rest) = match text.find([':', '：']) {
        // A colon inside of a word belongs to it, as in `Order:Created`.
        Some(at) if text[at..].chars().nth(1).is_none_or(char::is_whitespace) || text[at..].starts_with('：') => {
            let rest = text[at..].trim_start_matches([':', '：']).trim();
            (&text[..at], Some(rest))
        }
        _ => (text, None),
    };
    let lower = value.to_lowercase();
    let is_default = ["(default)", "（默认）", "(default value)", "（默认值）"].iter().any(|mark| lower.contains(mark));
    let (value, aside) = match value.find(['(', '（']) {
        Some(at) if at > 0 => (&value[..at], Some(value[at..].trim_matches(['(', ')', '（', '）', ' ']))),
        _ => (value, None),
    };
    let value = value.split(" - ").next().unwrap_or(value).trim().trim_end_matches(['.', ';', ',', '。', '；']).trim();
    let value = unmarked(value);
    let description = rest.or(aside.filter(|_| !is_default)).map(str::to_owned).filter(|text| !text.is_empty());
    is_value(value).then(|| Listed { value: value.to_owned(), description, is_default })
}

/// Reads `a, b, and c. More.`: each value, and whether it is called the default.
pub(super) fn inline(text: &str, kind: Option<Type>) -> Vec<(String, bool)> {
    let sentence = text.split(". ").next().unwrap_or(text).trim_end_matches(['.', '。', ';']);
    let sentence =
        sentence.replace(" and ", ",").replace(" or ", ",").replace(" | ", ",").replace(['、', '，', ';'], ",");
    let parts: Vec<String> =
        sentence.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let found: Option<Vec<(String, bool)>> =
        parts.iter().map(|part| listed(part).map(|one| (one.value, one.is_default))).collect();
    let found = found.unwrap_or_default();
    let fits = |value: &str| match kind {
        Some(Type::Integer | Type::Long) => value.parse::<i64>().is_ok(),
        Some(Type::Boolean) => matches!(value, "true" | "false"),
        _ => true,
    };
    if found.iter().all(|(value, _)| fits(value)) { found } else { Vec::new() }
}

/// Reads `1 to 100`, `1~100`, `[1, 100]`: the smallest and the largest.
pub(super) fn bounds(text: &str) -> Option<(String, String)> {
    let sentence = text.split(". ").next().unwrap_or(text).trim().trim_end_matches(['.', '。']);
    let (low, high) = match sentence.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) => inner.split_once(',')?,
        None => [" to ", "~", "～", " - ", "–"].iter().find_map(|between| sentence.split_once(between))?,
    };
    let number = |text: &str| {
        let digits = unmarked(text.trim()).replace(',', "");
        digits.parse::<f64>().is_ok_and(f64::is_finite).then_some(digits)
    };
    Some((number(low)?, number(high)?))
}

/// Reads `Default value: VALUE.` or `The default value is VALUE.`
pub(super) fn default(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let words = ["default value:", "default value is ", "default: ", "defaults to ", "默认值：", "默认值为", "默认为"];
    let end = words.iter().find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let rest = text.get(end..)?.trim_start();
    let sentence = rest.split(". ").next().unwrap_or(rest).split(['。', '，', ';']).next().unwrap_or(rest);
    let value = unmarked(sentence.trim().trim_end_matches('.').trim());
    is_value(value).then(|| value.to_owned())
}

/// Reads `Set the value to VALUE.`: the only value that there is.
pub(super) fn only(text: &str) -> Option<String> {
    let (before, rest) = text.rsplit_once("Set the value to ")?;
    let value = unmarked(rest.trim().strip_suffix('.').unwrap_or(rest).trim());
    (is_value(value) && !before.contains("Set the ")).then(|| value.to_owned())
}

/// A word without marks of emphasis around it.
fn unmarked(text: &str) -> &str {
    text.trim_matches(MARKS)
}

/// Whether a text can be a value: one word that is not punctuation alone.
fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 64
        && !text.chars().any(|c| c.is_whitespace() || matches!(c, '，' | '。'))
        && text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_lists_are_values() {
        let table = [
            ("true: It is.", Some(("true", Some("It is."), false))),
            ("**full** (default): All of it.", Some(("full", Some("All of it."), true))),
            ("0：没有", Some(("0", Some("没有"), false))),
            ("POSTGRESQL (relational)", Some(("POSTGRESQL", Some("relational"), false))),
            ("acs:Created", Some(("acs:Created", None, false))),
            ("a sentence: no value", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found = listed(text);
            let found = found.as_ref().map(|one| (one.value.as_str(), one.description.as_deref(), one.is_default));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn defaults_end_with_their_sentence() {
        let table = [
            ("Default value: desc.", Some("desc")),
            ("Default value: **10**. At most 100.", Some("10")),
            ("The default value is 1.5.", Some("1.5")),
            ("Default value: the region of the caller.", None),
            ("默认值：false。", Some("false")),
        ];
        for (text, expected) in table {
            assert_eq!(default(text).as_deref(), expected, "{text}");
        }
    }
}
