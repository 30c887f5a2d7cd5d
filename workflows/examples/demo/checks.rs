//! Whether everything is as it should be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use alicloud_emulator::Emulator;
use alicloud_workflows::Done;

use crate::content::Content;
use crate::screen::Screen;

/// What makes tickets, files and tasks.
const CREATES: [&str; 5] = [
    "CreateDataExportOrder",
    "CreateDataTrackOrder",
    "DownloadDataTrackResult",
    "CreateBackupSetDownloadLink",
    "CreateDownload",
];

/// The file is what the emulator serves.
pub fn file(screen: &Screen, emulator: &Emulator, content: &Content, done: &Done) -> Result<(), String> {
    let path = done.file().path();
    let found = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if found != content.bytes {
        let (found, served) = (found.len(), content.bytes.len());
        return Err(format!("{}: its {found} bytes are not the {served} bytes that were served", path.display()));
    }
    let prefix = format!("/files/{}/", content.behind);
    let requests = emulator.requests().iter().filter(|request| request.target.starts_with(&prefix)).count();
    let times = if requests == 1 { "one request".to_owned() } else { format!("{requests} requests") };
    screen.say(&format!("          {}: {} bytes in {times}, as served", content.name, found.len()));
    Ok(())
}

/// Nothing lies beside the files, and each thing was created once.
pub fn nothing_else(emulator: &Emulator, folder: &Path, contents: &[Content]) -> Result<(), String> {
    let fails = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(fails)? {
        found.insert(entry.map_err(fails)?.file_name().to_string_lossy().into_owned());
    }
    let expected: BTreeSet<String> = contents.iter().map(|content| content.name.to_owned()).collect();
    if found != expected {
        return Err(format!("{}: there is {found:?} in place of {expected:?}", folder.display()));
    }
    let counts = CREATES.map(|operation| (operation, emulator.created(operation)));
    match counts.iter().find(|(_, count)| *count != 1) {
        Some((operation, count)) => Err(format!("{operation} took effect {count} times in place of once")),
        None => Ok(()),
    }
}
