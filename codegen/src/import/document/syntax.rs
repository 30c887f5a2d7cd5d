//! Method and path, where a document has them.

use super::page::{Block, Page};
use super::vocabulary::Part;
use crate::spec::Method;

/// Reads `GET /clusters/{ClusterId} HTTP/1.1`. RPC operations have none, or `/`.
pub(super) fn read(page: &Page) -> Option<(Method, String)> {
    let blocks = page.about(Part::Syntax).flat_map(|section| &section.blocks);
    let texts = blocks.filter_map(|block| match block {
        Block::Text(piece) => Some(piece.text.as_str()),
        Block::Code(code) => code.text.lines().next(),
        Block::Table(_) => None,
    });
    texts.filter_map(line).find(|(_, path)| path != "/")
}

fn line(text: &str) -> Option<(Method, String)> {
    let mut words = text.split_whitespace();
    let method = match words.next()?.to_uppercase().as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        "PATCH" => Method::Patch,
        "HEAD" => Method::Head,
        _ => return None,
    };
    let path = words.next().filter(|path| path.starts_with('/'))?;
    // `[ClusterId]` is an older way to write a placeholder.
    let path = path.split('?').next().unwrap_or(path).replace('[', "{").replace(']', "}");
    Some((method, path))
}
