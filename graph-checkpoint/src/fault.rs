//! The errors of savers and of stores, for the code that they share.

use std::error::Error;

use graph_core::checkpoint::CheckpointError;
use graph_core::store::StoreError;

/// An error of a saver or of a store.
pub(crate) trait Fault: Send + Sized + 'static {
    /// The database failed.
    fn of(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self;
}

impl Fault for CheckpointError {
    fn of(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Saver(error.into())
    }
}

impl Fault for StoreError {
    fn of(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Backend(error.into())
    }
}

/// The tables are of a later release.
pub(crate) fn of_a_later_release<E: Fault>(version: i64, newest: usize) -> E {
    E::of(format!("the tables are of version {version}, and this release knows them up to {newest}"))
}
