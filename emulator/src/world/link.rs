//! Links that are good for a time, as an object store signs them.

use std::time::{Duration, SystemTime};

use super::call::Call;
use super::{Settings, time};
use crate::builder::EXAMPLE_ACCESS_KEY_ID;
use crate::crc64;
use crate::pairs;
use crate::request::Incoming;

/// A link to a file of the operation that is called, and when it ends.
pub(crate) fn link(call: &Call<'_>, settings: &Settings, name: &str, lifetime: Duration) -> (String, SystemTime) {
    let ends = if call.expired_links {
        call.now.checked_sub(Duration::from_secs(1)).unwrap_or(SystemTime::UNIX_EPOCH)
    } else {
        call.now.checked_add(lifetime).unwrap_or(call.now)
    };
    let path = format!("/files/{}/{name}", call.action());
    (format!("{}{path}?{}", settings.url, query(&path, time::seconds(ends))), ends)
}

/// What is wrong with a link, if it is one of those: the code and the message of the object store.
pub(crate) fn problem(request: &Incoming, now: SystemTime) -> Option<(&'static str, &'static str)> {
    let sent = request.target.split_once('?').map(|(_, query)| query)?;
    let pairs = pairs::decode(sent.as_bytes())?;
    let ends: u64 = pairs::get(&pairs, "Expires")?.parse().ok()?;
    // The bytes count: a query that was written in another way is another query.
    if sent != query(&request.path, ends) {
        let message = "The request signature we calculated does not match the signature you provided.";
        return Some(("SignatureDoesNotMatch", message));
    }
    (time::seconds(now) > ends).then_some(("AccessDenied", "Request has expired."))
}

fn query(path: &str, ends: u64) -> String {
    let signature = crc64::checksum(format!("{path}\n{ends}").as_bytes());
    // `%2B` and `%3D` as in real signatures, so that who encodes them once more is found out.
    format!("Expires={ends}&OSSAccessKeyId={EXAMPLE_ACCESS_KEY_ID}&Signature={signature:016x}%2Bexample%3D")
}
