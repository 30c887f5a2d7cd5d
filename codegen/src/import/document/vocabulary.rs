//! The words that help pages use for their sections, columns and marks, in English and in Chinese.

use crate::spec::Location;

/// What a section is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// What stands before any heading: title, date, summary.
    Head,
    /// What else there is to know.
    Description,
    /// What a RAM policy must grant.
    Access,
    /// Method and path.
    Syntax,
    /// Parameters, and where they travel if the heading tells.
    Request(Option<Location>),
    /// The response.
    Response,
    /// The headers of the response.
    ResponseHeaders,
    /// Samples of any kind.
    Examples,
    /// A sample of a request.
    RequestSample,
    /// A sample of a response.
    Sample,
    /// A sample of an error.
    ErrorSample,
    /// Error codes.
    Errors,
    /// What changed when.
    History,
    /// Nothing that a spec has a place for.
    Other,
}

const HEADINGS: &[(Part, &[&str])] = &[
    (Part::Description, &["operation description", "usage notes", "接口说明", "使用说明"]),
    (
        Part::Access,
        &["authorization information", "ram authorization", "authorization", "授权信息", "ram 授权信息", "访问授权"],
    ),
    (Part::Syntax, &["request syntax", "request method and uri", "请求语法"]),
    (Part::Request(None), &["request parameters", "请求参数", "入参"]),
    (Part::Request(Some(Location::Path)), &["path parameters", "路径参数"]),
    (Part::Request(Some(Location::Query)), &["query parameters", "查询参数"]),
    (Part::Request(Some(Location::Form)), &["form parameters", "formdata parameters"]),
    (Part::Request(Some(Location::Header)), &["request headers", "header parameters", "请求头"]),
    (Part::Request(Some(Location::Body)), &["request body", "body parameters", "请求体"]),
    (
        Part::Response,
        &[
            "response parameters",
            "response elements",
            "response body",
            "return parameters",
            "returned data",
            "返回参数",
            "返回数据",
            "出参",
        ],
    ),
    (Part::ResponseHeaders, &["response headers", "返回头"]),
    (Part::Examples, &["examples", "example", "sample responses", "示例", "返回示例"]),
    (Part::RequestSample, &["sample requests", "sample request", "request example", "请求示例"]),
    (
        Part::Sample,
        &[
            "sample success responses",
            "sample success response",
            "success response",
            "sample response",
            "response example",
            "normal response example",
            "正常返回示例",
        ],
    ),
    (
        Part::ErrorSample,
        &[
            "sample error responses",
            "sample error response",
            "error response",
            "error responses",
            "异常返回示例",
            "错误返回示例",
        ],
    ),
    (Part::Errors, &["error codes", "error code", "错误码"]),
    (Part::History, &["change history", "变更历史", "變更歷史"]),
    (Part::Other, &["debugging", "try it now", "调试", "release notes", "references"]),
];

/// What a heading says that its section is about.
pub(super) fn part(heading: &str) -> Option<Part> {
    let text = heading.trim().trim_start_matches('#').trim().trim_end_matches([':', '：']).trim_matches('*');
    let text = text.to_lowercase();
    HEADINGS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(part, _)| *part)
}

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Column {
    Name,
    Type,
    Required,
    Location,
    Description,
    Example,
    Default,
    Action,
    Level,
    Resource,
    Condition,
    Associated,
    Status,
    Code,
    Message,
    Time,
    Summary,
    Other,
}

/// Words of heads of tables. Where one begins with another, the longer stands first.
const COLUMNS: &[(&str, Column)] = &[
    ("parameter", Column::Name),
    ("element", Column::Name),
    ("field", Column::Name),
    ("名称", Column::Name),
    ("参数", Column::Name),
    ("type", Column::Type),
    ("类型", Column::Type),
    ("required", Column::Required),
    ("是否必选", Column::Required),
    ("必填", Column::Required),
    ("position", Column::Location),
    ("location", Column::Location),
    ("位置", Column::Location),
    ("description", Column::Description),
    ("描述", Column::Description),
    ("example", Column::Example),
    ("示例值", Column::Example),
    ("示例", Column::Example),
    ("default value", Column::Default),
    ("default", Column::Default),
    ("默认值", Column::Default),
    ("operation", Column::Action),
    ("action", Column::Action),
    ("api", Column::Other),
    ("操作", Column::Action),
    ("access level", Column::Level),
    ("访问级别", Column::Level),
    ("resource type", Column::Resource),
    ("资源类型", Column::Resource),
    ("condition key", Column::Condition),
    ("条件关键字", Column::Condition),
    ("associated operation", Column::Associated),
    ("dependent action", Column::Associated),
    ("关联操作", Column::Associated),
    ("http status code", Column::Status),
    ("http code", Column::Status),
    ("http status", Column::Status),
    ("error code", Column::Code),
    ("error message", Column::Message),
    ("错误码", Column::Code),
    ("错误信息", Column::Message),
    ("change time", Column::Time),
    ("变更时间", Column::Time),
    ("summary of changes", Column::Summary),
    ("变更内容概要", Column::Summary),
    ("name", Column::Name),
];

/// What a column with this title holds.
pub(super) fn column(title: &str) -> Column {
    let title = title.trim().trim_matches('*').to_lowercase();
    COLUMNS.iter().find(|(word, _)| *word == title).map_or(Column::Other, |(_, column)| *column)
}

/// The columns of a head of a table whose titles stand in one line, with or without anything between them.
pub(super) fn columns(line: &str) -> Option<Vec<Column>> {
    let mut rest = line.trim().to_lowercase();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (word, column) = COLUMNS.iter().find(|(word, _)| rest.starts_with(word))?;
        found.push(*column);
        rest = rest[word.len()..].trim_start_matches(['|', ' ', '\t']).to_owned();
    }
    (found.len() > 1).then_some(found)
}

/// The mark of a required or an optional parameter.
pub(super) fn mark(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "required" | "是" => Some(true),
        "no" | "false" | "optional" | "否" => Some(false),
        _ => None,
    }
}

/// Splits off the mark that a line ends with.
pub(super) fn trailing_mark(text: &str) -> Option<(&str, bool)> {
    [("Yes", true), ("No", false), ("是", true), ("否", false)]
        .iter()
        .find_map(|(word, mark)| text.strip_suffix(word).map(|rest| (rest.trim_end(), *mark)))
}

/// Where a column says that a parameter travels.
pub(super) fn location(text: &str) -> Option<Location> {
    match text.trim().to_lowercase().as_str() {
        "query" => Some(Location::Query),
        "form" | "formdata" => Some(Location::Form),
        "path" => Some(Location::Path),
        "header" => Some(Location::Header),
        "body" => Some(Location::Body),
        "host" => Some(Location::Host),
        _ => None,
    }
}

/// Access levels, as RAM tables have them.
pub(super) const LEVELS: &[&str] =
    &["read", "write", "list", "get", "create", "update", "delete", "none", "readandwrite", "permissions management"];

/// Whether a text can be the name of a parameter or a field.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 400
        && text.chars().all(|c| c.is_alphanumeric() || "_-.$#*[]@:/".contains(c))
        && !text.chars().all(|c| c.is_ascii_punctuation())
}
