//! The root of the crate: what all products share, and the products.

use std::fmt::Write as _;

use crate::resolve::model::Product;

use super::{MARKER, docs};

const HEAD: &str = "\
//! Typed, signed clients for Alibaba Cloud: one module and one cargo feature per product.
//!
//! A [`Config`] says where and as whom; a client of a product has a method for each of its operations. What an
//! operation requires are arguments, what it allows is chained, and nothing is sent until the request is awaited.
//!
";

const EXAMPLE: &str = "\
//! ```no_run
//! # async fn example() -> Result<(), alicloud::Error> {
//! use alicloud::{Config, Credentials};
//!
//! let config = Config::builder()
//!     .region(\"cn-hangzhou\")
//!     .credentials(Credentials::access_key(\"LTAI5tExample\", \"example-secret\"))
//!     .build()?;
//! # #[cfg(feature = \"dms-enterprise\")]
//! # {
//! let dms = alicloud::dms_enterprise::Client::new(&config)?;
//! let ticket = dms.get_data_export_order_detail(546).await?;
//! println!(\"{ticket:?}\");
//! # }
//! # Ok(())
//! # }
//! ```
//!
";

const SHARED: &str = "
pub use alicloud_runtime as runtime;
#[cfg(feature = \"blocking\")]
pub use alicloud_runtime::blocking;
#[cfg(feature = \"test-util\")]
pub use alicloud_runtime::testing;
pub use alicloud_runtime::untyped;
pub use alicloud_runtime::{
    Algorithm, Attempt, ByteStream, Bytes, CallOptions, CliProfile, Config, ConfigBuilder, Counters, Credentials,
    CredentialsUri, DefaultChain, EcsRole, EnvironmentKeys, Error, ErrorKind, Event, Events, IniProfile, Metadata,
    Network, OidcRole, ProvideCredentials, Provided, ProviderContext, RequestBody, RetryPolicy, RoleByArn,
    SensitiveString, WithMetadata,
};

";

pub(super) fn emit(products: &[Product<'_>]) -> String {
    let mut text = HEAD.to_owned();
    let is_there = |product: &Product<'_>| product.module == "dms_enterprise";
    if products.iter().any(is_there) {
        text.push_str(EXAMPLE);
    }
    text.push_str("//! | module | feature | product | version |\n//! | --- | --- | --- | --- |\n");
    for product in products {
        let spec = &product.folder.product;
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "//! | `{}` | `{}` | {} | {} |",
            product.module,
            spec.feature,
            docs::line(&spec.title).replace('|', "\\|"),
            spec.version
        );
    }
    let _ = writeln!(text, "// {MARKER} from specs; do not edit.");
    text.push_str(SHARED);
    for product in products {
        let _ = writeln!(text, "#[cfg(feature = {:?})]", product.folder.product.feature);
        let _ = writeln!(text, "#[rustfmt::skip]\npub mod {};", product.module);
    }
    text
}
