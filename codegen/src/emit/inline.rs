//! Many files as one: modules in their own files become modules in braces, which `include!` takes wherever it stands.

use super::File;

/// The text of `root` with the modules that it declares, and theirs, written where they are declared.
pub(super) fn inline(files: &[File], root: &str) -> String {
    let mut text = String::new();
    push(files, root, "", &mut text);
    text
}

/// Adds a file, and below it what it declares. `folder` is where the files of its modules are.
fn push(files: &[File], path: &str, folder: &str, text: &mut String) {
    let Some(file) = files.iter().find(|file| file.path == path) else { return };
    for line in file.text.lines() {
        text.push_str(line.strip_suffix(';').filter(|_| declared(line).is_some()).unwrap_or(line));
        if let Some(name) = declared(line) {
            text.push_str(" {\n");
            push(files, &format!("{folder}{name}.rs"), &format!("{folder}{name}/"), text);
            push(files, &format!("{folder}{name}/mod.rs"), &format!("{folder}{name}/"), text);
            text.push('}');
        }
        text.push('\n');
    }
}

/// The name of the module that a line declares, as generated files write it: at the margin, and nothing behind.
fn declared(line: &str) -> Option<&str> {
    let declaration = line.strip_suffix(';')?;
    ["pub mod ", "pub(super) mod ", "mod "].iter().find_map(|words| declaration.strip_prefix(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_stand_where_they_were_declared() {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = [
            file("lib.rs", "use x;\n\n#[cfg(a)]\npub mod a;\n"),
            file("a/mod.rs", "//! A.\n\npub mod b;\npub(super) mod c;\n\npub struct Client;\n"),
            file("a/b.rs", "//! B.\nuse super::Client;\n    pub mod not_at_the_margin;\n"),
            file("a/c.rs", "struct C;\n"),
        ];
        let expected = "\
use x;

#[cfg(a)]
pub mod a {
//! A.

pub mod b {
//! B.
use super::Client;
    pub mod not_at_the_margin;
}
pub(super) mod c {
struct C;
}

pub struct Client;
}
";
        assert_eq!(inline(&files, "lib.rs"), expected);
    }
}
