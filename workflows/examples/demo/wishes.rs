//! What the demo asks for.

use alicloud::dbs::create_download::{BakSetType, FormatType};
use alicloud::dbs::{Client, CreateDownloadRequest};
use alicloud::dms_enterprise::create_data_export_order::PluginParam;
use alicloud::dms_enterprise::create_data_track_order::{Param, TrackType};

/// A query of a database of DMS.
pub fn query() -> PluginParam {
    PluginParam {
        instance_id: 1234,
        db_id: 5678,
        exe_sql: "SELECT * FROM orders".to_owned(),
        classify: "report".to_owned(),
        affect_rows: 1000,
        ..PluginParam::default()
    }
}

/// Changes of a table.
pub fn changes() -> Param {
    Param {
        db_id: "5678".to_owned(),
        table_names: vec!["orders".to_owned()],
        track_types: vec![TrackType::Update, TrackType::Delete],
        job_start_time: "2023-04-23 00:00:00".to_owned(),
        job_end_time: "2023-04-23 10:00:00".to_owned(),
    }
}

/// A backup set of RDS.
pub fn download(client: &Client) -> CreateDownloadRequest {
    let request = client.create_download("cn-hangzhou", "rm-bp1imnmcjxdz7");
    request.bak_set_type(BakSetType::Full).bak_set_id("146005").format_type(FormatType::Csv)
}
