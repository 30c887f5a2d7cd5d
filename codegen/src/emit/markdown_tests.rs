//! Whatever a document says, rustdoc takes it, and runs none of it.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::docs;
use crate::spec::Schema;

/// The text of the attributes, line by line, as rustdoc puts it together.
fn lines(tokens: &proc_macro2::TokenStream) -> Vec<String> {
    let item: syn::ItemStruct = syn::parse2(quote::quote!(#tokens struct Documented;)).expect("an item");
    let texts = item.attrs.iter().map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { panic!("an attribute that is no documentation") };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { panic!("no text") };
        text.value()
    });
    texts.map(|text| text.strip_prefix(' ').unwrap_or(&text).to_owned()).collect()
}

/// Why rustdoc would complain, or run something.
fn complaint(markdown: &str) -> Option<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut broken = None;
    let mut note = |link: pulldown_cmark::BrokenLink<'_>| {
        broken = Some(format!("a link to {}", link.reference));
        None
    };
    let (mut in_link, mut in_code) = (false, false);
    let mut found = None;
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(&mut note)) {
        match event {
            Event::Html(tag) | Event::InlineHtml(tag) => found = Some(format!("a tag {tag}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found = Some("indented code".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                in_code = true;
                if language.is_empty() || language.starts_with("rust") || language.contains([',', ' ']) {
                    found = Some(format!("code in {language:?}"));
                }
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                in_link = true;
                if !dest_url.starts_with("http") {
                    found = Some(format!("a link to {dest_url}"));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => in_link = false,
            Event::Text(text) if !in_link && !in_code => {
                // What rustdoc takes for a bare link has a host with a dot in it.
                let is_bare = |scheme: &str| {
                    text.match_indices(scheme).any(|(at, _)| {
                        let host = &text[at + scheme.len()..];
                        let host = host.split(|c: char| !(c.is_ascii_alphanumeric() || "-.".contains(c))).next();
                        host.is_some_and(|host| host.trim_matches('.').contains('.'))
                    })
                };
                if is_bare("http://") || is_bare("https://") {
                    found = Some(format!("a bare link in {text:?}"));
                }
            }
            _ => {}
        }
    }
    found.or(broken)
}

/// Pieces of what documents have, and whatever else there is.
fn piece() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "```",
        "````",
        "~~~",
        "```rust",
        "```json",
        "`",
        "``",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "- ",
        "* ",
        "1. ",
        "12) ",
        "> ",
        "# ",
        "| a | b |",
        "[from]",
        "[a](b)",
        "[a](https://a.example/b_c)",
        "[x]: y",
        "![i](u)",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "*/",
        "/*",
        "//",
        "https://a.example.com/x?y=[1]",
        "(http://a.example/)",
        "http://",
        "\\",
        "\\`",
        "\\<",
        "&lt;",
        "\0",
        "\u{202e}",
        "\u{2028}",
        "\u{feff}",
        "let it = be;",
        "e.g. ",
        ". ",
        "Vec<T>",
        "***",
        "---",
        "===",
        "__",
        "{}",
        "#[x]",
        "\"",
        "中文。",
        "^1",
        "[^1]",
        "+ ",
        "-",
        "1.",
        "=",
    ]);
    prop_oneof![4 => hostile.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[a-z ]{1,60}", 1 => "[a-z]{90,120} "]
}

fn check(text: &str, tokens: &proc_macro2::TokenStream) {
    let lines = lines(tokens);
    for line in &lines {
        assert!(!line.contains(['\r', '\n', '\0']), "{line:?} from {text:?}");
    }
    let markdown = lines.join("\n");
    assert_eq!(complaint(&markdown), None, "{markdown}\n--- from {text:?}");
    let printed = super::format::module("", Vec::new(), vec![quote::quote!(#tokens struct Documented;)]);
    assert!(syn::parse_file(&printed).is_ok(), "{printed}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_documentation(pieces in prop::collection::vec(piece(), 0..24)) {
        let text = pieces.concat();
        let schema = Schema { description: Some(text.clone()), example: Some(text.clone()), ..Schema::default() };
        check(&text, &docs::text(&docs::markdown(&text)));
        check(&text, &docs::text(&format!("- `A`: {}", docs::sentence(&docs::line(&text)))));
        check(&text, &docs::value(&schema, "`Name`"));
        check(&text, &docs::first_sentence(&schema, "`Name`"));
        let inner = docs::inner(&docs::markdown(&text));
        let inner: Vec<&str> = inner.lines().map(|line| line.trim_start_matches("//!").trim_start_matches(' ')).collect();
        assert!(inner.iter().all(|line| !line.contains('\r')));
    }

    #[test]
    fn any_text_is_code(text in prop::collection::vec(piece(), 0..6)) {
        let text = text.concat();
        check(&text, &docs::text(&format!("It is {}.", docs::code(&text))));
    }
}

#[test]
fn what_is_meant_as_markdown_stays_so() {
    let table = [
        ("See [the docs](https://a.example/b_c).", "See [the docs](https://a.example/b_c)."),
        ("See https://a.example/b_c, or [from].", "See <https://a.example/b_c>, or \\[from\\]."),
        ("A `Vec<T>` of <b>", "A `Vec<T>` of \\<b\\>"),
        ("One ` tick", "One \\` tick"),
        ("- one\n- two", "- one\n- two"),
        ("    four spaces", "four spaces"),
        ("a\n\n     five", "a\n\n   five"),
        ("```\nlet it;\n```", "```text\nlet it;\n```"),
        ("```JSON\n{", "```json\n{\n```"),
        ("~~~\nx", "\\~~~\nx"),
        ("-      five", "- five"),
    ];
    for (text, expected) in table {
        assert_eq!(docs::markdown(text), expected, "{text}");
    }
}
