//! Every code, with its severity and what is behind it.

use std::fmt;

use super::Severity;

/// The kind of a problem. `E` stops generation, `W` wants an acknowledgement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "CODES says what each one is")]
pub enum Code {
    NotYaml,
    UnknownKey,
    MissingKey,
    WrongType,
    UnknownWord,
    WrongFormat,
    Misplaced,
    Unreadable,
    UnknownType,
    WrongShape,
    Duplicate,
    WrongPath,
    UnknownSource,
    UnknownParameter,
    NameTaken,
    BadName,
    UnknownOperation,
    NotJson,
    DeadPath,
    UnknownState,
    StaleAcknowledgement,
    StaleOverride,
    Gateway,
    SameName,
    SampleMisfit,
    RequiredWithDefault,
    ExampleNotListed,
    ExampleIsFormat,
    RepeatedWords,
    ValueMisfit,
    NoFollowUp,
}

/// All codes: which, its name, why it is a problem.
pub const CODES: &[(Code, &str, &str)] = &[
    (Code::NotYaml, "E001", "The file cannot be read as YAML, so nothing else in it was looked at."),
    (Code::UnknownKey, "E002", "The format has no such key here. A misspelled key would silently do nothing."),
    (Code::MissingKey, "E003", "The format needs this key."),
    (
        Code::WrongType,
        "E004",
        "The value is of another type than the key takes. Numbers and booleans of documents are text here: quote them.",
    ),
    (Code::UnknownWord, "E005", "The key takes one of a few words, and this is none of them."),
    (Code::WrongFormat, "E006", "The file is written in a version of the format that this generator does not read."),
    (Code::Misplaced, "E007", "Specs are at specs/<product>/<version>/<Operation>.yaml, beside a product.yaml."),
    (Code::Unreadable, "E008", "The file or folder cannot be read."),
    (Code::UnknownType, "E101", "A type is one of the built-in words, or a `ref` to one of `types` in product.yaml."),
    (
        Code::WrongShape,
        "E102",
        "The keys contradict the type: objects have `fields`, lists `items`, maps `entries`, and nothing else has any of them.",
    ),
    (Code::Duplicate, "E103", "Two parts of one thing have the same name on the wire, so they cannot be told apart."),
    (
        Code::WrongPath,
        "E104",
        "Placeholders of a path and parameters in the path must be the same, and each of them is required.",
    ),
    (
        Code::UnknownSource,
        "E105",
        "A `from` names a source that product.yaml does not list, or a key that is not there.",
    ),
    (
        Code::UnknownParameter,
        "E106",
        "A rule, a pager or a waiter names a parameter that the operation does not have, or that cannot be used there.",
    ),
    (Code::NameTaken, "E107", "A name that was chosen by hand is no identifier, or is taken already."),
    (
        Code::BadName,
        "E108",
        "A name of the wire is empty, has white space around it, or has characters that cannot be sent where it travels.",
    ),
    (Code::UnknownOperation, "E109", "A waiter asks an operation as well that the product does not have."),
    (Code::NotJson, "E201", "A sample that is said to be JSON is not."),
    (Code::DeadPath, "E202", "A path of a waiter, a pager, a link or an envelope leads to nothing in the response."),
    (Code::UnknownState, "E203", "A waiter names a state that the documented values do not have, or names one twice."),
    (
        Code::StaleAcknowledgement,
        "E301",
        "An acknowledgement is for a warning that is no longer given. Take it out, so that the next such warning is seen.",
    ),
    (
        Code::StaleOverride,
        "E302",
        "An override says what would be so without it. Take it out, so that every override that stands means something.",
    ),
    (
        Code::Gateway,
        "E402",
        "The product is behind a gateway that wants a signature of its own. Its specs are checked, but no code is generated.",
    ),
    (
        Code::SameName,
        "W501",
        "Two names of the wire become one in Rust. They are told apart by a suffix, which nobody can guess: choose names.",
    ),
    (Code::SampleMisfit, "W502", "A sample has a value that its own response tree does not: one of the two is wrong."),
    (
        Code::RequiredWithDefault,
        "W503",
        "A parameter is documented as required and as having a default: one of the two is wrong.",
    ),
    (
        Code::ExampleNotListed,
        "W504",
        "The example or the default is not among the documented values: the list or the value is wrong or incomplete.",
    ),
    (Code::ExampleIsFormat, "W505", "The example shows a format, not a value, so it must not be used as one."),
    (Code::RepeatedWords, "W506", "A text says the same words twice in a row."),
    (
        Code::ValueMisfit,
        "W507",
        "An example, a default or a bound is no value of the documented type: one of the two is wrong.",
    ),
    (
        Code::NoFollowUp,
        "W508",
        "The operation that tells the end of asynchronous work is not among the specs of the product.",
    ),
];

impl Code {
    /// The code as it is printed, such as `E101`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Why it is a problem.
    pub fn explanation(self) -> &'static str {
        self.row().2
    }

    /// How bad it is: the first letter of the name tells.
    pub fn severity(self) -> Severity {
        if self.name().starts_with('E') { Severity::Error } else { Severity::Warning }
    }

    fn row(self) -> &'static (Code, &'static str, &'static str) {
        // Every variant has a row: the table is in the order of the enum, which a test holds it to.
        &CODES[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn every_code_has_its_row_and_a_name_of_its_own() {
        for (index, (code, name, explanation)) in CODES.iter().enumerate() {
            assert_eq!(*code as usize, index, "{name} is out of order");
            assert!(explanation.ends_with('.'), "{name} is not explained");
            assert!(CODES[..index].iter().all(|(_, other, _)| other < name), "{name} is out of order or there twice");
        }
    }
}
