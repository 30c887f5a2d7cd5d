//! Where the specs of one side come from: a folder, or a revision of git.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::import;
use alicloud_codegen::read::{self, Specs};

use crate::options::{Failure, because};
use crate::report::{self, MessageFormat};

/// The tags of versions.
const VERSIONS: &str = "v[0-9]*";

/// Reads the specs that an argument names: a folder of specs, official metadata (a folder or a file), `REVISION`
/// (its `specs`) or `REVISION:FOLDER` of the repository at `at`.
///
/// What cannot be read is printed and is a failure; what lint says otherwise does not matter here.
pub fn specs(at: &Path, name: &str, format: MessageFormat) -> Result<Specs, Failure> {
    let mut report = Report::default();
    let path = Path::new(name);
    let specs = if import::folder::is_metadata(path) {
        read::texts(imported(path)?, &mut report)
    } else if path.is_dir() {
        read::folder(path, &mut report)
    } else {
        let (revision, folder) = name.split_once(':').unwrap_or((name, "specs"));
        read::texts(files(at, revision, folder.trim_matches('/'))?, &mut report)
    };
    if report.has_errors() {
        report::print(&report.diagnostics, format);
        return Err(Failure::Because(format!("{name}: these specs cannot be read")));
    }
    if specs.products.is_empty() {
        return Err(Failure::Because(format!("{name}: there are no specs")));
    }
    Ok(specs)
}

/// The specs that official metadata makes, as texts. What was guessed and corrected is the same on both sides, and as
/// `import` does it.
fn imported(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let published = import::folder::read(path).map_err(|error| because(path, error))?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let imported = import::all(published, &import::Options::default(), threads);
    let files = imported.iter().flat_map(|(_, one)| one.files(""));
    Ok(files.map(|(path, text)| (format!("specs/{path}"), text)).collect())
}

/// The text of one file of a revision.
pub fn file(at: &Path, revision: &str, path: &str) -> Result<String, Failure> {
    let output = git(at, &["show", &format!("{revision}:{path}")])?;
    String::from_utf8(output).map_err(|_| Failure::Because(format!("{revision}:{path} is not text")))
}

/// The last tag of a version before what is checked out, such as `v0.1.0`; `None` where no version has a tag at all.
pub fn last_tag(at: &Path) -> Result<Option<String>, Failure> {
    let tags = git(at, &["tag", "--list", VERSIONS])?;
    if tags.trim_ascii().is_empty() {
        return Ok(None);
    }
    let output = git(at, &["describe", "--tags", "--abbrev=0", "--match", VERSIONS])?;
    Ok(Some(String::from_utf8_lossy(&output).trim().to_owned()))
}

/// All files below a folder of a revision, but for those whose name begins with a dot. Paths begin with the name of the
/// folder.
fn files(at: &Path, revision: &str, folder: &str) -> Result<Vec<(String, String)>, Failure> {
    let listed = git(at, &["ls-tree", "-r", "-z", "--full-tree", "--name-only", revision, "--", folder]);
    let listed = listed.map_err(|failure| match failure {
        Failure::Because(why) => Failure::Because(format!("{revision}: no such folder, file or revision ({why})")),
        other => other,
    })?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let above = folder.rfind('/').map_or(0, |at| at + 1);
    let hidden = |path: &str| path.split('/').any(|name| name.starts_with('.'));
    let paths: Vec<&str> = listed.split('\0').filter(|path| path.len() > above && !hidden(&path[above..])).collect();
    let texts = contents(at, revision, &paths)?;
    Ok(paths.iter().map(|path| path[above..].to_owned()).zip(texts).collect())
}

/// What is in files of a revision, by one call of git for all of them.
fn contents(at: &Path, revision: &str, paths: &[&str]) -> Result<Vec<String>, Failure> {
    let because = |what: &str| Failure::Because(format!("git cat-file: {what}"));
    let mut command = Command::new("git");
    command.current_dir(at).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| because(&error.to_string()))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(mut stdout)) = (stdin, stdout) else { return Err(because("no pipes")) };
    let wanted: String = paths.iter().map(|path| format!("{revision}:{path}\n")).collect();
    // Written beside the reading: either pipe may be full.
    let writer = std::thread::spawn(move || stdin.write_all(wanted.as_bytes()));
    let mut answer = Vec::new();
    stdout.read_to_end(&mut answer).map_err(|error| because(&error.to_string()))?;
    let written = writer.join().map_err(|_| because("nothing could be asked"))?;
    written.map_err(|error| because(&error.to_string()))?;
    child.wait().map_err(|error| because(&error.to_string()))?;
    paths
        .iter()
        .scan(answer.as_slice(), |rest, path| {
            Some(one(rest).ok_or_else(|| because(&format!("{path} is no text file"))))
        })
        .collect()
}

/// Takes one answer: a line that ends in the size, the content, and a line end.
fn one(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let size: usize = std::str::from_utf8(&rest[..end]).ok()?.rsplit(' ').next()?.parse().ok()?;
    let content = rest.get(end + 1..end + 1 + size)?;
    let text = String::from_utf8(content.to_vec()).ok();
    *rest = rest.get(end + size + 2..).unwrap_or_default();
    text
}

fn git(at: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let shown = arguments.join(" ");
    let output = Command::new("git").current_dir(at).args(arguments).output();
    let output = output.map_err(|error| Failure::Because(format!("git {shown}: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ");
    Err(Failure::Because(format!("git {shown}: {said}")))
}
