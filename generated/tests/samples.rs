//! Each documented sample through the real client: a signed request to the emulator, a typed response, and every
//! documented field read back with its documented value through the public fields.
//!
//! The leaves are counted, so that a field that a spec or a test drops is noticed.

use std::collections::BTreeMap;

use alicloud::{Config, Credentials, Error, dbs, dms_enterprise as dms, oceanbasepro as oceanbase};
use alicloud_codegen::{diagnostic::Report, read};
use alicloud_emulator::Emulator;
use serde_json::{Value, json};

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

/// An emulator that answers the samples as they are, and a configuration for it.
async fn start() -> (Emulator, Config) {
    let emulator = Emulator::builder().specs(SPECS).start().await.expect("the emulator starts");
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()
        .expect("a configuration");
    (emulator, config)
}

/// The documented sample of an operation, from its spec.
fn sample(operation: &str) -> Value {
    let mut report = Report::default();
    let specs = read::folder(SPECS.as_ref(), &mut report);
    let mut files = specs.products.iter().flat_map(|product| &product.operations);
    let file = files.find(|file| file.name == operation).expect("the spec is there");
    let text = file.operation.samples[0].json.as_deref().expect("the sample is JSON");
    serde_json::from_str(text).expect("the sample is JSON")
}

/// Every leaf of a document by its path.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    fn walk(value: &Value, path: String, found: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, inner)| walk(inner, format!("{path}.{name}"), found))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, inner)| walk(inner, format!("{path}[{i}]"), found))
            }
            leaf => {
                found.insert(path, leaf.clone());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(value, String::new(), &mut found);
    found
}

/// What was read through the public fields is the documented sample, leaf for leaf.
fn assert_sample(operation: &str, read: &Value, count: usize) {
    let documented = leaves(&sample(operation));
    assert_eq!(documented.len(), count, "{operation}: the number of leaves of the sample");
    assert_eq!(leaves(read), documented, "{operation}");
}

#[tokio::test]
async fn get_data_export_download_url() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let response = dms::Client::new(&config)?.get_data_export_download_url(546).tid(3).await?;
    let result = response.download_url_result.expect("the result is documented");
    let read = json!({
        "DownloadURLResult": {
            "HasResult": result.has_result,
            "TipMessage": result.tip_message,
            "URL": &*result.url,
        },
        "RequestId": response.request_id,
        "ErrorCode": response.error_code,
        "ErrorMessage": response.error_message,
        "Success": response.success,
    });
    assert_sample("GetDataExportDownloadURL", &read, 7);
    Ok(())
}

#[tokio::test]
async fn get_data_export_order_detail() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let response = dms::Client::new(&config)?.get_data_export_order_detail(123456).tid(-1).await?;
    let detail = response.data_export_order_detail.expect("the detail is documented");
    let (key, order) = (detail.key_info.expect("documented"), detail.order_detail.expect("documented"));
    assert_eq!(key.job_status, Some(dms::get_data_export_order_detail::JobStatus::ExportSuccess));
    assert_eq!(key.job_id, None, "only newer replies have a job");
    let read = json!({
        "RequestId": response.request_id,
        "DataExportOrderDetail": {
            "KeyInfo": { "PreCheckId": key.pre_check_id, "JobStatus": key.job_status.map(|state| state.to_string()) },
            "OrderDetail": {
                "DbId": order.db_id,
                "Database": order.database,
                "Classify": order.classify,
                "ExeSQL": order.exe_sql,
                "Logic": order.logic,
                "ActualAffectRows": order.actual_affect_rows,
                "IgnoreAffectRows": order.ignore_affect_rows,
                "IgnoreAffectRowsReason": order.ignore_affect_rows_reason,
                "EnvType": order.env_type,
            },
        },
        "ErrorCode": response.error_code,
        "ErrorMessage": response.error_message,
        "Success": response.success,
    });
    assert_sample("GetDataExportOrderDetail", &read, 15);
    Ok(())
}

#[tokio::test]
async fn query_data_track_result_download_status() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let client = dms::Client::new(&config)?;
    let response =
        client.query_data_track_result_download_status(11, "e23dd7ec-a19f-4a69-8eb3-8ffd26e6").tid(1).await?;
    let status = response.status_result.expect("the status is documented");
    assert!(status.download_url.ends_with('\n'), "the documented line break is kept");
    let read = json!({
        "RequestId": response.request_id,
        "Success": response.success,
        "ErrorMessage": response.error_message,
        "ErrorCode": response.error_code,
        "StatusResult": {
            "DownloadStatus": status.download_status.map(|state| state.to_string()),
            "DownloadUrl": &*status.download_url,
            "StatusDesc": status.status_desc,
            "TotalCount": status.total_count,
        },
    });
    assert_sample("QueryDataTrackResultDownloadStatus", &read, 8);
    Ok(())
}

#[tokio::test]
async fn describe_backup_set_download_link() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let client = oceanbase::Client::new(&config)?;
    // A task is a number in the reply that creates it and text here: both do.
    let response = client.describe_backup_set_download_link("ob317v4uif", 1000002).await?;
    let data = response.data.expect("the data is documented");
    let read = json!({
        "RequestId": response.request_id,
        "Data": {
            "DownloadTaskId": data.download_task_id,
            "DownloadTaskStatus": data.download_task_status,
            "DownloadTaskCreateTime": data.download_task_create_time,
            "BackupRestorableTime": data.backup_restorable_time,
            "BackupSetId": data.backup_set_id,
            "InternalUrl": &*data.internal_url,
            "UrlExpiredTime": data.url_expired_time,
            "UrlAliveTime": data.url_alive_time,
        },
    });
    assert_sample("DescribeBackupSetDownloadLink", &read, 9);
    Ok(())
}

#[tokio::test]
async fn describe_download_task() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let client = dbs::Client::new(&config)?;
    let response = client.describe_download_task("cn-hangzhou").instance_name("rm-bp1imnmcjxdz7").await?;
    let data = response.data.expect("the data is documented");
    let tasks: Vec<Value> = data
        .content
        .into_iter()
        .map(|task| {
            json!({
                "TaskId": task.task_id,
                "RegionCode": task.region_code,
                "Format": task.format.map(|format| format.to_string()),
                "DbList": task.db_list,
                "BakSetId": task.bak_set_id,
                "DownloadStatus": task.download_status.map(|state| state.to_string()),
                "ExportDataSize": task.export_data_size,
                "ImportDataSize": task.import_data_size,
                "BackupSetTime": task.backup_set_time,
                "TargetType": task.target_type.map(|kind| kind.to_string()),
                "TargetPath": task.target_path,
                "Progress": task.progress,
                "GmtCreate": task.gmt_create,
            })
        })
        .collect();
    let read = json!({
        "RequestId": response.request_id,
        "ErrCode": response.err_code,
        "Success": response.success,
        "ErrMessage": response.err_message,
        "Code": response.code,
        "Message": response.message,
        "Data": {
            "PageNumber": data.page_number,
            "TotalPages": data.total_pages,
            "Extra": data.extra,
            "TotalElements": data.total_elements,
            "PageSize": data.page_size,
            "Content": { "List": tasks },
        },
    });
    assert_sample("DescribeDownloadTask", &read, 24);
    Ok(())
}

#[tokio::test]
async fn signed_links_never_print() -> Result<(), Error> {
    let (_emulator, config) = start().await;
    let client = dms::Client::new(&config)?;
    let response = client.query_data_track_result_download_status(11, "e23dd7ec").await?;
    let printed = format!("{response:?}");
    assert!(!printed.contains("OSSAccessKeyId") && !printed.contains("Signature="), "{printed}");
    assert!(printed.contains("***"), "{printed}");
    Ok(())
}
