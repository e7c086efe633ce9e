//! How a file is opened.

use std::path::Path;
use std::time::Duration;

use graph_core::checkpoint::CheckpointError;
use graph_core::store::StoreError;

use super::pool::Pool;
use super::{SqliteSaver, SqliteStore};

/// When SQLite waits for the disk: `PRAGMA synchronous`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Synchronous {
    /// At every commit: what has been saved survives a loss of power.
    #[default]
    Full,
    /// At checkpoints of the WAL only: faster; a loss of power may cost the last records, never the file. A crash of the
    /// process costs nothing.
    Normal,
}

/// How a file is opened: `SqliteOptions::new().synchronous(Synchronous::Normal).open(path).await`.
#[derive(Clone, Debug)]
#[must_use]
pub struct SqliteOptions {
    pub(super) synchronous: Synchronous,
    pub(super) busy_timeout: Duration,
    pub(super) connections: usize,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { synchronous: Synchronous::Full, busy_timeout: Duration::from_secs(10), connections: 4 }
    }
}

impl SqliteOptions {
    /// [`Synchronous::Full`], a busy timeout of 10 seconds, at most 4 connections.
    pub fn new() -> Self {
        Self::default()
    }

    /// When SQLite waits for the disk.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// How long a call waits for another connection's write before it fails.
    pub fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// The greatest number of connections, at least 1, that a saver or a store and its clones have open.
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// Opens a file, which is created if there is none. The path is always that of a file, also if it reads `:memory:`.
    ///
    /// # Errors
    /// Those of [`SqliteSaver::open`].
    pub async fn open(self, path: impl AsRef<Path>) -> Result<SqliteSaver, CheckpointError> {
        Pool::open(path.as_ref(), self).await.map(SqliteSaver)
    }

    /// Opens a file for a store, which is created if there is none. It may be that of a saver.
    ///
    /// # Errors
    /// Those of [`SqliteStore::open`].
    pub async fn open_store(self, path: impl AsRef<Path>) -> Result<SqliteStore, StoreError> {
        Pool::open(path.as_ref(), self).await.map(SqliteStore)
    }
}
