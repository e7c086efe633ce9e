//! Calling a backend: namespaces and keys are checked first, texts are embedded, and panics become errors.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::backend::{Find, StoreBackend, Write};
use super::call::caught;
use super::namespace::check_item;
use super::{Collection, Index, Item, Namespace, NamespacesQuery, Search, StoreError};

/// Long-term memory: typed items under namespaces and keys, shared by all threads. Clones share it.
///
/// A graph declares it with `store;`, and its nodes reach it with [`cx.store()`](crate::context::Context::store). See the
/// [module](crate::store) for an example.
///
/// These errors come from here, and so are the same for every backend: a namespace or key that cannot be is
/// [`StoreError::InvalidNamespace`] or [`StoreError::InvalidKey`], a value that does not fit its type is
/// [`StoreError::Encode`] or [`StoreError::Decode`], and a panic is [`StoreError::Panic`].
#[derive(Clone)]
pub struct Store {
    backend: Arc<dyn StoreBackend>,
    index: Option<Arc<Index>>,
}

impl Store {
    /// A store with this backend, that has no [`Index`].
    #[must_use]
    pub fn new(backend: impl StoreBackend) -> Self {
        Self { backend: Arc::new(backend), index: None }
    }

    /// Embeds the items that are written from now on through this store, so that a [`Search`] by text finds them.
    #[must_use]
    pub fn index(mut self, index: Index) -> Self {
        self.index = Some(Arc::new(index));
        self
    }

    /// The items of type `T` in a namespace: `store.collection::<Memory>(["users", user_id])`.
    ///
    /// The namespace is checked by the collection's calls.
    #[must_use]
    pub fn collection<T>(&self, namespace: impl Into<Namespace>) -> Collection<T> {
        Collection::new(self.clone(), namespace.into())
    }

    /// The namespaces that hold items.
    ///
    /// ```
    /// use graph_core::store::{InMemoryStore, NamespacesQuery, Store};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), graph_core::store::StoreError> {
    /// let store = Store::new(InMemoryStore::new());
    /// for user in ["ada", "bob"] {
    ///     store.collection::<u32>(["users", user, "scores"]).put("chess", &1).await?;
    /// }
    /// let users = store.namespaces(&NamespacesQuery::new().prefix(["users"]).max_depth(2)).await?;
    /// assert_eq!(users, [["users", "ada"].into(), ["users", "bob"].into()]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`StoreError::InvalidNamespace`], and those of the backend.
    pub async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError> {
        query.prefix.check_prefix()?;
        query.suffix.check_prefix()?;
        caught("namespaces", || self.backend.namespaces(query)).await
    }

    /// Removes what is left of expired items; how many. Nobody sees an expired item, and later writes remove some, so it
    /// only frees room at once.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        caught("sweep", || self.backend.sweep()).await
    }

    pub(super) async fn put(&self, mut writes: Vec<Write>, is_indexed: bool) -> Result<(), StoreError> {
        for write in &writes {
            check_item(&write.namespace, &write.key)?;
        }
        if writes.is_empty() {
            return Ok(());
        }
        if let Some(index) = self.index.as_ref().filter(|_| is_indexed) {
            let values: Vec<_> = writes.iter().map(|write| &write.value).collect();
            let vectors = index.embed_values(&values).await?;
            writes.iter_mut().zip(vectors).for_each(|(write, vectors)| write.vectors = vectors);
        }
        caught("put", || self.backend.put(writes)).await
    }

    pub(super) async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError> {
        check_item(namespace, key)?;
        caught("get", || self.backend.get(namespace, key)).await
    }

    pub(super) async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError> {
        check_item(namespace, key)?;
        caught("delete", || self.backend.delete(namespace, key)).await
    }

    pub(super) async fn search<T: DeserializeOwned>(
        &self,
        prefix: &Namespace,
        search: &Search,
    ) -> Result<Vec<Item<T>>, StoreError> {
        prefix.check_prefix()?;
        let Search { text, filter, limit, offset } = search.clone();
        let vector = match (text, &self.index) {
            (None, _) => None,
            (Some(_), None) => return Err(StoreError::NoIndex),
            (Some(text), Some(index)) => Some(index.embed_query(text).await?),
        };
        let find = Find { prefix: prefix.clone(), filter, vector, limit, offset };
        let items = caught("find", || self.backend.find(&find)).await?;
        items.into_iter().map(Item::decode).collect()
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("index", &self.index).finish_non_exhaustive()
    }
}

/// A [`Store`], or a [`StoreBackend`] that becomes one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a store",
    label = "cannot keep items",
    note = "write `InMemoryStore::new()`, or another type that implements `StoreBackend`, or a `Store` of one",
    note = "one that is opened is awaited first, and its error handled: `SqliteStore::open(..).await?`"
)]
pub trait IntoStore {
    /// The store.
    fn into_store(self) -> Store;
}

impl IntoStore for Store {
    fn into_store(self) -> Store {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<B: StoreBackend> IntoStore for B {
    fn into_store(self) -> Store {
        Store::new(self)
    }
}
