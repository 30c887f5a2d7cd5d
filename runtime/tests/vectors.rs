//! The signature vectors of the official implementation.

#[path = "../examples/vectors/check.rs"]
mod check;
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
