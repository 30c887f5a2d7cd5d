//! What must never print, by its name: passwords, secrets, tokens, signed links.

use super::words;
use crate::spec::{Schema, Type};

/// The last word of names of secrets.
const SECRETS: &[&str] = &["credential", "credentials", "passphrase", "passwd", "password", "pwd", "secret", "token"];

/// Names of secrets, without what parts their words.
const WHOLE: &[&str] = &[
    "accesskey",
    "apikey",
    "appkeysecret",
    "authorization",
    "ciphertextprivatekey",
    "encryptedprivatekey",
    "plaintext",
    "privatekey",
    "secretaccesskey",
    "secretdata",
    "secretkey",
    "sshkey",
    "userdatakey",
];

/// The word before `token` in tokens that are no secrets.
const HARMLESS: &[&str] = &[
    "client",
    "continuation",
    "continue",
    "count",
    "cursor",
    "idempotency",
    "idempotent",
    "input",
    "last",
    "list",
    "marker",
    "max",
    "next",
    "output",
    "page",
    "paging",
    "prev",
    "previous",
    "query",
    "request",
    "scroll",
    "start",
    "total",
    "trace",
];

/// Marks a text whose name says that it is a secret; its values are none that may be listed. Says whether it was marked.
pub(in crate::import) fn mark(name: &str, schema: &mut Schema) -> bool {
    let is_text = schema.kind == Some(Type::String) && !schema.sensitive;
    if is_text && by_name(name) {
        schema.sensitive = true;
        schema.values.clear();
        return true;
    }
    false
}

/// Whether a name is one of a secret.
fn by_name(name: &str) -> bool {
    let words = words::of(name);
    let whole = words.concat();
    let before = words.len().checked_sub(2).and_then(|index| words.get(index)).map_or("", String::as_str);
    match words.last().map(String::as_str) {
        Some("token") => !HARMLESS.contains(&before),
        Some("key") if WHOLE.contains(&format!("{before}key").as_str()) => true,
        // A hint, a policy or the name of a secret ends in another word.
        Some(last) => SECRETS.contains(&last) || WHOLE.contains(&whole.as_str()) || is_signed_link(&words),
        None => false,
    }
}

/// Links to files are signed: who has one has the file.
pub(in crate::import) fn is_signed_link(words: &[String]) -> bool {
    let is = |word: &str, others: &[&str]| others.contains(&word);
    let link = words.last().is_some_and(|last| is(last, &["url", "link", "urls", "links"]));
    link && words.iter().any(|word| is(word, &["download", "signed", "presigned", "upload"]))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_tell_secrets() {
        let table = [
            ("Password", true),
            ("AccountPassword", true),
            ("AccessKeySecret", true),
            ("SecurityToken", true),
            ("accessKey", true),
            ("DownloadUrl", true),
            ("BackupDownloadURL", true),
            ("UserApiKey", true),
            ("SSHPrivateKey", true),
            ("NextToken", false),
            ("PublicKey", false),
            ("ClientToken", false),
            ("next_page_token", false),
            ("TokenType", false),
            ("PasswordPolicy", false),
            ("SecretName", false),
            ("AccessKeyId", false),
            ("CallbackUrl", false),
        ];
        for (name, expected) in table {
            assert_eq!(super::by_name(name), expected, "{name}");
        }
    }
}
