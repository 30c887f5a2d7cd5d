//! Waiting for a ticket: through its states, and to an end that it does not tell itself.

use std::time::Duration;

use alicloud::dms_enterprise::Client;
use alicloud::{Config, Credentials, Error, ErrorKind};
use alicloud_emulator::{CannedReply, Emulator};

async fn start(states: &[&str]) -> (Emulator, Client) {
    let emulator = Emulator::builder()
        .specs(concat!(env!("CARGO_MANIFEST_DIR"), "/../specs"))
        .states("GetDataExportOrderDetail", "finished", states.iter().copied())
        .start()
        .await
        .expect("the emulator starts");
    let config = Config::builder()
        .credentials(Credentials::access_key("LTAI5tExample", "example-secret"))
        .endpoint(emulator.url())
        .build()
        .expect("a configuration");
    let client = Client::new(&config).expect("a client");
    (emulator, client)
}

async fn wait(client: &Client) -> Result<String, Error> {
    let wait = client.get_data_export_order_detail(546).tid(3).until_finished();
    wait.interval(Duration::from_millis(1)).await.map(|response| response.request_id)
}

#[tokio::test]
async fn a_ticket_is_followed_to_its_end() {
    let (emulator, client) = start(&["PRE_CHECKING", "SOMETHING_NEW", "DOING_EXPORT", "EXPORT_SUCCESS"]).await;
    wait(&client).await.expect("it ends well");
    let asked = emulator.requests();
    let details = asked.iter().filter(|request| request.operation.as_deref() == Some("GetDataExportOrderDetail"));
    assert_eq!(details.count(), 4, "a state that nobody knows keeps waiting");
}

#[tokio::test]
async fn states_that_end_the_wait_otherwise_say_why() {
    let table = [
        ("EXPORT_FAIL", ErrorKind::WaitFailed, "EXPORT_FAIL"),
        ("PRE_CHECK_FAIL", ErrorKind::WaitFailed, "PRE_CHECK_FAIL"),
        ("ENABLE_EXPORT", ErrorKind::NeedsAction, "ExecuteDataExport"),
        ("WAITING_APPLY_AUDIT", ErrorKind::NeedsAction, "SubmitOrderApproval"),
    ];
    for (state, kind, says) in table {
        let (_emulator, client) = start(&[state]).await;
        let error = wait(&client).await.expect_err(state);
        assert_eq!((error.kind(), error.state()), (kind, Some(state)), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn a_ticket_that_was_rejected_ends_the_wait() {
    let (emulator, client) = start(&["PRE_CHECKING"]).await;
    let body = r#"{"Success": true, "OrderBaseInfo": {"StatusCode": "Reject", "StatusDesc": "not today"}}"#;
    let rejected = CannedReply::new(200).body(body).until_cleared();
    emulator.set_reply("GetOrderBaseInfo", rejected).expect("a reply");
    let error = wait(&client).await.expect_err("it was rejected");
    assert_eq!((error.kind(), error.state()), (ErrorKind::WaitFailed, Some("Reject")), "{error}");
    assert!(error.to_string().contains("not today"), "{error}");
    let asked = emulator.requests();
    let other = asked.iter().find(|request| request.operation.as_deref() == Some("GetOrderBaseInfo"));
    assert_eq!(other.map(|request| request.target.as_str()), Some("/?OrderId=546&Tid=3"));
}
