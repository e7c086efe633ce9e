//! A store in a PostgreSQL database.
mod read;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use graph_core::store::backend::{Find, StoreBackend, Write};
use graph_core::store::{Item, Namespace, NamespacesQuery, StoreError};

use super::PostgresOptions;
use super::pool::Pool;

/// After so many calls of `put`, expired items are removed.
const SWEEP: usize = 64;

/// How many of them at a time.
const SWEPT_BY_A_WRITE: usize = 1_000;

/// Keeps the items of a [`Store`](graph_core::store::Store) in a PostgreSQL database, for any number of processes and
/// machines: that of a [`PostgresSaver`](super::PostgresSaver), or another one.
///
/// Clones share their connections, up to [`PostgresOptions::connections`]; [`PostgresSaver::store`](super::PostgresSaver::store)
/// shares those of the saver. What is said there of lost connections and of dropped calls holds here, too. Times, and so
/// times to live, are by the server's clock.
///
/// A search with a filter reads the items below its namespace until its page is full, a search by text all of them: filters
/// and scores are computed here, and not by PostgreSQL. Items that expire are removed now and then by later writes.
///
/// ```no_run
/// use graph_checkpoint::PostgresStore;
/// use graph_core::store::Store;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_core::store::StoreError> {
/// let store = Store::new(PostgresStore::connect("postgresql://app:secret@db.internal/memory").await?);
/// store.collection(["users", "ada"]).put("language", &"Italian".to_owned()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: Pool,
    puts: Arc<AtomicUsize>,
}

impl PostgresStore {
    pub(super) fn new(pool: Pool) -> Self {
        Self { pool, puts: Arc::default() }
    }

    /// Connects to the database that a connection string names, without TLS and with the default options: see
    /// [`PostgresSaver::connect`](super::PostgresSaver::connect). Creates the tables, or migrates them.
    ///
    /// [`PostgresOptions::connect_store_with_tls`] connects with TLS.
    ///
    /// # Errors
    /// [`StoreError::Backend`] if the string cannot be read, the server cannot be reached or demands TLS, the tables
    /// cannot be created, or they are of a later release.
    pub async fn connect(database: &str) -> Result<Self, StoreError> {
        PostgresOptions::new().connect_store(database).await
    }
}

#[async_trait]
impl StoreBackend for PostgresStore {
    async fn put(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut client = self.pool.client().await?;
        write::put(&mut client, writes).await?;
        if self.puts.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            // No matter if it fails: what was written is written, and a later sweep removes what nobody sees.
            let _ = write::sweep(&mut client, Some(SWEPT_BY_A_WRITE)).await;
        }
        Ok(())
    }

    async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError> {
        Ok(read::get(&self.pool.client().await?, namespace, key).await?)
    }

    async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError> {
        Ok(write::delete(&mut self.pool.client().await?, namespace, key).await?)
    }

    async fn find(&self, find: &Find) -> Result<Vec<Item>, StoreError> {
        Ok(read::find(&mut self.pool.client().await?, find).await?)
    }

    async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError> {
        Ok(read::namespaces(&self.pool.client().await?, query).await?)
    }

    async fn sweep(&self) -> Result<u64, StoreError> {
        Ok(write::sweep(&mut self.pool.client().await?, None).await?)
    }
}
