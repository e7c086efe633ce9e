//! Checkpointers that keep the threads of `graph-core`, and stores that keep its long-term memory.
//!
//! `SqliteSaver` and `SqliteStore` (feature `sqlite`, on by default) keep them in one file; `PostgresSaver` and
//! `PostgresStore` (feature `postgres`) in a database that many processes and machines share. `EncryptedSaver` (feature
//! `encrypt`) encrypts what any saver keeps. With the feature `testing`, the module `conformance` says, as tests, what any
//! checkpointer and any store must do.
#![forbid(unsafe_code)]

#[cfg(feature = "testing")]
pub mod conformance;
#[cfg(feature = "encrypt")]
pub mod encrypt;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod fault;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod row;
#[cfg(feature = "sqlite")]
pub mod sqlite;

#[cfg(feature = "encrypt")]
pub use encrypt::EncryptedSaver;
#[cfg(feature = "postgres")]
pub use postgres::{PostgresSaver, PostgresStore};
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteSaver, SqliteStore};
