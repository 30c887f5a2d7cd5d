//! Every code, with its severity and what is behind it.

use std::fmt;

use super::Severity;

/// The kind of a problem. `E` stops generation, `W` wants an acknowledgement, `I` tells what an
/// import did.
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
    ToFillIn,
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
    NotMetadata,
    NoOperation,
    NotListed,
    ListedTwice,
    NameDrift,
    ParameterMerged,
    ParameterDropped,
    MadeRequired,
    PathMended,
    StyleMended,
    NameMended,
    DanglingReference,
    TypeGuessed,
    ItemsMissing,
    TooDeep,
    JunkDropped,
    DefaultDropped,
    ValuesFromTitles,
    ValuesDropped,
    StatusDropped,
    SampleDropped,
    IntervalMended,
    HostMended,
    StyleGuessed,
    GatewayGuessed,
    NameGuessed,
    EndpointsGuessed,
    EnvelopeGuessed,
    ResponseGuessed,
    IdempotentGuessed,
    FillGuessed,
    SensitiveGuessed,
    PagerGuessed,
    LinkGuessed,
    WaiterGuessed,
    GuessDropped,
    Acknowledged,
    KeptAsWritten,
    NamelessPage,
    UnknownLocation,
    UnknownEnvelope,
    LostTable,
    LostValues,
    LostResources,
    ContradictedMark,
    ConditionalMark,
    GuessedPlace,
    OnlyInSample,
    SampleContradicts,
    SecondRow,
    UnknownTypeWord,
    BrokenSample,
    ErrorsElsewhere,
    CommonParameter,
    NeedsWords,
    GuessedIdempotent,
    GuessedSplit,
    GuessedHolds,
    SameName,
    SampleMisfit,
    RequiredWithDefault,
    ExampleNotListed,
    ExampleIsFormat,
    RepeatedWords,
    ValueMisfit,
    NoFollowUp,
}

/// All codes: which, its name, and its explanation in Markdown.
///
/// An explanation is a file of its own in `codes/`, named after the code: a first paragraph that says what is wrong, one
/// that begins with `Why it matters:`, one that begins with `To mend it:`, and where it helps a spec before (`Wrong`)
/// and after (`Right`). Tests hold each file to that, and what the specs in it make.
pub const CODES: &[(Code, &str, &str)] = &[
    (Code::NotYaml, "E001", include_str!("codes/E001.md")),
    (Code::UnknownKey, "E002", include_str!("codes/E002.md")),
    (Code::MissingKey, "E003", include_str!("codes/E003.md")),
    (Code::WrongType, "E004", include_str!("codes/E004.md")),
    (Code::UnknownWord, "E005", include_str!("codes/E005.md")),
    (Code::WrongFormat, "E006", include_str!("codes/E006.md")),
    (Code::Misplaced, "E007", include_str!("codes/E007.md")),
    (Code::Unreadable, "E008", include_str!("codes/E008.md")),
    (Code::ToFillIn, "E009", include_str!("codes/E009.md")),
    (Code::UnknownType, "E101", include_str!("codes/E101.md")),
    (Code::WrongShape, "E102", include_str!("codes/E102.md")),
    (Code::Duplicate, "E103", include_str!("codes/E103.md")),
    (Code::WrongPath, "E104", include_str!("codes/E104.md")),
    (Code::UnknownSource, "E105", include_str!("codes/E105.md")),
    (Code::UnknownParameter, "E106", include_str!("codes/E106.md")),
    (Code::NameTaken, "E107", include_str!("codes/E107.md")),
    (Code::BadName, "E108", include_str!("codes/E108.md")),
    (Code::UnknownOperation, "E109", include_str!("codes/E109.md")),
    (Code::NotJson, "E201", include_str!("codes/E201.md")),
    (Code::DeadPath, "E202", include_str!("codes/E202.md")),
    (Code::UnknownState, "E203", include_str!("codes/E203.md")),
    (Code::StaleAcknowledgement, "E301", include_str!("codes/E301.md")),
    (Code::StaleOverride, "E302", include_str!("codes/E302.md")),
    (Code::Gateway, "E402", include_str!("codes/E402.md")),
    (Code::NotMetadata, "I601", include_str!("codes/I601.md")),
    (Code::NoOperation, "I602", include_str!("codes/I602.md")),
    (Code::NotListed, "I603", include_str!("codes/I603.md")),
    (Code::ListedTwice, "I604", include_str!("codes/I604.md")),
    (Code::NameDrift, "I605", include_str!("codes/I605.md")),
    (Code::ParameterMerged, "I611", include_str!("codes/I611.md")),
    (Code::ParameterDropped, "I612", include_str!("codes/I612.md")),
    (Code::MadeRequired, "I613", include_str!("codes/I613.md")),
    (Code::PathMended, "I614", include_str!("codes/I614.md")),
    (Code::StyleMended, "I615", include_str!("codes/I615.md")),
    (Code::NameMended, "I616", include_str!("codes/I616.md")),
    (Code::DanglingReference, "I621", include_str!("codes/I621.md")),
    (Code::TypeGuessed, "I622", include_str!("codes/I622.md")),
    (Code::ItemsMissing, "I623", include_str!("codes/I623.md")),
    (Code::TooDeep, "I624", include_str!("codes/I624.md")),
    (Code::JunkDropped, "I625", include_str!("codes/I625.md")),
    (Code::DefaultDropped, "I626", include_str!("codes/I626.md")),
    (Code::ValuesFromTitles, "I627", include_str!("codes/I627.md")),
    (Code::ValuesDropped, "I628", include_str!("codes/I628.md")),
    (Code::StatusDropped, "I631", include_str!("codes/I631.md")),
    (Code::SampleDropped, "I632", include_str!("codes/I632.md")),
    (Code::IntervalMended, "I633", include_str!("codes/I633.md")),
    (Code::HostMended, "I634", include_str!("codes/I634.md")),
    (Code::StyleGuessed, "I651", include_str!("codes/I651.md")),
    (Code::GatewayGuessed, "I652", include_str!("codes/I652.md")),
    (Code::NameGuessed, "I653", include_str!("codes/I653.md")),
    (Code::EndpointsGuessed, "I654", include_str!("codes/I654.md")),
    (Code::EnvelopeGuessed, "I655", include_str!("codes/I655.md")),
    (Code::ResponseGuessed, "I656", include_str!("codes/I656.md")),
    (Code::IdempotentGuessed, "I657", include_str!("codes/I657.md")),
    (Code::FillGuessed, "I658", include_str!("codes/I658.md")),
    (Code::SensitiveGuessed, "I659", include_str!("codes/I659.md")),
    (Code::PagerGuessed, "I660", include_str!("codes/I660.md")),
    (Code::LinkGuessed, "I661", include_str!("codes/I661.md")),
    (Code::WaiterGuessed, "I662", include_str!("codes/I662.md")),
    (Code::GuessDropped, "I663", include_str!("codes/I663.md")),
    (Code::Acknowledged, "I664", include_str!("codes/I664.md")),
    (Code::KeptAsWritten, "I671", include_str!("codes/I671.md")),
    (Code::NamelessPage, "I701", include_str!("codes/I701.md")),
    (Code::UnknownLocation, "I702", include_str!("codes/I702.md")),
    (Code::UnknownEnvelope, "I703", include_str!("codes/I703.md")),
    (Code::LostTable, "I704", include_str!("codes/I704.md")),
    (Code::LostValues, "I705", include_str!("codes/I705.md")),
    (Code::LostResources, "I706", include_str!("codes/I706.md")),
    (Code::ContradictedMark, "I707", include_str!("codes/I707.md")),
    (Code::ConditionalMark, "I708", include_str!("codes/I708.md")),
    (Code::GuessedPlace, "I709", include_str!("codes/I709.md")),
    (Code::OnlyInSample, "I710", include_str!("codes/I710.md")),
    (Code::SampleContradicts, "I711", include_str!("codes/I711.md")),
    (Code::SecondRow, "I712", include_str!("codes/I712.md")),
    (Code::UnknownTypeWord, "I713", include_str!("codes/I713.md")),
    (Code::BrokenSample, "I714", include_str!("codes/I714.md")),
    (Code::ErrorsElsewhere, "I715", include_str!("codes/I715.md")),
    (Code::CommonParameter, "I716", include_str!("codes/I716.md")),
    (Code::NeedsWords, "I717", include_str!("codes/I717.md")),
    (Code::GuessedIdempotent, "I718", include_str!("codes/I718.md")),
    (Code::GuessedSplit, "I719", include_str!("codes/I719.md")),
    (Code::GuessedHolds, "I720", include_str!("codes/I720.md")),
    (Code::SameName, "W501", include_str!("codes/W501.md")),
    (Code::SampleMisfit, "W502", include_str!("codes/W502.md")),
    (Code::RequiredWithDefault, "W503", include_str!("codes/W503.md")),
    (Code::ExampleNotListed, "W504", include_str!("codes/W504.md")),
    (Code::ExampleIsFormat, "W505", include_str!("codes/W505.md")),
    (Code::RepeatedWords, "W506", include_str!("codes/W506.md")),
    (Code::ValueMisfit, "W507", include_str!("codes/W507.md")),
    (Code::NoFollowUp, "W508", include_str!("codes/W508.md")),
];

impl Code {
    /// The code as it is printed, such as `E101`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What is wrong, why it matters and how to mend it, in Markdown.
    pub fn explanation(self) -> &'static str {
        self.row().2
    }

    /// What is wrong: the first paragraph of the explanation, in one line.
    pub fn summary(self) -> String {
        self.explanation().split("\n\n").next().unwrap_or_default().replace('\n', " ")
    }

    /// The code of a name such as `E101`, in upper or lower case.
    pub fn named(name: &str) -> Option<Self> {
        CODES.iter().find(|(_, other, _)| other.eq_ignore_ascii_case(name)).map(|(code, ..)| *code)
    }

    /// How bad it is: the first letter of the name tells.
    pub fn severity(self) -> Severity {
        match self.name().as_bytes().first() {
            Some(b'E') => Severity::Error,
            Some(b'I') => Severity::Note,
            _ => Severity::Warning,
        }
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
        for (index, (code, name, _)) in CODES.iter().enumerate() {
            assert_eq!(*code as usize, index, "{name} is out of order");
            assert!(CODES[..index].iter().all(|(_, other, _)| other < name), "{name} is out of order or there twice");
        }
    }
}
