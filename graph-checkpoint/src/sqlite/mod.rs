//! Threads, and the items of a store, in a SQLite file.
//!
//! # Tables
//!
//! Times are microseconds since 1970 (`datetime(updated_at / 1000000, 'unixepoch')`), ids of records are the 16 bytes of
//! their UUID (`hex(id)`), and every `body` is a part of a [`SealedRecord`](graph_core::checkpoint::SealedRecord), which has
//! a checksum: the tables may be queried, and rows may be deleted by thread, but bodies not be changed.
//!
//! | table | row | columns |
//! | --- | --- | --- |
//! | `threads` | a thread | `number`, its key in the other tables; `id`; `last`, the id of its last record; `records`, how many it has had, which is the next `seq`; `updated_at` |
//! | `checkpoints` | a step: its updates and next tasks | `thread`; `seq`, its place in the log; `id`; `parent`, the checkpoint that it follows; `input`, the id of the input's own checkpoint; `namespace`; `step`; `source`; `at`; `body` |
//! | `snapshots` | a whole state, of some checkpoints | `thread`; `checkpoint`; `body` |
//! | `pending_writes` | updates of finished tasks of a step that is not complete | `thread`; `seq`; `id`; `checkpoint`, which the step follows; `step`; `at`; `body` |
//! | `leases` | the current lease of a thread, by its id | `epoch`; `thread`; `owner`; `until`, in milliseconds since 1970 |
//! | `store_items` | an item of a store | `revision`, which grows with each write; `namespace`, as a JSON array; `key`; `created_at`; `updated_at`; `expires_at`; `value`, as JSON; `vectors`: the number of dimensions as a `u32`, and every number as an `f32`, in little-endian order |
//!
//! `PRAGMA user_version` is the version of the tables. A newer one is an error; an older one is migrated when the file is
//! opened, in one transaction.
mod convert;
#[cfg(feature = "failpoints")]
mod failpoints;
mod leases;
mod options;
mod pool;
mod prune;
mod read;
mod schema;
mod store;
mod write;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, ThreadInfo, ThreadsQuery,
    WholeState,
};
use uuid::Uuid;

pub use self::options::{SqliteOptions, Synchronous};
use self::pool::Pool;
pub use self::store::SqliteStore;

/// Keeps threads in one SQLite file, in WAL mode.
///
/// Clones share their connections, up to [`SqliteOptions::connections`]. Other connections and processes on the same
/// machine may use the file at the same time. A call that has returned is on the disk, unless
/// [`Synchronous::Normal`] is chosen. Calls run on tokio's blocking pool: a call that is dropped still ends, and is either
/// done or not.
///
/// ```
/// use graph_checkpoint::SqliteSaver;
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
/// struct Account {
///     #[state(input, reduce = Sum)]
///     balance: i64,
/// }
///
/// #[derive(Update, Clone, Debug, Serialize, Deserialize)]
/// #[update(Account)]
/// struct Interest {
///     balance: i64,
/// }
///
/// #[node]
/// fn interest(Account { balance, .. }: &Account) -> Interest {
///     Interest { balance: balance / 10 }
/// }
///
/// graph! {
///     Accounts<Account> {
///         START -> interest -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("threads.db");
/// let app = Accounts::new().checkpointer(SqliteSaver::open(&path).await?);
/// app.thread("ada").run(AccountInput { balance: 10 }).await?;
/// drop(app);
///
/// // Another process, later.
/// let app = Accounts::new().checkpointer(SqliteSaver::open(&path).await?);
/// assert_eq!(app.thread("ada").run(AccountInput { balance: 9 }).await?.balance, 22);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqliteSaver(Arc<Pool>);

impl SqliteSaver {
    /// Opens a file, which is created if there is none, with the default options.
    ///
    /// # Errors
    /// The file cannot be opened, is no database, or has tables of a later release.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, CheckpointError> {
        SqliteOptions::new().open(path).await
    }

    /// A store in the same file, with the same connections.
    #[must_use]
    pub fn store(&self) -> SqliteStore {
        SqliteStore(self.0.clone())
    }
}

#[async_trait]
impl Checkpointer for SqliteSaver {
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        let (thread, lease) = (thread.to_owned(), lease.cloned());
        self.0.call(move |connection| write::append(connection, &thread, &record, lease.as_ref())).await
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        let thread = thread.to_owned();
        self.0.call(move |connection| read::load(connection, &thread, at)).await
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        let (thread, query) = (thread.to_owned(), query.clone());
        self.0.call(move |connection| read::history(connection, &thread, &query)).await
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        let (thread, owner) = (thread.to_owned(), owner.to_owned());
        self.0.call(move |connection| leases::take(connection, &thread, &owner, ttl)).await
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        let lease = lease.clone();
        self.0.call(move |connection| leases::renew(connection, &lease, ttl)).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        let lease = lease.clone();
        self.0.call(move |connection| leases::release(connection, &lease)).await
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        let query = query.clone();
        self.0.call(move |connection| read::threads(connection, &query)).await
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        let (thread, lease) = (thread.to_owned(), lease.cloned());
        self.0.call(move |connection| write::delete(connection, &thread, lease.as_ref())).await
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.0.call(move |connection| write::copy(connection, &from, &to)).await
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        let thread = thread.to_owned();
        self.0.call(move |connection| read::bytes(connection, &thread)).await
    }

    /// The file does not become smaller: SQLite uses the freed pages again.
    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        let (thread, retention) = (thread.to_owned(), *retention);
        self.0.call(move |connection| prune::prune(connection, &thread, &retention)).await
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        let thread = thread.to_owned();
        self.0.call(move |connection| prune::add_snapshot(connection, &thread, checkpoint, whole)).await
    }
}
