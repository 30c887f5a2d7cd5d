//! Generates the operations that this crate uses.

fn main() -> Result<(), alicloud_codegen::BuildError> {
    alicloud_codegen::build()
        .specs("../../../specs")
        .products(["dms-enterprise", "dbs"])
        .operations(["GetDataExportOrderDetail", "GetDataExportDownloadURL", "DescribeDownloadTask"])
        .run()
}
