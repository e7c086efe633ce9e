//! The items of one type in a namespace.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Item, Namespace, Put, Search, Store, StoreError};

/// The items of one type in a namespace: made by [`Store::collection`]. A [`serde_json::Value`] reads all of them.
///
/// A value is kept as JSON, so that filters see its fields and other programs can read it: its keys have to be texts,
/// it has at most 100 levels of lists and objects, and a float that is not finite is kept as null.
///
/// ```
/// use graph_core::store::{Filter, InMemoryStore, Search, Store};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Dish {
///     name: String,
///     rating: u8,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_core::store::StoreError> {
/// let dishes = Store::new(InMemoryStore::new()).collection::<Dish>(["users", "ada", "dishes"]);
/// for (name, rating) in [("soup", 2), ("pizza", 5), ("curry", 4)] {
///     dishes.put(name, &Dish { name: name.into(), rating }).await?;
/// }
/// assert_eq!(dishes.get("soup").await?.map(|dish| dish.rating), Some(2));
///
/// let good = dishes.search(&Search::new().filter(Filter::new().gte("rating", 4))).await?;
/// let names: Vec<_> = good.iter().map(|item| &*item.value.name).collect();
/// assert_eq!(names, ["curry", "pizza"], "the one that was written last comes first");
/// # Ok(())
/// # }
/// ```
pub struct Collection<T> {
    store: Store,
    namespace: Namespace,
    values: PhantomData<fn() -> T>,
}

impl<T> Collection<T> {
    pub(super) fn new(store: Store, namespace: Namespace) -> Self {
        Self { store, namespace, values: PhantomData }
    }

    /// The namespace.
    #[must_use]
    pub fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// Deletes the item with this key; whether there was one.
    ///
    /// # Errors
    /// [`StoreError::InvalidNamespace`], [`StoreError::InvalidKey`], and those of the backend.
    pub async fn delete(&self, key: &str) -> Result<bool, StoreError> {
        self.store.delete(&self.namespace, key).await
    }
}

impl<T: Serialize> Collection<T> {
    /// Writes an item; one that is there is replaced. Nothing is written until it is awaited:
    /// `memories.put("name", &memory).ttl(DAY).await?`.
    ///
    /// A node that runs again writes again. With a key that is the same then, such as
    /// [`cx.task_id()`](crate::context::RunContext::task_id), there is one item nevertheless.
    ///
    /// # Errors
    /// [`StoreError::InvalidNamespace`], [`StoreError::InvalidKey`], [`StoreError::Encode`], those of the embedder, and
    /// those of the backend.
    pub fn put(&self, key: impl Into<String>, value: &T) -> Put<'_> {
        self.put_all([(key, value)])
    }

    /// Writes several items, all or none.
    ///
    /// # Errors
    /// Those of [`put`](Self::put).
    pub fn put_all<'v, K: Into<String>>(&self, items: impl IntoIterator<Item = (K, &'v T)>) -> Put<'_>
    where
        T: 'v,
    {
        Put::new(&self.store, &self.namespace, items.into_iter().map(|(key, value)| (key.into(), value)))
    }
}

impl<T: DeserializeOwned> Collection<T> {
    /// The value with this key, if there is one.
    ///
    /// # Errors
    /// [`StoreError::InvalidNamespace`], [`StoreError::InvalidKey`], [`StoreError::Decode`], and those of the backend.
    pub async fn get(&self, key: &str) -> Result<Option<T>, StoreError> {
        Ok(self.item(key).await?.map(|item| item.value))
    }

    /// The item with this key, if there is one: its value, and when it was written.
    ///
    /// # Errors
    /// Those of [`get`](Self::get).
    pub async fn item(&self, key: &str) -> Result<Option<Item<T>>, StoreError> {
        self.store.get(&self.namespace, key).await?.map(Item::decode).transpose()
    }

    /// The items that match, in this namespace and in those that begin with it. All of them have to be of type `T`.
    ///
    /// # Errors
    /// [`StoreError::InvalidNamespace`], [`StoreError::NoIndex`], [`StoreError::Dimensions`], [`StoreError::Decode`],
    /// those of the embedder, and those of the backend.
    pub async fn search(&self, search: &Search) -> Result<Vec<Item<T>>, StoreError> {
        self.store.search(&self.namespace, search).await
    }
}

impl<T> Clone for Collection<T> {
    fn clone(&self) -> Self {
        Self::new(self.store.clone(), self.namespace.clone())
    }
}

impl<T> fmt::Debug for Collection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collection").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}
