//! `import`: specs from what Alibaba Cloud publishes.

mod document;
mod metadata;

use crate::options::{Failure, Task};

pub const TASK: Task = Task {
    name: "import",
    usage: "import metadata PATH… [--only Operation,…] [--out DIR] [--product CODE --version VERSION]\n\
     [--with-descriptions] [--dry-run] [--message-format human|json]\n\
     cargo xtask import document FILE… [--into specs/PRODUCT/VERSION] [--with-descriptions] [--dry-run] [--message-format human|json]",
    summary: "writes specs from official metadata and from help pages",
    help: "metadata: reads official metadata: documents of single operations, the folder of a product with its list.json, a folder of\n\
     such folders, or the api-docs.json of a whole version. Writes specs to specs/ (or DIR), and says each guess and\n\
     each correction with a code: `cargo xtask explain CODE`. Specs that are there keep what a person wrote: what is\n\
     new is added and shown as a diff; a spec with comments is not written anew, and the diff is all. Exit 1 if something cannot be read or the specs that are there have errors.\n\
     --only             only these operations\n\
     --out              the folder to write to, in place of specs/\n\
     --product          the product's code, where no list.json tells it\n\
     --version          the version, where no list.json tells it\n\
     --with-descriptions  with the texts of the documents; without, specs have facts alone\n\
     --dry-run          writes nothing, and shows what would change\n\
     document: reads help pages that were saved as text, Markdown or HTML. With --into it writes one spec for each\n\
     into the folder of a product; a spec that is there already is left as it is, and what the page says otherwise\n\
     is printed: `+` only the page has, `-` only the spec has, `~` differs. Without --into, or with --dry-run,\n\
     nothing is written and the specs are printed. What the pages do not tell, and what was guessed, is reported as\n\
     notes. Facts only, unless --with-descriptions takes over the vendor's sentences as well.\n\
     Exit 1 when a file is no help page of an operation.",
    run,
};

fn run(arguments: &[String]) -> Result<(), Failure> {
    match arguments.split_first() {
        Some((from, rest)) if from == "metadata" => metadata::run(rest),
        Some((from, rest)) if from == "document" => document::run(rest),
        Some((other, _)) => Err(Failure::Usage(format!("nothing can be imported from `{other}`"))),
        None => Err(Failure::Usage("say what to import from".to_owned())),
    }
}
