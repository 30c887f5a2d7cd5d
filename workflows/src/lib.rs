//! From a ticket or a task to a verified file: operations of Alibaba Cloud that make one thing together.
//!
//! | workflow | product | what it ends with |
//! | --- | --- | --- |
//! | [`ExportQuery`] | DMS | what an SQL query returns |
//! | [`FetchTrackedChanges`] | DMS | SQL that undoes or repeats changes |
//! | [`FetchBackupSet`] | OceanBase | a backup set |
//! | [`FetchAdvancedDownload`] | DBS | a backup set as CSV, SQL or Parquet |
//!
//! Each says at every step what it waits for, can be resumed from the ticket or the task, and ends in a file whose
//! length and checksums are verified as far as the server tells them. To stop one, drop its future; what has been
//! created stays, and `resume` goes on with it.
//!
//! What creates something is never repeated blindly: after a failure that leaves open whether it arrived, a workflow
//! looks for the ticket or the task and goes on with it. Only if there is none for as long as
//! [`settle_time`](Workflow::settle_time) does it create again.
//!
//! ```no_run
//! # async fn example(config: &alicloud::Config) -> Result<(), Box<dyn std::error::Error>> {
//! use alicloud::dms_enterprise::{Client, create_data_export_order::PluginParam};
//! use alicloud_workflows::ExportQuery;
//!
//! let query = PluginParam {
//!     instance_id: 1234,
//!     db_id: 5678,
//!     exe_sql: "SELECT * FROM orders".to_owned(),
//!     classify: "report".to_owned(),
//!     affect_rows: 1000,
//!     ..PluginParam::default()
//! };
//! let export = ExportQuery::new(&Client::new(config)?, query, "for the report of the month")
//!     .approve(true)
//!     .into_file("orders.zip")
//!     .on_step(|step| println!("{step}"));
//! match export.run().await {
//!     Ok(done) => println!("{}: {} bytes", done.id(), done.file().bytes()),
//!     // One line, with what `ExportQuery::resume` needs.
//!     Err(error) => println!("{error}"),
//! }
//! # Ok(())
//! # }
//! ```

#![warn(clippy::unwrap_used)]

mod action;
mod advanced_download;
mod backup_set;
mod create;
mod done;
mod error;
mod export_query;
mod fetch;
mod id;
mod manner;
mod next;
mod run;
mod step;
mod ticket;
mod tickets;
mod tracked_changes;
mod workflow;

pub use advanced_download::{AdvancedDownload, FetchAdvancedDownload};
pub use backup_set::{BackupSet, FetchBackupSet};
pub use done::Done;
pub use error::{Cause, WorkflowError};
pub use export_query::{Export, ExportQuery};
pub use id::Id;
pub use step::{Stage, Step};
pub use tracked_changes::{FetchTrackedChanges, Tracking};
pub use workflow::Workflow;
