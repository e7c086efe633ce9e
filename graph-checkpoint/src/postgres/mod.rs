//! Threads, and the items of a store, in a PostgreSQL database.
//!
//! # Tables
//!
//! They are in the schema `graph_checkpoint`, which the first connection creates. Ids of records are UUIDs, and every
//! `body` is a part of a [`SealedRecord`](graph_core::checkpoint::SealedRecord), which has a checksum: the tables may be
//! queried, and rows may be deleted by thread, but bodies not be changed.
//!
//! | table | row | columns |
//! | --- | --- | --- |
//! | `threads` | a thread | `number`, its key in the other tables; `id`; `last`, the id of its last record; `records`, how many it has had, which is the next `seq`; `updated_at` |
//! | `checkpoints` | a step: its updates and next tasks | `thread`; `seq`, its place in the log; `id`; `parent`, the checkpoint that it follows; `input`, the id of the input's own checkpoint; `namespace`; `step`; `source`; `at`; `body` |
//! | `snapshots` | a whole state, of some checkpoints | `thread`; `checkpoint`; `body` |
//! | `pending_writes` | updates of finished tasks of a step that is not complete | `thread`; `seq`; `id`; `checkpoint`, which the step follows; `step`; `at`; `body` |
//! | `leases` | the current lease of a thread, by its id | `thread`; `owner`; `epoch`; `until` |
//! | `store_items` | an item of a store | `namespace`; `key`; `revision`, which grows with each write; `created_at`; `updated_at`; `expires_at`; `value`; `vectors`: the number of dimensions as a `u32`, and every number as an `f32`, in little-endian order |
//! | `migrations` | a version of the tables | `version`; `applied_at` |
//!
//! The steps of a thread, for example:
//!
//! ```sql
//! SELECT c.step, c.source, c.at, octet_length(c.body) FROM graph_checkpoint.checkpoints c
//! JOIN graph_checkpoint.threads t ON t.number = c.thread WHERE t.id = 'order-7' ORDER BY c.seq;
//! ```
//!
//! The greatest `version` is that of the tables. A newer one is an error; an older one is migrated by the first
//! connection, in one transaction under a lock. A role that may not create a schema can use tables that another role has
//! created, with `SELECT`, `INSERT`, `UPDATE` and `DELETE` on them and `USAGE` on the sequences `epochs` and
//! `store_revisions`.
//!
//! # The server
//!
//! - What has been saved is as durable as the server's `synchronous_commit` says: with `on`, which is the default, it is
//!   on the disk.
//! - Times of leases are those of the server's clock.
//! - An append without a lease that has begun when a lease is taken may still be saved, before or after the lease is given.
//!   The owner, who loads the thread under its lease, then meets a conflict, and loads it again.
//! - The database's encoding has to be `UTF8`, as it is almost everywhere: ids and names are kept in any language.
//! - Prepared statements are used: a PgBouncer in between has to be in session mode, or of a version (1.21) that supports
//!   them.
//! - Written for PostgreSQL 12 and later; tested with 15.
mod convert;
mod failure;
mod leases;
mod options;
mod pool;
mod prune;
mod read;
mod schema;
mod store;
mod write;

use std::time::Duration;

use async_trait::async_trait;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, ThreadInfo, ThreadsQuery,
    WholeState,
};
use uuid::Uuid;

pub use self::options::PostgresOptions;
use self::pool::Pool;
pub use self::store::PostgresStore;

/// Keeps threads in a PostgreSQL database, for any number of processes and machines.
///
/// Clones share their connections, up to [`PostgresOptions::connections`]. Each call is one transaction, and
/// [`append`](Checkpointer::append) one round trip. A call that is dropped is either done or not.
///
/// A lost connection fails the calls that use it, with [`CheckpointError::Saver`]; whether a record was saved by a call
/// that failed like this is seen when the thread is loaded again. Later calls connect again.
///
/// ```no_run
/// use graph_checkpoint::PostgresSaver;
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
/// let saver = PostgresSaver::connect("postgresql://app:secret@db.internal/threads").await?;
/// let app = Accounts::new().checkpointer(saver);
/// app.thread("ada").run(AccountInput { balance: 10 }).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct PostgresSaver(Pool);

impl PostgresSaver {
    /// Connects to the database that a connection string names, without TLS and with the default options: a URL such as
    /// `postgresql://user:password@host:5432/database`, or keys and values as libpq has them, such as
    /// `host=/run/postgresql user=app dbname=threads`. Creates the tables, or migrates them.
    ///
    /// [`PostgresOptions::connect_with_tls`] connects with TLS.
    ///
    /// # Errors
    /// [`CheckpointError::Saver`] if the string cannot be read, the server cannot be reached or demands TLS, the tables
    /// cannot be created, or they are of a later release.
    pub async fn connect(database: &str) -> Result<Self, CheckpointError> {
        PostgresOptions::new().connect(database).await
    }

    /// A store in the same database, with the same connections.
    #[must_use]
    pub fn store(&self) -> PostgresStore {
        PostgresStore::new(self.0.clone())
    }
}

#[async_trait]
impl Checkpointer for PostgresSaver {
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        Ok(write::append(&self.0.client().await?, thread, &record, lease).await?)
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        Ok(read::load(&self.0.client().await?, thread, at).await?)
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        Ok(read::history(&mut self.0.client().await?, thread, query).await?)
    }

    /// An owner with a NUL, which PostgreSQL cannot store, is [`CheckpointError::Saver`].
    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        Ok(leases::take(&mut self.0.client().await?, thread, owner, ttl).await?)
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        Ok(leases::renew(&self.0.client().await?, lease, ttl).await?)
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        Ok(leases::release(&self.0.client().await?, lease).await?)
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        Ok(read::threads(&self.0.client().await?, query).await?)
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        Ok(write::delete(&mut self.0.client().await?, thread, lease).await?)
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        Ok(write::copy(&mut self.0.client().await?, from, to).await?)
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        Ok(read::size(&self.0.client().await?, thread).await?)
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        Ok(prune::prune(&mut self.0.client().await?, thread, retention).await?)
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        Ok(prune::add_snapshot(&mut self.0.client().await?, thread, checkpoint, whole).await?)
    }
}
