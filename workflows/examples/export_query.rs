//! Exports what an SQL query returns, with DMS: `export_query INSTANCE DATABASE SQL FILE`.
//!
//! Credentials come from the default chain; `ALICLOUD_ENDPOINT` leads to the emulator.

mod support;

use alicloud::dms_enterprise::{Client, create_data_export_order::PluginParam};
use alicloud_workflows::ExportQuery;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [instance, database, sql, file] = support::arguments("INSTANCE DATABASE SQL FILE")?;
    let client = Client::new(&support::config()?)?;
    let query = PluginParam {
        instance_id: instance.parse()?,
        db_id: database.parse()?,
        exe_sql: sql,
        classify: "example".to_owned(),
        ignore_affect_rows: true,
        ignore_affect_rows_reason: Some("an example".to_owned()),
        ..PluginParam::default()
    };
    let export = ExportQuery::new(&client, query, "an example").approve(true).into_file(file);
    support::finish(export.on_step(support::print).run().await)
}
