//! All four workflows against an emulator in the same program: no credentials, no network. `cargo xtask demo` runs it.
//!
//! It ends well only if every file is what the emulator serves, nothing lies beside them, and nothing was created twice.

mod checks;
mod content;
mod screen;
mod wishes;

use std::error::Error;
use std::time::Instant;

use alicloud::{Config, Credentials, dbs, dms_enterprise as dms, oceanbasepro as oceanbase};
use alicloud_emulator::{Emulator, Fault, Outcome};
use alicloud_workflows::{Done, ExportQuery, FetchAdvancedDownload, FetchBackupSet, FetchTrackedChanges};

use content::Content;
use screen::Screen;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let contents = content::all();
    let emulator = start(&contents).await?;
    let folder = tempfile::Builder::new().prefix("alicloud-demo-").tempdir()?.keep();
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()?;
    let (dms, oceanbase, dbs) =
        (dms::Client::new(&config)?, oceanbase::Client::new(&config)?, dbs::Client::new(&config)?);
    let screen = Screen::new();
    screen.say(&format!("a local Alibaba Cloud of {} operations at {}", emulator.operations(), emulator.url()));
    let [query, changes, set, csv] = &contents;
    let check = |content: &Content, done: Done| checks::file(&screen, &emulator, content, &done);

    screen.title("What a query returns: DMS, ExportQuery");
    let export = ExportQuery::new(&dms, wishes::query(), "a demo").approve(true);
    check(query, screen.shows(export, &folder.join(query.name)).run().await?)?;

    screen.title("SQL that undoes changes: DMS, FetchTrackedChanges");
    let fetch = FetchTrackedChanges::new(&dms, wishes::changes(), "a demo").approve(true);
    check(changes, screen.shows(fetch, &folder.join(changes.name)).run().await?)?;

    screen.title("A backup set: OceanBase, FetchBackupSet");
    let fetch = FetchBackupSet::new(&oceanbase, "ob317v4uif", "bak-1");
    check(set, screen.shows(fetch, &folder.join(set.name)).run().await?)?;

    screen.title("A backup set as CSV: DBS, FetchAdvancedDownload");
    let fetch = FetchAdvancedDownload::new(&dbs, wishes::download(&dbs));
    check(csv, screen.shows(fetch, &folder.join(csv.name)).run().await?)?;

    checks::nothing_else(&emulator, &folder, &contents)?;
    screen.title(&format!("{} files in {}", contents.len(), folder.display()));
    screen.say(&format!("{:.1} s", begin.elapsed().as_secs_f64()));
    Ok(())
}

/// The emulator, and what goes wrong with it: a file breaks off, a link is past its end, and a call takes effect without
/// an answer.
async fn start(contents: &[Content]) -> Result<Emulator, Box<dyn Error>> {
    let builder = Emulator::builder()
        .specs(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
        .workflows(true)
        .outcome("CreateDataTrackOrder", Outcome::NeedsApproval);
    let serves =
        |builder: alicloud_emulator::Builder, content: &Content| builder.file_of(content.behind, content.bytes.clone());
    let emulator = contents.iter().fold(builder, serves).start().await?;
    emulator.fault(Fault::file(content::QUERY).cut(content::LENGTH / 3))?;
    emulator.fault(Fault::file(content::SET).expire_link())?;
    emulator.fault(Fault::new("CreateDownload").reset_after())?;
    Ok(emulator)
}
