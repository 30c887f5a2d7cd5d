//! Tickets of DMS that are known by a marker in their comments.

use alicloud::Error;
use alicloud::dms_enterprise::{Client, list_orders::Order};
use alicloud::runtime::Random;

use crate::create::Found;
use crate::next::next;

/// How many of the newest tickets are looked at one by one.
const NEWEST: i64 = 50;

/// What no other ticket has in its comment.
pub(crate) fn marker(random: &dyn Random) -> String {
    format!("run{:032x}", random.bits())
}

/// The comment with the marker.
pub(crate) fn marked(comment: &str, marker: &str) -> String {
    format!("{comment} [{marker}]")
}

/// The caller's ticket with the marker.
pub(crate) async fn find(client: &Client, marker: &str, tid: Option<i64>) -> Result<Found<i64>, Error> {
    let mut searched = client.list_orders().search_content(marker);
    searched.tid = tid;
    let mut orders = searched.items();
    while let Some(order) = next(&mut orders).await {
        if let Some(number) = number(&order?, marker) {
            return Ok(Found::Yes(number));
        }
    }
    // What the search knows may be older than what the list knows.
    let mut newest = client.list_orders().page_number(1).page_size(NEWEST);
    newest.tid = tid;
    let orders = newest.await?.orders;
    Ok(orders.iter().find_map(|order| number(order, marker)).map_or(Found::No, Found::Yes))
}

fn number(order: &Order, marker: &str) -> Option<i64> {
    order.order_id.filter(|_| order.comment.contains(&format!("[{marker}]")))
}
