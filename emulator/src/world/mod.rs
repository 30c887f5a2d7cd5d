//! The four workflows: tickets and tasks in memory, and what happens to them.

mod approval;
mod backup;
mod call;
mod changes;
mod download;
mod export;
mod failure;
mod job;
pub(crate) mod link;
mod orders;
mod outcome;
mod pace;
mod settings;
mod time;
mod track;

use std::collections::HashMap;

use serde_json::Value;

use self::backup::BackupTasks;
pub(crate) use self::call::Call;
use self::download::Downloads;
pub(crate) use self::failure::Failure;
use self::orders::Orders;
pub use self::outcome::Outcome;
pub use self::pace::Pace;
pub(crate) use self::settings::Settings;

/// All tickets and tasks.
#[derive(Debug)]
pub(crate) struct World {
    settings: Settings,
    orders: Orders,
    backups: BackupTasks,
    downloads: Downloads,
    /// How often each operation made something.
    created: HashMap<String, usize>,
}

impl World {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            orders: Orders::default(),
            backups: BackupTasks::default(),
            downloads: Downloads::default(),
            created: HashMap::new(),
        }
    }

    /// Forgets all tickets and tasks.
    pub(crate) fn clear(&mut self) {
        *self = Self::new(self.settings.clone());
    }

    /// How many tickets, files or tasks an operation has made.
    pub(crate) fn created(&self, action: &str) -> usize {
        self.created.get(action).copied().unwrap_or_default()
    }

    /// The reply to a call; none if the operation has no part in the workflows.
    pub(crate) fn answer(&mut self, call: &Call<'_>) -> Option<Result<Value, Failure>> {
        let product = call.served.product.product.to_ascii_lowercase();
        let settings = &self.settings;
        let answer = match (product.as_str(), call.action()) {
            ("dms-enterprise", "CreateDataExportOrder") => Ok(export::create(&mut self.orders, settings, call)),
            ("dms-enterprise", "GetDataExportOrderDetail") => export::detail(&mut self.orders, settings, call),
            ("dms-enterprise", "ExecuteDataExport") => export::execute(&mut self.orders, settings, call),
            ("dms-enterprise", "GetDataExportDownloadURL") => export::link(&mut self.orders, settings, call),
            ("dms-enterprise", "GetDataExportPreCheckDetail") => export::precheck(&mut self.orders, settings, call),
            ("dms-enterprise", "PauseDataExportJob" | "SuspendDataExportJob") => {
                job::stop(&mut self.orders, settings, call)
            }
            ("dms-enterprise", "RestartDataExportJob") => job::restart(&mut self.orders, settings, call),
            ("dms-enterprise", "SubmitOrderApproval") => approval::submit(&mut self.orders, settings, call),
            ("dms-enterprise", "GetApprovalDetail") => approval::detail(&mut self.orders, settings, call),
            ("dms-enterprise", "ApproveOrder") => approval::act(&mut self.orders, settings, call),
            ("dms-enterprise", "GetOrderBaseInfo") => orders::base_info(&mut self.orders, settings, call),
            ("dms-enterprise", "ListOrders") => Ok(orders::list(&mut self.orders, settings, call)),
            ("dms-enterprise", "CloseOrder") => orders::close(&mut self.orders, settings, call),
            ("dms-enterprise", "CreateDataTrackOrder") => Ok(track::create(&mut self.orders, settings, call)),
            ("dms-enterprise", "GetDataTrackOrderDetail") => track::detail(&mut self.orders, settings, call),
            ("dms-enterprise", "GetDataTrackJobDegree") => track::degree(&mut self.orders, settings, call),
            ("dms-enterprise", "GetDataTrackJobTableMeta") => changes::tables(&mut self.orders, settings, call),
            ("dms-enterprise", "SearchDataTrackResult") => changes::search(&mut self.orders, settings, call),
            ("dms-enterprise", "DownloadDataTrackResult") => track::start_file(&mut self.orders, settings, call),
            ("dms-enterprise", "QueryDataTrackResultDownloadStatus") => track::file(&mut self.orders, settings, call),
            ("oceanbasepro", "CreateBackupSetDownloadLink") => Ok(backup::create(&mut self.backups, settings, call)),
            ("oceanbasepro", "DescribeBackupSetDownloadLink") => backup::link(&mut self.backups, settings, call),
            ("oceanbasepro", "DescribeDataBackupSet") => Ok(backup::sets(&mut self.backups, settings, call)),
            ("dbs", "DescribeDownloadSupport") => Ok(download::support(settings, call)),
            ("dbs", "CreateDownload") => Ok(download::create(&mut self.downloads, settings, call)),
            ("dbs", "DescribeDownloadTask") => Ok(download::tasks(&mut self.downloads, settings, call)),
            ("dbs", "DescribeDownloadBackupSetStorageInfo") => download::links(&mut self.downloads, settings, call),
            ("dbs", "RetryDownloadTask") => download::retry(&mut self.downloads, settings, call),
            _ => return None,
        };
        let makes = call.action().starts_with("Create") || call.action() == "DownloadDataTrackResult";
        if makes && answer.is_ok() {
            *self.created.entry(call.action().to_owned()).or_default() += 1;
        }
        Some(answer)
    }
}
