//! From names of the wire to names in Rust. Pure functions.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words that cannot name a field or a method.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What a request has beside its parameters, and method names that clippy takes for those of a trait.
const REQUEST_WORDS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "call",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "download",
    "download_stream",
    "download_to",
    "drop",
    "encode",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_future",
    "into_iter",
    "items",
    "mul",
    "ne",
    "neg",
    "next",
    "not",
    "pages",
    "rem",
    "shl",
    "shr",
    "sub",
    "with",
    "with_metadata",
];

/// What a client has beside its operations, and the module of the shared types beside theirs.
const CLIENT_WORDS: &[&str] = &["builder", "clone", "core", "from", "new", "types"];

/// What the generated modules use by name.
const TYPE_WORDS: &[&str] = &[
    "Also",
    "AsRef",
    "AsyncWrite",
    "Authentication",
    "BTreeMap",
    "Box",
    "Bytes",
    "Call",
    "CallOptions",
    "Client",
    "Clone",
    "Debug",
    "Decode",
    "DecodeObject",
    "DecodeReply",
    "Default",
    "Display",
    "Download",
    "DownloadStream",
    "DownloadTo",
    "Encode",
    "Encoder",
    "Envelope",
    "Eq",
    "Err",
    "Error",
    "Events",
    "Fields",
    "Formatter",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Items",
    "Json",
    "Link",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Paged",
    "Pager",
    "PagerStyle",
    "Pages",
    "PartialEq",
    "Passed",
    "Path",
    "Reply",
    "ReplyKind",
    "Request",
    "RequestBody",
    "Result",
    "Self",
    "Sending",
    "SendingEvents",
    "SendingStream",
    "SendingWithMetadata",
    "SensitiveString",
    "Some",
    "String",
    "Style",
    "ToString",
    "Value",
    "Vec",
    "Wait",
    "Waiter",
    "Wire",
];

/// The most bytes of a name. Some names of the wire have hundreds, and files are called after operations.
const LONGEST: usize = 120;

/// What every enum has beside its documented values.
const VARIANT_WORDS: &[&str] = &["Other", "Self"];

/// Names of modules that mean something else in the generated crate.
const MODULE_WORDS: &[&str] =
    &["alicloud_runtime", "alloc", "blocking", "core", "runtime", "std", "testing", "untyped"];

/// Features that the generated crate has for something else than a product.
const FEATURE_WORDS: &[&str] = &[
    "blocking",
    "default",
    "external",
    "gzip",
    "http2",
    "legacy-signatures",
    "rustls",
    "serde",
    "sm3",
    "system-proxy",
    "test-util",
    "tracing",
];

/// Whether a module of a product can be called that.
pub(crate) fn is_module(name: &str) -> bool {
    name == module_name(name) && !MODULE_WORDS.contains(&name)
}

/// Whether a feature of a product can be called that.
pub(crate) fn is_feature(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !FEATURE_WORDS.contains(&name)
}

/// Who has names that a new one must not be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// Fields and setters of a request.
    Request,
    /// Fields of an object.
    Object,
    /// Methods of a client.
    Client,
    /// Types in the module of an operation.
    Type,
    /// Variants of an enum.
    Variant,
}

/// The name where it is free, otherwise the same with the first suffix that is free: `name_`, `name_2`, `name_3`; for
/// types and variants `Name_`, `Name2`, `Name3`.
pub(super) fn unique(name: String, scope: Scope, is_taken: &dyn Fn(&str) -> bool) -> String {
    let base = name.trim_end_matches('_').to_owned();
    let parted = matches!(scope, Scope::Type | Scope::Variant) && !base.ends_with(|c: char| c.is_ascii_digit());
    let (mut free, mut count) = (name, 1_usize);
    while is_taken(&free) {
        let between = if parted { "" } else { "_" };
        free = match count {
            1 if !free.ends_with('_') => format!("{base}_"),
            _ => format!("{base}{between}{}", count.max(2)),
        };
        count += 1;
    }
    free
}

/// A field: `DownloadURLResult` becomes `download_url_result`.
pub fn field_name(wire: &str) -> String {
    identifier(&spaced(wire).to_snake_case(), "field_")
}

/// A type: `DownloadURLResult` becomes `DownloadUrlResult`.
pub fn type_name(wire: &str) -> String {
    escape(identifier(&spaced(wire).to_upper_camel_case(), "Type"), TYPE_WORDS)
}

/// A value of an enum: `DOWNLOAD_FAIL` becomes `DownloadFail`, `1.0` becomes `Value1_0`.
pub fn variant_name(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    // Digits that a dot or a dash parts stay parted: 1.0 and 10 are two values.
    let parted: String = value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<String> =
        parted.split(' ').filter(|word| !word.is_empty()).map(ToUpperCamelCase::to_upper_camel_case).collect();
    let mut name = String::new();
    for word in words {
        let digits_meet =
            name.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        if digits_meet {
            name.push('_');
        }
        name.push_str(&word);
    }
    escape(identifier(&name, "Value"), VARIANT_WORDS)
}

/// A type that is named after what is around it as well.
pub(super) fn joined(around: &str, name: &str) -> String {
    shortened(format!("{around}{name}"))
}

/// A module: as a field, but with nothing around it to collide with.
pub(crate) fn module_name(name: &str) -> String {
    escape(field_name(name), KEYWORDS)
}

/// The name where it is free in its scope, otherwise with an underscore behind it.
pub(super) fn in_scope(name: String, scope: Scope) -> String {
    let name = escape(name, KEYWORDS);
    match scope {
        Scope::Type => escape(name, TYPE_WORDS),
        Scope::Variant => escape(name, VARIANT_WORDS),
        Scope::Object => name,
        Scope::Client => escape(name, CLIENT_WORDS),
        Scope::Request if name.starts_with("until_") => name + "_",
        Scope::Request => escape(name, REQUEST_WORDS),
    }
}

/// One of several: `Regions` becomes `Region`.
pub(super) fn singular(wire: &str) -> String {
    let lower = wire.to_ascii_lowercase();
    let cut = |count: usize, add: &str| format!("{}{add}", &wire[..wire.len() - count]);
    if lower.ends_with("ies") && wire.len() > 4 {
        cut(3, "y")
    } else if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| lower.ends_with(end)) {
        cut(2, "")
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) && wire.len() > 2 {
        cut(1, "")
    } else {
        wire.to_owned()
    }
}

/// Whether a name chosen by hand can be one.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
        && name != "Self"
}

/// Everything that cannot be in a name is a gap between words.
fn spaced(wire: &str) -> String {
    wire.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

fn identifier(name: &str, prefix: &str) -> String {
    let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    shortened(if begins_well { name.to_owned() } else { format!("{prefix}{name}") })
}

/// A name that is too long is cut, and ends in a checksum of all of it, so that two of them do not meet.
fn shortened(mut name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a: the same on every machine, in all versions.
    let mut sum: u32 = 0x811c_9dc5;
    for byte in name.bytes() {
        sum = (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    // All characters are ASCII by now. A letter in front of the checksum keeps it from being taken for a number.
    name.truncate(LONGEST - 10);
    let between = if name.starts_with(|c: char| c.is_ascii_lowercase()) { "_x" } else { "X" };
    format!("{}{between}{sum:08x}", name.trim_end_matches('_'))
}

fn escape(name: String, words: &[&str]) -> String {
    if words.contains(&name.as_str()) { name + "_" } else { name }
}

#[cfg(test)]
mod tests {
    use super::{Scope, field_name, in_scope, module_name, singular, type_name, variant_name};

    #[test]
    fn names_of_the_wire_become_names_in_rust() {
        let table = [
            // wire, field of a request, type
            ("OrderId", "order_id", "OrderId"),
            ("DownloadURLResult", "download_url_result", "DownloadUrlResult"),
            ("ExeSQL", "exe_sql", "ExeSql"),
            ("type", "type_", "Type"),
            ("Result", "result", "Result_"),
            ("x-oss-meta-*", "x_oss_meta", "XOssMeta"),
            ("x\u{2011}oss\u{2011}tagging", "x_oss_tagging", "XOssTagging"),
            ("Tag.1.Key", "tag_1_key", "Tag1Key"),
            ("__context", "context", "Context"),
            ("_", "field_", "Type"),
            ("2d", "field_2d", "Type2d"),
            ("Add", "add_", "Add"),
            ("Call", "call_", "Call_"),
            ("With", "with_", "With"),
            ("UntilDate", "until_date_", "UntilDate"),
            ("self", "self_", "Self_"),
            ("名称", "field_", "Type"),
        ];
        for (wire, field, kind) in table {
            assert_eq!(in_scope(field_name(wire), Scope::Request), field, "{wire}");
            assert_eq!(type_name(wire), kind, "{wire}");
        }
        assert_eq!(module_name("Pub"), "pub_");
    }

    #[test]
    fn values_become_variants() {
        let table = [
            ("DOWNLOAD_FAIL", "DownloadFail"),
            ("queueing", "Queueing"),
            ("cn-hangzhou", "CnHangzhou"),
            ("1", "Value1"),
            ("1.0", "Value1_0"),
            ("10", "Value10"),
            ("", "Empty"),
            ("Other", "Other_"),
            ("self", "Self_"),
            ("PLAIN_TEXT：纯本文", "PlainText"),
            ("相似", "Value"),
        ];
        for (value, variant) in table {
            assert_eq!(variant_name(value), variant, "{value}");
        }
    }

    #[test]
    fn lists_are_named_after_one_of_them() {
        let table = [
            ("Regions", "Region"),
            ("Policies", "Policy"),
            ("Addresses", "Address"),
            ("Status", "Status"),
            ("Access", "Access"),
            ("Data", "Data"),
            ("DBInstances", "DBInstance"),
            ("Ips", "Ip"),
        ];
        for (many, one) in table {
            assert_eq!(singular(many), one);
        }
    }
}
