//! Checkpointers that keep the threads of `graph-core`.
//!
//! `SqliteSaver` (feature `sqlite`, on by default) keeps them in one file; `PostgresSaver` (feature `postgres`) in a
//! database that many processes and machines share. With the feature `testing`, the module `conformance` says, as tests,
//! what any checkpointer must do.
#![forbid(unsafe_code)]

#[cfg(feature = "testing")]
pub mod conformance;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "sqlite")]
pub mod sqlite;

#[cfg(feature = "postgres")]
pub use postgres::PostgresSaver;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteSaver;
