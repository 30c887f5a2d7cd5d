//! Credentials from every place that has some, against real sockets, real files and real programs.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

#[path = "credentials/cache.rs"]
mod cache;
#[path = "credentials/chain.rs"]
mod chain;
#[path = "credentials/files.rs"]
mod files;
#[path = "credentials/laboratory.rs"]
mod laboratory;
#[path = "credentials/metadata.rs"]
mod metadata;
#[cfg(all(unix, feature = "external"))]
#[path = "credentials/program.rs"]
mod program;
#[path = "credentials/roles.rs"]
mod roles;
#[path = "credentials/server.rs"]
mod server;
mod support;
#[path = "credentials/uri.rs"]
mod uri;
#[path = "credentials/vectors.rs"]
mod vectors;
