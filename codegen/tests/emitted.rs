//! What is generated for operations of each kind, exactly: `tests/emitted/<product>/<module>.rs` is one file of what the
//! vocabulary makes.
//!
//! Run with `UPDATE_GOLDEN=1` to write the files anew, and read the difference.
#![cfg(feature = "emit")]

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::{generate, read};

/// A file and what it shows.
const SHOWN: &[(&str, &str)] = &[
    ("cloudcontrol/get_resources.rs", "a parameter that is the whole path"),
    ("cs/describe_policies.rs", "a root that is a map of lists"),
    ("devops/delete_app_member.rs", "a root that is text"),
    ("devops/list_all_release_workflows.rs", "a root that is a list of objects"),
    ("dms_enterprise/get_ai_order_approval_comment_sse.rs", "server-sent events"),
    ("fc_open/invoke_function.rs", "bytes in and out, headers in and out"),
    ("imm/types/mod.rs", "the shared types of a product"),
    ("imm/types/simple_query.rs", "a type that contains itself"),
    ("oss/put_bucket_cors.rs", "an XML body, a query in the path"),
    ("oss/put_object.rs", "a map of headers"),
    ("pds/download_file.rs", "a redirect that is a success, and a header that is a secret"),
    ("pds/get_download_url.rs", "links by name"),
    ("pds/list_received_file.rs", "a bearer token, a part of the host, pages asked for in the body, shared types"),
    ("rds_data/types/batch_execute_statement_result.rs", "types inside of a shared type"),
    ("sls/get_logs.rs", "pages of a root that is a list, headers beside it"),
    ("vpc/active_flow_log.rs", "asynchronous work"),
];

#[test]
fn every_kind_is_emitted_as_reviewed() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut specs = read::folder(&tests.join("vocabulary"), &mut Report::default());
    // All can be written but the signature of gateways.
    specs.products.iter_mut().for_each(|product| product.product.gateway = None);
    let generated = generate(&specs, &mut Report::default());
    for (name, shows) in SHOWN {
        let file = generated.files.iter().find(|file| file.path == *name);
        let text = &file.unwrap_or_else(|| panic!("{name} is not generated: {shows}")).text;
        let golden = tests.join("emitted").join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(golden.parent().expect("a folder")).expect("the folder can be made");
            fs::write(&golden, text).expect("the file can be written");
        }
        assert_eq!(*text, fs::read_to_string(&golden).unwrap_or_default(), "{name}: {shows}");
    }
}
