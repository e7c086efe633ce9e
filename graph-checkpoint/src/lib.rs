//! Checkpointers that keep the threads of `graph-core`.
//!
//! [`SqliteSaver`] keeps them in one file. With the feature `testing`, the module `conformance` says, as tests, what any
//! checkpointer must do.
#![forbid(unsafe_code)]

#[cfg(feature = "testing")]
pub mod conformance;
pub mod sqlite;

pub use sqlite::SqliteSaver;
