//! The root of the crate: what all products share, and the products.

use std::fmt::Write as _;

use crate::resolve::model::Product;

use super::{Destination, MARKER, docs};

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

/// What depends on features that only a crate of its own has.
const OPTIONAL: &str = "\
#[cfg(feature = \"blocking\")]
pub use alicloud_runtime::blocking;
#[cfg(feature = \"test-util\")]
pub use alicloud_runtime::testing;
";

const SHARED: &str = "\
pub use alicloud_runtime::untyped;
pub use alicloud_runtime::{
    Algorithm, Attempt, ByteStream, Bytes, CallOptions, CliProfile, Config, ConfigBuilder, Counters, Credentials,
    CredentialsUri, DefaultChain, EcsRole, EnvironmentKeys, Error, ErrorKind, Event, Events, IniProfile, Metadata,
    Network, OidcRole, ProvideCredentials, Provided, ProviderContext, RequestBody, RetryPolicy, RoleByArn,
    SensitiveString, WithMetadata,
};

";

/// What a module in somebody else's crate, who did not write it, is not to be measured by.
const NOT_YOURS: &str = "\
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports, unused_qualifications)]
#[allow(clippy::all, clippy::nursery, clippy::pedantic, clippy::restriction)]
";

pub(super) fn emit(products: &[Product<'_>], destination: &Destination) -> String {
    match destination {
        Destination::Crate(name) => of_crate(products, name),
        Destination::Module => of_module(products),
    }
}

fn of_crate(products: &[Product<'_>], name: &str) -> String {
    let mut text = HEAD.to_owned();
    let is_there = |product: &Product<'_>| {
        let mut operations = product.operations.iter();
        product.module == "dms_enterprise" && operations.any(|one| one.module == "get_data_export_order_detail")
    };
    if products.iter().any(is_there) {
        text.push_str(&EXAMPLE.replace("alicloud::", &format!("{name}::")));
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
    let _ = writeln!(text, "// {MARKER} from specs; do not edit.\n\npub use alicloud_runtime as runtime;");
    text.push_str(OPTIONAL);
    text.push_str(SHARED);
    for product in products {
        let _ = writeln!(text, "#[cfg(feature = {:?})]", product.folder.product.feature);
        let _ = writeln!(text, "#[rustfmt::skip]\npub mod {};", product.module);
    }
    text
}

/// Included text cannot begin with `//!`, and has no features of its own.
fn of_module(products: &[Product<'_>]) -> String {
    let mut text = format!(
        "// {MARKER} from specs; do not edit.\n\n#[allow(unused_imports)]\npub use alicloud_runtime as runtime;\n"
    );
    text.push_str(&SHARED.replace("pub use", "#[allow(unused_imports)]\npub use"));
    for product in products {
        let _ = writeln!(text, "{NOT_YOURS}pub mod {};", product.module);
    }
    text
}
