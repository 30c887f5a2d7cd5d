//! Tokens to text: one item at a time, with blank lines where a person would leave them.

use proc_macro2::TokenStream;
use syn::{File, Item};

/// The text of a module: header comments, imports, items.
///
/// `prettyplease` puts no blank lines between items, so each is printed by itself.
pub(super) fn module(header: &str, uses: Vec<TokenStream>, items: Vec<TokenStream>) -> String {
    let mut text = header.to_owned();
    if !uses.is_empty() {
        text.push('\n');
        text.push_str(&lines(uses));
    }
    for tokens in items.into_iter().filter(|tokens| !tokens.is_empty()) {
        text.push('\n');
        text.push_str(&parted(&print(tokens)));
    }
    text
}

/// Items without blank lines between them.
pub(super) fn lines(items: Vec<TokenStream>) -> String {
    items.into_iter().map(print).collect()
}

/// Prints one item.
///
/// Tokens are given away: parsing those that somebody else has as well would copy them all.
fn print(tokens: TokenStream) -> String {
    let item: Item = match syn::parse2(tokens) {
        Ok(item) => item,
        // The emitter wrote something that is no Rust, which is to fail where it is compiled.
        Err(error) => return format!("compile_error!({:?});\n", error.to_string()),
    };
    prettyplease::unparse(&File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None })
}

/// Puts a blank line between the functions of an `impl`.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 64);
    let mut before = "";
    for line in text.lines() {
        let after_function = before == "    }" && text.starts_with("impl");
        let after_types = before.starts_with("    type ") && !line.starts_with("    type ");
        if (after_function || after_types) && line != "}" {
            parted.push('\n');
        }
        parted.push_str(line);
        parted.push('\n');
        before = line;
    }
    parted
}
