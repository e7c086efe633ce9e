//! What keeps the items of a store: the trait of backends, and what their calls are given.
//!
//! Another database is a [`StoreBackend`]; the module `conformance` of the crate `graph-checkpoint` tests it.

use std::ops::ControlFlow;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

pub use super::vectors::Vectors;
use super::{Filter, Item, Namespace, NamespacesQuery, StoreError};

/// Keeps the items of a store.
///
/// Every call is atomic, and durable once it has returned. Callers go through a [`Store`](super::Store), which checks
/// namespaces and keys, and embeds texts: an implementation gets no item without a namespace, no name and no key that is
/// empty, has a NUL, or is too long, and has to keep all others exactly as they are.
///
/// An item whose time to live has passed, by the backend's own clock, is as if it were deleted.
///
/// Every method may fail with [`StoreError::Backend`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the backend of a store",
    label = "cannot keep items",
    note = "write `InMemoryStore::new()`, or another type that implements `StoreBackend`"
)]
#[async_trait]
pub trait StoreBackend: Send + Sync + 'static {
    /// Writes items, all or none. One that is there keeps its [`created_at`](Item::created_at); all else of it is
    /// replaced. Of several writes of one item, the last counts.
    ///
    /// # Errors
    /// The backend failed.
    async fn put(&self, writes: Vec<Write>) -> Result<(), StoreError>;

    /// The item, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError>;

    /// Deletes an item; whether there was one.
    ///
    /// # Errors
    /// The backend failed.
    async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError>;

    /// The items that match, in the order that [`Matches`] documents; it does most of the work.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Dimensions`].
    async fn find(&self, find: &Find) -> Result<Vec<Item>, StoreError>;

    /// The namespaces that match, name by name: [`NamespacesQuery::select`] selects them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError>;

    /// Removes what is left of expired items; how many.
    ///
    /// # Errors
    /// The backend failed.
    async fn sweep(&self) -> Result<u64, StoreError>;
}

/// An item that is written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Write {
    /// Where it is.
    pub namespace: Namespace,
    /// Its key in the namespace.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// How long it lives, if it is not written again.
    pub ttl: Option<Duration>,
    /// The vectors of its texts.
    pub vectors: Vectors,
}

impl Write {
    pub(super) fn new(namespace: Namespace, key: String, value: Value, ttl: Option<Duration>) -> Self {
        Self { namespace, key, value, ttl, vectors: Vectors::default() }
    }
}

/// Selects items.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Find {
    /// Only items in namespaces that begin with these names.
    pub prefix: Namespace,
    /// Only items whose values match.
    pub filter: Filter,
    /// Orders the items by how similar their vectors are to this one, and leaves out those without a vector.
    pub vector: Option<Vec<f32>>,
    /// The greatest number of items.
    pub limit: usize,
    /// How many items are left out before the first.
    pub offset: usize,
}

impl Find {
    /// Selects all items below a prefix, up to a limit.
    #[must_use]
    pub fn new(prefix: impl Into<Namespace>, limit: usize) -> Self {
        Self { prefix: prefix.into(), filter: Filter::new(), vector: None, limit, offset: 0 }
    }
}

/// Collects the items that match: filters, scores and pages them in the same way for every backend.
///
/// The backend gives it every item below the prefix that has not expired, the one that was written last first. That is the
/// order of the found items, too; with a vector, the most similar one comes first, and of equally similar ones the one
/// that was written last.
#[derive(Debug)]
pub struct Matches<'a> {
    find: &'a Find,
    skipped: usize,
    found: Vec<Item>,
}

impl<'a> Matches<'a> {
    /// Nothing so far.
    #[must_use]
    pub fn new(find: &'a Find) -> Self {
        Self { find, skipped: 0, found: Vec::new() }
    }

    /// Adds the next item with its vectors, which are looked at only if there is [`Find::vector`]. It breaks once no later
    /// item can be among the found ones.
    ///
    /// # Errors
    /// [`StoreError::Dimensions`].
    pub fn add(&mut self, mut item: Item, vectors: &Vectors) -> Result<ControlFlow<()>, StoreError> {
        let Find { filter, vector, limit, offset, .. } = self.find;
        let goes_on = |is_full| if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        if *limit == 0 {
            return Ok(ControlFlow::Break(()));
        }
        if !filter.matches(&item.value) {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(vector) = vector else {
            if self.skipped < *offset {
                self.skipped += 1;
            } else {
                self.found.push(item);
            }
            return Ok(goes_on(self.found.len() >= *limit));
        };
        item.score = vectors.score(vector, || format!("`{}` in {}", item.key.escape_debug(), item.namespace))?;
        if item.score.is_some() {
            self.found.push(item);
        }
        if self.found.len() >= self.last().saturating_mul(2).max(64) {
            self.keep_best();
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The found items.
    #[must_use]
    pub fn finish(mut self) -> Vec<Item> {
        if self.find.vector.is_some() {
            self.keep_best();
            self.found.drain(..self.find.offset.min(self.found.len()));
        }
        self.found
    }

    /// The number of items up to the last found one.
    fn last(&self) -> usize {
        self.find.offset.saturating_add(self.find.limit)
    }

    fn keep_best(&mut self) {
        let score = |item: &Item| item.score.unwrap_or(f32::MIN);
        // Stable: of equal ones, the earlier stays before the later.
        self.found.sort_by(|one, other| score(other).total_cmp(&score(one)));
        self.found.truncate(self.last());
    }
}
