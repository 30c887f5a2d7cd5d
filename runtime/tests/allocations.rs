//! What credentials cost each call in memory, once they are there.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use alicloud_runtime::{Credentials, EnvironmentKeys, Sending};

mod support;

use support::{Ask, OPERATION, Script, block_on, builder, core};

/// How often one call allocates, after others have made ready what is kept.
fn allocations_per_call(credentials: Credentials) -> u64 {
    let script = Script::new([]);
    let keys = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "id"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hush")];
    let config = builder(&script).environment(keys.into_iter().collect()).credentials(credentials).build().unwrap();
    let client = core(&config);
    let call = || block_on(Sending::new(&Ask::<()>::new(client.call(&OPERATION), |_| {}))).unwrap();
    // The list of the transport has room for what comes.
    script.requests.lock().unwrap().reserve(16);
    call();
    allocation_counter::measure(call).count_total
}

#[test]
fn credentials_that_are_kept_cost_a_call_nothing() {
    let fixed = allocations_per_call(Credentials::access_key("id", "hush"));
    let kept = allocations_per_call(EnvironmentKeys.into());
    assert!(fixed > 0);
    assert_eq!(kept, fixed);
}
