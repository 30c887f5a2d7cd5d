//! How to go from page to page.

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Holds, Location, Operation, Pager, PagerStyle, Product, Schema, Type};

use super::leaves::{self, Leaf};

const PAGE: &[&str] = &[
    "PageNumber",
    "CurrentPage",
    "PageNo",
    "PageNum",
    "PageIndex",
    "page",
    "Page",
    "pageNumber",
    "pageNum",
    "currentPage",
    "pageNo",
    "page_number",
    "page_num",
    "pageIndex",
    "Pn",
];
const SIZE: &[&str] = &[
    "PageSize",
    "MaxResults",
    "Limit",
    "pageSize",
    "size",
    "limit",
    "maxResults",
    "Size",
    "MaxItems",
    "page_size",
    "max_results",
    "MaxResult",
    "maxResult",
    "PerPage",
    "per_page",
    "perPage",
    "max-keys",
];
const TOKEN: &[&str] = &[
    "NextToken",
    "nextToken",
    "NextPageToken",
    "next_token",
    "marker",
    "Marker",
    "PageToken",
    "pageToken",
    "Cursor",
    "ScrollId",
    "LastToken",
    "continuation-token",
    "ContinuationToken",
];
const OFFSET: &[&str] = &["Offset", "offset", "Skip", "skip"];
const TOTAL: &[&str] = &[
    "TotalCount",
    "totalCount",
    "TotalRecordCount",
    "Total",
    "total",
    "TotalNum",
    "totalNum",
    "TotalSize",
    "total_count",
    "TotalItems",
    "totalSize",
    "TotalRecords",
];
const PAGES: &[&str] = &["TotalPage", "TotalPages", "totalPage", "totalPages", "TotalPageCount", "total_page"];

/// Guesses the pager, if the operation takes a page and its reply has one list that can be the items.
pub(super) fn guess(operation: &mut Operation, product: &Product, notes: &mut Notes) {
    let root = &operation.response.schema;
    let found = leaves::of(root, product, 3);
    let token = asked(operation, product, TOKEN).and_then(|(position, name)| {
        let next = next_token(&name, &found)?;
        Some((PagerStyle::Token, position, Some(next)))
    });
    let by_page = || asked(operation, product, PAGE).map(|(position, _)| (PagerStyle::PageNumber, position, None));
    let size = asked(operation, product, SIZE).map(|(size, _)| size);
    let by_offset = || {
        let offset = asked(operation, product, OFFSET).filter(|_| size.is_some());
        offset.map(|(position, _)| (PagerStyle::Offset, position, None))
    };
    let Some((style, position, next)) = token.or_else(by_page).or_else(by_offset) else { return };
    let items = match items(root, product, &found) {
        Ok(items) => items,
        Err(why) => return notes.say(Code::PagerGuessed, "pager", format!("there is a page, but {why}: no pager")),
    };
    // Counts stand beside the list or around it.
    let around = |names: &[&str]| {
        let fits = |leaf: &&Leaf<'_>| {
            is_count(leaf.schema) && (leaf.within.is_empty() || items.starts_with(&format!("{}.", leaf.within)))
        };
        names.iter().find_map(|name| found.iter().filter(|leaf| leaf.name == *name).find(fits)).map(Leaf::path)
    };
    let repeated = |asked: &str| around(&[asked.rsplit('.').next().unwrap_or(asked)]);
    let pager = Pager {
        style,
        first: (style == PagerStyle::PageNumber && begins_at_zero(operation, &position)).then_some(0),
        total: around(TOTAL),
        pages: if style == PagerStyle::PageNumber { around(PAGES) } else { None },
        number: if style == PagerStyle::PageNumber { repeated(&position) } else { None },
        page_size: size.as_deref().and_then(repeated),
        position,
        size,
        items,
        next,
    };
    notes.say(
        Code::PagerGuessed,
        "pager",
        format!("pages by `{}`, with the items at `{}`", pager.position, pager.items),
    );
    for parameter in &mut operation.parameters {
        let is_it = parameter.name == pager.position || pager.size.as_ref() == Some(&parameter.name);
        if is_it && style != PagerStyle::Token && parameter.schema.kind == Some(Type::String) {
            parameter.schema.holds = Some(Holds::Integer);
        }
    }
    operation.pager = Some(pager);
}

/// The parameter of one of these names, or the field of the body: how the format writes it, and its name.
fn asked(operation: &Operation, product: &Product, names: &[&str]) -> Option<(String, String)> {
    let plain = |schema: &Schema| matches!(schema.kind(), Some(Type::String | Type::Integer | Type::Long));
    for name in names {
        for parameter in &operation.parameters {
            if parameter.name == *name && plain(&parameter.schema) && parameter.location != Location::Body {
                return Some((parameter.name.clone(), (*name).to_owned()));
            }
            let fields = &product.follow(&parameter.schema).fields;
            if parameter.location == Location::Body
                && fields.iter().any(|field| field.name == *name && plain(&field.schema))
            {
                return Some((format!("{}.{name}", parameter.name), (*name).to_owned()));
            }
        }
    }
    None
}

/// Where the reply has the next token.
fn next_token(asked: &str, found: &[Leaf<'_>]) -> Option<String> {
    let capital =
        |name: &str| name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect::<String>();
    let names = [
        asked.to_owned(),
        format!("Next{}", capital(asked)),
        format!("next{}", capital(asked)),
        format!("next_{asked}"),
        "NextToken".to_owned(),
        "nextToken".to_owned(),
        "NextPageToken".to_owned(),
        "next_token".to_owned(),
        "NextMarker".to_owned(),
    ];
    let is_text = |leaf: &&Leaf<'_>| leaf.schema.kind() == Some(Type::String);
    names.iter().find_map(|name| found.iter().filter(is_text).find(|leaf| leaf.name == *name)).map(Leaf::path)
}

/// The only list that can be the items; of several, the only one of objects.
fn items(root: &Schema, product: &Product, found: &[Leaf<'_>]) -> Result<String, String> {
    if product.follow(root).kind() == Some(Type::List) {
        return Ok("[]".to_owned());
    }
    let lists: Vec<&Leaf<'_>> = found.iter().filter(|leaf| leaf.schema.kind() == Some(Type::List)).collect();
    let of_objects = |leaf: &&&Leaf<'_>| {
        let item = leaf.schema.items.as_deref().map(|items| product.follow(items));
        item.is_some_and(|item| matches!(item.kind(), Some(Type::Object | Type::Map)))
    };
    let objects: Vec<&&Leaf<'_>> = lists.iter().filter(of_objects).collect();
    match (lists.as_slice(), objects.as_slice()) {
        ([only], _) => Ok(format!("{}[]", only.path())),
        (_, [only]) => Ok(format!("{}[]", only.path())),
        ([], _) => Err("the reply has no list".to_owned()),
        _ => {
            let paths: Vec<String> = lists.iter().map(|leaf| leaf.path()).collect();
            Err(format!("the reply has several lists ({})", paths.join(", ")))
        }
    }
}

/// Whether a number says how many there are.
fn is_count(schema: &Schema) -> bool {
    matches!(schema.kind(), Some(Type::Integer | Type::Long | Type::String))
}

/// Whether pages are counted from 0: that is the default, or the smallest and the example.
fn begins_at_zero(operation: &Operation, position: &str) -> bool {
    let schema =
        operation.parameters.iter().find(|parameter| parameter.name == position).map(|parameter| &parameter.schema);
    let zero = |value: &Option<String>| value.as_deref() == Some("0");
    schema.is_some_and(|schema| zero(&schema.default) || (zero(&schema.minimum) && zero(&schema.example)))
}
