//! One product's feature compiles that product and no other.

use std::process::Command;

#[test]
fn one_feature_compiles_one_product() {
    let folder = tempfile::tempdir().expect("a folder");
    let products = [("dbs", "dbs"), ("dms-enterprise", "dms_enterprise"), ("oceanbasepro", "oceanbasepro")];
    for (feature, module) in products {
        let list = folder.path().join(feature);
        let status = Command::new(env!("CARGO"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["rustc", "--quiet", "--lib", "--profile", "check", "--features", feature, "--"])
            // The compiler itself says which files it read.
            .arg(format!("--emit=dep-info={}", list.display()))
            .status()
            .expect("cargo runs");
        assert!(status.success(), "{feature}");
        let read = std::fs::read_to_string(&list).expect("a list of files");
        let reads = |module: &str| read.contains(&format!("src{0}{module}{0}mod.rs", std::path::MAIN_SEPARATOR));
        for (_, other) in products {
            assert_eq!(reads(other), other == module, "{feature} and {other}: {read}");
        }
    }
}
