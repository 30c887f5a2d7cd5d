//! The signature vectors of the official implementation.

#[path = "../examples/vectors/check.rs"]
mod check;
#[cfg(feature = "legacy-signatures")]
#[path = "../examples/vectors/legacy.rs"]
mod legacy;
#[path = "../examples/vectors/pipeline.rs"]
mod pipeline;

#[test]
fn signs_as_the_official_implementation_does() {
    let results = check::check_all(include_str!("data/acs3.json")).unwrap();
    assert_eq!(results.len(), 59);
    // The one case that needs a feature.
    let is_built_in = |name: &str| cfg!(feature = "sm3") || name != "sm3_form";
    for (name, result) in results {
        assert_eq!(result.is_ok(), is_built_in(&name), "{name}: {result:?}");
    }
}

/// The files of the signatures from before ACS3, and how many cases each has.
const LEGACY: [(&str, usize); 2] = [(include_str!("data/rpc_v1.json"), 14), (include_str!("data/roa_v1.json"), 8)];

#[test]
fn signs_as_the_official_implementation_did_before_acs3() {
    for (file, count) in LEGACY {
        let results = check::check_all(file).unwrap();
        assert_eq!(results.len(), count);
        for (name, result) in results {
            assert_eq!(result.is_ok(), cfg!(feature = "legacy-signatures"), "{name}: {result:?}");
        }
    }
}
