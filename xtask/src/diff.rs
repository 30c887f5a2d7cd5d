//! `diff`: what changed between two versions of specs, and the version that follows.

mod markdown;
mod source;
mod version;

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diff::{self, Change, Effect};
use semver::Version;
use serde_json::json;

use crate::options::{Failure, Task, because, root};
use crate::report::{self, MessageFormat, counted};
use crate::tree::{Change as FileChange, settle};

pub const TASK: Task = Task {
    name: "diff",
    usage: "diff OLD [NEW] | diff --released, with [--message-format human|json] [--markdown] [--changelog]\n            [--workspace DIR]",
    summary: "says what changed between two versions of specs, and the version that follows",
    help: "Reads two folders of specs, official metadata (a folder, a document or an api-docs.json), or revisions of git: `v0.1.0` (its specs/) or `HEAD~3:specs`. NEW is specs/ unless\n\
           given. Prints each change with its effect on users of the generated crate: breaking, additive or compatible;\n\
           last the version that follows. Exit 0 whatever changed.\n\
           --released compares specs/ with the last tag, and exits with 1 if the version in Cargo.toml is too low\n\
           or git cannot tell the tags; where there is none yet, it says so and exits with 0.\n\
           --markdown prints a section for a changelog, --changelog writes it into CHANGELOG.md, between its markers.\n\
           --message-format json prints a JSON object for each change in a line, and one for the version.\n\
           --workspace is the repository that git, Cargo.toml, CHANGELOG.md and specs/ are of: this one unless given.\n\
           Writes nothing otherwise. Runs git where OLD or NEW is no folder or document.",
    run,
};

/// What to compare and how to tell.
struct Asked {
    workspace: PathBuf,
    sides: Vec<String>,
    released: bool,
    markdown: bool,
    changelog: bool,
    format: MessageFormat,
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let (workspace, sides, format) = (root(), Vec::new(), MessageFormat::default());
    let mut asked = Asked { workspace, sides, released: false, markdown: false, changelog: false, format };
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("workspace") => asked.workspace = PathBuf::from(parser.value()?),
            lexopt::Arg::Long("released") => asked.released = true,
            lexopt::Arg::Long("markdown") => asked.markdown = true,
            lexopt::Arg::Long("changelog") => asked.changelog = true,
            lexopt::Arg::Long("message-format") => asked.format = MessageFormat::parse(&mut parser)?,
            lexopt::Arg::Value(value) => asked.sides.push(value.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let here = asked.workspace.join("specs").to_string_lossy().into_owned();
    match (asked.released, asked.sides.as_slice()) {
        (true, []) => match source::last_tag(&asked.workspace)? {
            Some(tag) => compare(&asked, &tag, &here),
            None => {
                asked.format.say("no released version to compare with: no tag is called v0.1.0 or the like");
                Ok(())
            }
        },
        (false, [old]) => compare(&asked, old, &here),
        (false, [old, new]) => compare(&asked, old, new),
        _ => Err(Failure::Usage("which two versions, or --released alone?".to_owned())),
    }
}

fn compare(asked: &Asked, old: &str, new: &str) -> Result<(), Failure> {
    let specs =
        [source::specs(&asked.workspace, old, asked.format)?, source::specs(&asked.workspace, new, asked.format)?];
    let changes = diff::specs(&specs[0], &specs[1]);
    let current = version::of_manifest(&read(&asked.workspace, "Cargo.toml")?)?;
    let released = if asked.released {
        version::of_manifest(&source::file(&asked.workspace, old, "Cargo.toml")?)?
    } else {
        current.clone()
    };
    let effect = version::worst(&changes);
    let next = version::next(&released, effect);
    if asked.markdown {
        report::put_out(&markdown::section(&changes, old));
    } else if asked.format == MessageFormat::Json {
        let bump = json!({ "bump": version::part(effect), "from": released.to_string(), "to": next.to_string() });
        changes.iter().map(object).chain([bump]).for_each(|line| report::put_out(&format!("{line}\n")));
    } else {
        changes.iter().for_each(|change| report::put_out(&format!("{change}\n")));
        report::put_out(&(summary(&changes, effect, &released, &next) + "\n"));
    }
    if asked.changelog {
        changelog(&asked.workspace, &changes, old, asked.format)?;
    }
    if asked.released && current < next {
        let what = format!("Cargo.toml says version {current}, but what changed since {old} asks for {next} at least");
        return Err(Failure::Because(what));
    }
    Ok(())
}

fn summary(changes: &[Change], effect: Option<Effect>, old: &Version, next: &Version) -> String {
    let count = |effect| changes.iter().filter(|change| change.effect == effect).count();
    let (breaking, additive, compatible) =
        (count(Effect::Breaking), count(Effect::Additive), count(Effect::Compatible));
    let total = counted(changes.len(), "change");
    let bump = version::told(effect, old, next);
    format!("{total}: {breaking} breaking, {additive} additive, {compatible} compatible; bump: {bump}")
}

/// A change as JSON.
fn object(change: &Change) -> serde_json::Value {
    json!({
        "effect": change.effect.to_string(),
        "kind": change.kind,
        "product": change.product,
        "operation": change.operation,
        "what": change.what,
        "reason": change.reason,
    })
}

fn changelog(workspace: &Path, changes: &[Change], old: &str, format: MessageFormat) -> Result<(), Failure> {
    let before = read(workspace, "CHANGELOG.md")?;
    let Some(after) = markdown::placed(&before, &markdown::section(changes, old)) else {
        let (begin, end) = (markdown::BEGIN.trim_end(), markdown::END.trim_end());
        return Err(Failure::Because(format!("CHANGELOG.md: there is no `{begin}` … `{end}`")));
    };
    let path = workspace.join("CHANGELOG.md");
    let change = (before != after).then_some(FileChange { path, old: before, new: Some(after) });
    settle(change.as_slice(), false, "cargo xtask diff --changelog", format)
}

fn read(workspace: &Path, name: &str) -> Result<String, Failure> {
    let path = workspace.join(name);
    fs::read_to_string(&path).map_err(|error| because(&path, error))
}
