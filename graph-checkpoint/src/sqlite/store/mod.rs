//! A store in a SQLite file.
mod namespace;
mod read;
mod write;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::store::backend::{Find, StoreBackend, Write};
use graph_core::store::{Item, Namespace, NamespacesQuery, StoreError};

use super::SqliteOptions;
use super::pool::Pool;

/// Keeps the items of a [`Store`](graph_core::store::Store) in one SQLite file, in WAL mode: the file of a
/// [`SqliteSaver`](super::SqliteSaver), or another one.
///
/// Clones share their connections, up to [`SqliteOptions::connections`]; [`SqliteSaver::store`](super::SqliteSaver::store)
/// shares those of the saver. What is said there of other processes, of durability and of dropped calls holds here, too.
///
/// A search reads every item below its namespace until its page is full, a search by text all of them: filters and scores
/// are computed here, and not by SQLite.
///
/// ```
/// use graph_checkpoint::SqliteStore;
/// use graph_core::store::Store;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_core::store::StoreError> {
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("memory.db");
/// let store = Store::new(SqliteStore::open(&path).await?);
/// store.collection(["users", "ada"]).put("language", &"Italian".to_owned()).await?;
/// drop(store);
///
/// // Another process, later.
/// let store = Store::new(SqliteStore::open(&path).await?);
/// let language = store.collection::<String>(["users", "ada"]).get("language").await?;
/// assert_eq!(language.as_deref(), Some("Italian"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqliteStore(pub(super) Arc<Pool>);

impl SqliteStore {
    /// Opens a file, which is created if there is none, with the default options.
    ///
    /// # Errors
    /// [`StoreError::Backend`] if the file cannot be opened, is no database, or has tables of a later release.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        SqliteOptions::new().open_store(path).await
    }
}

#[async_trait]
impl StoreBackend for SqliteStore {
    async fn put(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.0.call(move |connection| write::put(connection, &writes)).await
    }

    async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError> {
        let (namespace, key) = (namespace.clone(), key.to_owned());
        self.0.call(move |connection| read::get(connection, &namespace, &key)).await
    }

    async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError> {
        let (namespace, key) = (namespace.clone(), key.to_owned());
        self.0.call(move |connection| write::delete(connection, &namespace, &key)).await
    }

    async fn find(&self, find: &Find) -> Result<Vec<Item>, StoreError> {
        let find = find.clone();
        self.0.call(move |connection| read::find(connection, &find)).await
    }

    async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError> {
        let query = query.clone();
        self.0.call(move |connection| read::namespaces(connection, &query)).await
    }

    async fn sweep(&self) -> Result<u64, StoreError> {
        self.0.call(|connection| write::sweep(connection, None)).await
    }
}
