//! Fetches the SQL that undoes changes of a table, with DMS: `tracked_changes DATABASE TABLE FROM TO FILE`, times such as
//! `2023-04-23 00:00:00`.
//!
//! Credentials come from the default chain; `ALICLOUD_ENDPOINT` leads to the emulator.

mod support;

use alicloud::dms_enterprise::Client;
use alicloud::dms_enterprise::create_data_track_order::{Param, TrackType};
use alicloud_workflows::FetchTrackedChanges;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [database, table, from, to, file] = support::arguments("DATABASE TABLE FROM TO FILE")?;
    let client = Client::new(&support::config()?)?;
    let changes = Param {
        db_id: database,
        table_names: vec![table],
        track_types: vec![TrackType::Insert, TrackType::Update, TrackType::Delete],
        job_start_time: from,
        job_end_time: to,
    };
    let fetch = FetchTrackedChanges::new(&client, changes, "an example").approve(true).into_file(file);
    support::finish(fetch.on_step(support::print).run().await)
}
