//! The connections of a saver or a store, used on tokio's blocking pool.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use graph_core::checkpoint::CheckpointError;
use graph_core::store::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tokio::sync::Semaphore;

use super::options::{SqliteOptions, Synchronous};
use super::schema;
use crate::fault::Fault;

/// Why a call failed.
#[derive(Debug)]
pub(super) enum Failure<E = CheckpointError> {
    Sqlite(rusqlite::Error),
    Other(E),
}

impl<E> From<rusqlite::Error> for Failure<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Self {
        Self::Other(error)
    }
}

impl From<StoreError> for Failure<StoreError> {
    fn from(error: StoreError) -> Self {
        Self::Other(error)
    }
}

impl<E: Fault> Failure<E> {
    fn into_error(self) -> E {
        match self {
            Self::Sqlite(error) => E::of(error),
            Self::Other(error) => error,
        }
    }
}

#[derive(Debug)]
pub(super) struct Pool {
    path: PathBuf,
    options: SqliteOptions,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// Opens a file, and migrates its tables.
    pub(super) async fn open<E: Fault>(path: &Path, options: SqliteOptions) -> Result<Arc<Self>, E> {
        // An absolute path is none of SQLite's special names.
        let path = std::path::absolute(path).map_err(E::of)?;
        let permits = Arc::new(Semaphore::new(options.connections));
        let pool = Arc::new(Self { path, options, idle: Mutex::default(), permits });
        pool.call(schema::migrate::<E>).await?;
        Ok(pool)
    }

    /// Calls `work` with a connection, when one is free.
    pub(super) async fn call<T: Send + 'static, E: Fault>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Connection) -> Result<T, Failure<E>> + Send + 'static,
    ) -> Result<T, E> {
        let permit = self.permits.clone().acquire_owned().await.map_err(E::of)?;
        let pool = self.clone();
        let call = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let idle = pool.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = idle.map_or_else(|| pool.connect(), Ok)?;
            let result = work(&mut connection);
            pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            result
        });
        call.await.map_err(E::of)?.map_err(Failure::into_error)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        #[cfg_attr(not(feature = "failpoints"), expect(unused_mut, reason = "only a watched one is changed"))]
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        #[cfg(feature = "failpoints")]
        super::failpoints::watch(&mut connection)?;
        connection.busy_timeout(self.options.busy_timeout)?;
        let deadline = Instant::now() + self.options.busy_timeout;
        // SQLite does not wait where two connections turn a new file into WAL mode.
        while let Err(error) = connection.pragma_update(None, "journal_mode", "wal") {
            if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) || Instant::now() >= deadline {
                return Err(error);
            }
            sleep(Duration::from_millis(5));
        }
        let synchronous = match self.options.synchronous {
            Synchronous::Full => "full",
            Synchronous::Normal => "normal",
        };
        connection.pragma_update(None, "synchronous", synchronous)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(connection)
    }
}
