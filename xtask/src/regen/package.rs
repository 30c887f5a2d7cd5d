//! What surrounds generated sources in a crate of its own: its manifest and its README.

use std::path::Path;

use alicloud_codegen::emit::MARKER;

/// A crate for some operations.
pub struct Package<'a> {
    /// Its name on crates.io or elsewhere, such as `alicloud-custom`.
    pub name: &'a str,
    /// The feature of each product in it.
    pub features: &'a [String],
    /// Where the runtime is, if not on crates.io.
    pub runtime: Option<&'a Path>,
}

/// The features that the crate hands on to the runtime, beside those that are on by default.
const HANDED_ON: &[&str] =
    &["blocking", "external", "gzip", "http2", "legacy-signatures", "sm3", "system-proxy", "test-util"];

impl Package<'_> {
    /// The name of the crate in paths.
    pub fn krate(&self) -> String {
        self.name.replace('-', "_")
    }

    /// `Cargo.toml`: every product is on by default, since somebody asked for each.
    pub fn manifest(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let products: String = self.features.iter().map(|feature| format!(", {feature:?}")).collect();
        let lines: String = self.features.iter().map(|feature| format!("{feature} = []\n")).collect();
        let handed_on: String =
            HANDED_ON.iter().map(|feature| format!("{feature} = [\"alicloud-runtime/{feature}\"]\n")).collect();
        let runtime = match self.runtime {
            Some(path) => {
                format!("{{ version = \"{version}\", path = {:?}, default-features = false }}", path.to_string_lossy())
            }
            None => format!("{{ version = \"{version}\", default-features = false }}"),
        };
        format!(
            "# {MARKER}; do not edit.\n\
             [package]\n\
             name = {:?}\n\
             version = \"0.1.0\"\n\
             edition = \"2024\"\n\
             rust-version = \"{}\"\n\
             publish = false\n\
             \n\
             [features]\n\
             default = [\"rustls\", \"tracing\"{products}]\n\
             rustls = [\"alicloud-runtime/rustls\"]\n\
             tracing = [\"alicloud-runtime/tracing\"]\n\
             {handed_on}\
             # Products.\n\
             {lines}\
             \n\
             [dependencies]\n\
             alicloud-runtime = {runtime}\n",
            self.name,
            env!("CARGO_PKG_RUST_VERSION"),
        )
    }

    /// `README.md`: what it is, and the command that made it.
    pub fn readme(&self, command: &str) -> String {
        format!(
            "<!-- {MARKER}; do not edit. -->\n# {}\n\nTyped, signed clients for some operations of Alibaba Cloud. \
             Generated; write it anew with `{command}`.\n",
            self.name
        )
    }
}
