//! Splits an error code from the message that was glued to it.

/// Words that messages begin with.
const FIRST_WORDS: &str = "\
    the this that these there you your user users caller a an any all some no not it its is if in on only \
    other another at as to too can cannot could unable failed fail invalid illegal incorrect internal \
    unknown unauthorized unsupported missing specified specify current currently please sorry server service \
    system operation operate request requests required require access account instance resource parameter \
    parameters param input name project region database db disk image vpc network ip api and authentication \
    authorization permission quota exceed exceeds exceeded duplicate one two several many more multiple each \
    every when while for from we have has must should do does don't none null params find found get create \
    update delete order query task cluster node security status token because content data domain error \
    forbidden http id insufficient time timeout undefined validation value";

/// Splits `Request.ForbiddenHave no Permissions`; with `false` where another way to split it would do as well.
///
/// A code has no white space, so it ends in the first word. Tried in this order: a message that repeats the code, a
/// character that no code has, a word that the code has too, a word that messages begin with, and
/// the last capital letter behind a small one.
pub(super) fn code_and_message(text: &str) -> Option<(&str, &str, bool)> {
    let word = text.split(char::is_whitespace).next().filter(|word| !word.is_empty())?;
    let at = |index: usize, certain: bool| Some((&text[..index], text[index..].trim_start(), certain));
    let bare = text.trim_end_matches('.');
    let half = bare.len() / 2;
    if bare.len() > 1 && bare.len().is_multiple_of(2) && bare.is_char_boundary(half) && bare[..half] == bare[half..] {
        return at(half, true);
    }
    if let Some(index) = word
        .find(|c: char| !c.is_ascii() || !(c.is_ascii_alphanumeric() || "._-:/".contains(c)))
        .filter(|index| *index > 0)
    {
        // `It's`: the word began before the sign.
        let letters =
            word[..index].rfind(|c: char| c.is_ascii_uppercase()).filter(|_| word[index..].starts_with(['\'', '’']));
        return at(letters.filter(|letters| *letters > 0).unwrap_or(index), true);
    }
    if word.len() == text.len() {
        // One word alone is a code without a message, as far as anybody can tell.
        return at(word.len(), humps(word).next().is_none());
    }
    let humps: Vec<usize> = humps(word).collect();
    let repeated = humps.iter().find(|index| word.len() - **index > 3 && word[..**index].contains(&word[**index..]));
    if let Some(index) = repeated {
        return at(*index, true);
    }
    if let Some(index) = first_word(word) {
        return at(index, true);
    }
    at(humps.last().copied().unwrap_or(word.len()), false)
}

/// Where the longest known first word begins that a word ends with. What is before it ends like a code: a capital letter
/// begins a known word there, or nothing else could.
fn first_word(word: &str) -> Option<usize> {
    let bare = word.trim_end_matches([',', '.', ':', ';', '!']);
    let lower = bare.to_ascii_lowercase();
    let ends = FIRST_WORDS.split_whitespace().filter(|first| lower.ends_with(*first) && first.len() < bare.len());
    let begins = ends.filter_map(|first| {
        let at = bare.len() - first.len();
        let (before, after) = (bare[..at].chars().next_back()?, bare[at..].chars().next()?);
        let capital = after.is_ascii_uppercase() && bare[at + 1..].chars().all(|c| c.is_ascii_lowercase() || c == '\'');
        let small = after.is_ascii_lowercase()
            && (first.len() > 3 || matches!(first, "the" | "you" | "api"))
            && before.is_ascii_alphanumeric();
        (capital || small).then_some((capital, first.len(), at))
    });
    begins.max().map(|(_, _, at)| at)
}

/// Where a capital letter begins a word: behind a small one, or before one at the end of capital letters.
fn humps(word: &str) -> impl Iterator<Item = usize> {
    let bytes = word.as_bytes();
    (1..bytes.len()).filter(move |at| {
        let (before, letter) = (bytes[at - 1], bytes[*at]);
        let next_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || before.is_ascii_digit() || (before.is_ascii_uppercase() && next_small))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_end_where_messages_begin() {
        let table = [
            ("Request.ForbiddenHave no Permissions", "Request.Forbidden", "Have no Permissions"),
            (
                "InvalidDBInstanceId.NotFoundThe specified instance",
                "InvalidDBInstanceId.NotFound",
                "The specified instance",
            ),
            ("SYSTEMERRORThe system is busy.", "SYSTEMERROR", "The system is busy."),
            ("NoPermissioncaller has no permission", "NoPermission", "caller has no permission"),
            ("ServerErrorServerError", "ServerError", "ServerError"),
            ("MISS_PARAMETERMISS_PARAMETER.", "MISS_PARAMETER", "MISS_PARAMETER."),
            ("WHITE.OVER.LENGTH.ERROR%s. Try again.", "WHITE.OVER.LENGTH.ERROR", "%s. Try again."),
            ("Risk.RiskControlRejection为保护", "Risk.RiskControlRejection", "为保护"),
            ("InvalidStatus.ResourceGroupIt's not allowed", "InvalidStatus.ResourceGroup", "It's not allowed"),
            ("InstanceIdLength.ExceedInstanceId is long", "InstanceIdLength.Exceed", "InstanceId is long"),
            ("InternalError", "InternalError", ""),
        ];
        for (text, code, message) in table {
            let found = code_and_message(text);
            assert_eq!(found.map(|(code, message, _)| (code, message)), Some((code, message)), "{text}");
        }
    }
}
