//! The generated methods that list, and the pagers that the specs declare. Methods cannot be found by name, so they
//! stand in a table; a pager that is not in it is an error.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use alicloud::dms_enterprise::get_op_log::GetOpLogRequired;
use alicloud::runtime::{Items, Paged};
use alicloud::{Error, ErrorKind};
use alicloud_codegen::read::{OperationFile, ProductFolder};
use alicloud_codegen::spec::{Pager, Path, Type};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::support::{Laboratory, put, sample, specs};

/// How a list is read.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// How many items a page is to have.
    pub size: i64,
    /// After how many items another stream goes on.
    pub stop_after: Option<usize>,
    pub prefetch: bool,
}

/// Two items a page, in one go.
pub const PLAIN: How = How { size: 2, stop_after: None, prefetch: false };

/// The items that came, by what their `Debug` shows, and the error that ended them.
#[derive(Debug)]
pub struct Listed {
    pub items: Vec<u32>,
    pub error: Option<Error>,
}

type Listing = Pin<Box<dyn Future<Output = Listed>>>;
type Method = fn(&Laboratory, How) -> Listing;

/// Reads the list, and goes on with another stream where it is told to.
fn go<R>(request: R, how: How) -> Listing
where
    R: Paged + Clone + 'static,
    R::Item: std::fmt::Debug,
{
    let stream = move |request| {
        let items = Items::new(request);
        if how.prefetch { items.prefetch() } else { items }
    };
    Box::pin(async move {
        let mut listed = Listed { items: Vec::new(), error: None };
        let mut items = stream(request.clone());
        if let Some(count) = how.stop_after {
            add(&mut listed, items.by_ref().take(count)).await;
            items = stream(request).resume(&items.position()).expect("a position");
        }
        add(&mut listed, items).await;
        listed
    })
}

async fn add<T: std::fmt::Debug>(listed: &mut Listed, mut items: impl StreamExt<Item = Result<T, Error>> + Unpin) {
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => {
                let text = format!("{item:?}");
                let (_, rest) = text.split_once("\"item-").expect("its mark shows");
                listed.items.push(rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number"));
            }
            Err(error) => listed.error = Some(error),
        }
    }
}

const METHODS: [(&str, Method); 12] = [
    ("GetOpLog", |lab, how| {
        let (start_time, end_time) = ("2022-03-23 10:00:00".to_owned(), "2022-03-29 10:00:00".to_owned());
        let required = GetOpLogRequired { start_time, end_time, page_number: 1, page_size: how.size };
        go(lab.dms.get_op_log(required), how)
    }),
    ("ListDatabases", |lab, how| go(lab.dms.list_databases(7).page_size(how.size), how)),
    ("ListInstances", |lab, how| go(lab.dms.list_instances().page_size(how.size), how)),
    ("ListOrders", |lab, how| go(lab.dms.list_orders().page_size(how.size), how)),
    ("SearchDatabase", |lab, how| go(lab.dms.search_database().page_size(how.size), how)),
    ("DescribeBackupDataList", |lab, how| go(lab.dbs.describe_backup_data_list().page_size(how.size), how)),
    ("DescribeDownloadTask", |lab, how| {
        go(lab.dbs.describe_download_task("cn-hangzhou").instance_name("rm").page_size(how.size), how)
    }),
    ("DescribeDataBackupSet", |lab, how| go(lab.oceanbase.describe_data_backup_set("ob").page_size(how.size), how)),
    ("DescribeInstances", |lab, how| go(lab.oceanbase.describe_instances().page_size(how.size), how)),
    ("DescribeTenants", |lab, how| go(lab.oceanbase.describe_tenants("ob").page_size(how.size), how)),
    ("DescribeBackups", |lab, how| go(lab.rds.describe_backups("rm").page_size(how.size), how)),
    ("DescribeDBInstances", |lab, how| go(lab.rds.describe_db_instances().page_size(how.size), how)),
];

/// A pager as its spec declares it, with the method that lists.
pub struct Declared {
    product: &'static ProductFolder,
    file: &'static OperationFile,
    pub pager: &'static Pager,
    method: Method,
}

/// All of them: those that the specs declare and those of the table are the same.
pub fn declared() -> Vec<Declared> {
    let mut all = Vec::new();
    let mut untested: BTreeSet<_> = METHODS.iter().map(|(operation, _)| *operation).collect();
    for product in &specs().products {
        for file in &product.operations {
            let Some(pager) = &file.operation.pager else { continue };
            let method = METHODS.iter().find(|(operation, _)| *operation == file.name);
            let (_, method) = *method.unwrap_or_else(|| panic!("{} is not in the table", file.name));
            untested.remove(&*file.name);
            all.push(Declared { product, file, pager, method });
        }
    }
    assert!(untested.is_empty(), "no spec declares {untested:?}");
    all
}

/// What a page tells beside its items. What is not told is null.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub total: Option<i64>,
    pub pages: Option<i64>,
    pub number: Option<i64>,
    pub size: Option<i64>,
    /// Whether numbers come as text.
    pub as_text: bool,
}

impl Declared {
    pub fn operation(&self) -> &'static str {
        &self.file.name
    }

    /// A page with these items, in the shape that the sample has.
    pub fn page(&self, items: &[u32], told: Told) -> Value {
        let mut page = sample(self.file);
        let elements = Path::parse(&self.pager.items).find(&self.file.operation.response.schema, &self.product.product);
        let is_text = |field: &&alicloud_codegen::spec::Field| {
            let schema = &field.schema;
            schema.kind() == Some(Type::String)
                && schema.holds.is_none()
                && schema.values.is_empty()
                && !schema.sensitive
        };
        let mark = &elements.expect("it leads somewhere").fields.iter().find(is_text).expect("a text").name;
        let items: Vec<Value> = items.iter().map(|item| json!({mark.as_str(): format!("item-{item}")})).collect();
        put(&mut page, self.pager.items.trim_end_matches("[]"), &items.into());
        let Pager { total, pages, number, page_size, .. } = self.pager;
        for (path, value) in [(total, told.total), (pages, told.pages), (number, told.number), (page_size, told.size)] {
            let value = if told.as_text { json!(value.map(|value| value.to_string())) } else { json!(value) };
            path.iter().for_each(|path| put(&mut page, path, &value));
        }
        page
    }

    /// Lists what these replies have, and says which pages were asked for; nothing stands for one that was not named.
    pub async fn list(&self, lab: &Laboratory, how: How, replies: &[Value]) -> (Listed, Vec<Option<i64>>) {
        lab.script(self.operation(), replies);
        let listed = (self.method)(lab, how).await;
        let mark = format!("{}=", self.pager.position);
        let position =
            |text: &String| text.split(['?', '&', ' ']).find_map(|pair| pair.strip_prefix(&mark)?.parse().ok());
        (listed, lab.asked(self.operation()).iter().map(position).collect())
    }
}

/// That a list came to an end by itself, or with this kind of error.
pub fn kind(listed: &Listed) -> Option<ErrorKind> {
    listed.error.as_ref().map(Error::kind)
}
