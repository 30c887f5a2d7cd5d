//! Generates the operations of an invented product, and of some real ones.

fn main() -> Result<(), alicloud_codegen::BuildError> {
    alicloud_codegen::build()
        .specs("specs")
        .specs("../../tests/vocabulary")
        .products(["depot", "cloudcontrol", "cs", "dms-enterprise", "fc-open", "ocr-api", "ververica"])
        .run()
}
