//! A store in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use serde_json::Value;
use tokio::time::Instant;

use super::backend::{Find, Matches, StoreBackend, Vectors, Write};
use super::{Item, Namespace, NamespacesQuery, StoreError};

/// After so many writes, expired items are removed.
const SWEEP: u64 = 256;

/// Keeps items in memory: for tests, and for programs whose memory need not outlive the process.
///
/// Clones share their items. Items are kept until they are deleted or expire.
#[derive(Clone, Debug, Default)]
pub struct InMemoryStore(Arc<Mutex<Items>>);

#[derive(Debug, Default)]
struct Items {
    namespaces: BTreeMap<Namespace, BTreeMap<String, Entry>>,
    /// How many items were written.
    written: u64,
}

#[derive(Debug)]
struct Entry {
    value: Value,
    vectors: Vectors,
    created_at: SystemTime,
    updated_at: SystemTime,
    expires: Option<Expiry>,
    /// Which write it is of.
    revision: u64,
}

#[derive(Clone, Copy, Debug)]
struct Expiry {
    /// By tokio's clock, which a test may move.
    at: Instant,
    shown: SystemTime,
}

impl InMemoryStore {
    /// A store without items.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn items(&self) -> MutexGuard<'_, Items> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Items {
    fn get(&self, namespace: &Namespace, key: &str) -> Option<&Entry> {
        let now = Instant::now();
        self.namespaces.get(namespace)?.get(key).filter(|entry| entry.lives(now))
    }

    fn remove(&mut self, namespace: &Namespace, key: &str) {
        if let Some(keys) = self.namespaces.get_mut(namespace) {
            keys.remove(key);
            if keys.is_empty() {
                self.namespaces.remove(namespace);
            }
        }
    }

    fn put(&mut self, write: Write) {
        let Write { namespace, key, value, ttl, vectors } = write;
        let (updated_at, now) = (SystemTime::now(), Instant::now());
        let created_at = self.get(&namespace, &key).map_or(updated_at, |entry| entry.created_at);
        // A time that no clock will reach is none.
        let expires =
            ttl.and_then(|ttl| Some(Expiry { at: now.checked_add(ttl)?, shown: updated_at.checked_add(ttl)? }));
        self.written += 1;
        let entry = Entry { value, vectors, created_at, updated_at, expires, revision: self.written };
        self.namespaces.entry(namespace).or_default().insert(key, entry);
        if self.written.is_multiple_of(SWEEP) {
            self.sweep();
        }
    }

    fn sweep(&mut self) -> u64 {
        let (now, mut swept) = (Instant::now(), 0);
        self.namespaces.retain(|_, keys| {
            let before = keys.len();
            keys.retain(|_, entry| entry.lives(now));
            swept += (before - keys.len()) as u64;
            !keys.is_empty()
        });
        swept
    }

    /// The living items in namespaces that begin with `prefix`.
    fn below<'a>(&'a self, prefix: &'a Namespace) -> impl Iterator<Item = (&'a Namespace, &'a str, &'a Entry)> {
        let now = Instant::now();
        let namespaces = self.namespaces.range(prefix..).take_while(|(namespace, _)| namespace.starts_with(prefix));
        let items = namespaces
            .flat_map(|(namespace, keys)| keys.iter().map(move |(key, entry)| (namespace, key.as_str(), entry)));
        items.filter(move |(_, _, entry)| entry.lives(now))
    }
}

impl Entry {
    fn lives(&self, now: Instant) -> bool {
        self.expires.is_none_or(|expires| expires.at > now)
    }

    fn item(&self, namespace: &Namespace, key: &str) -> Item {
        Item::new(namespace.clone(), key, self.value.clone(), self.created_at, self.updated_at)
            .expires_at(self.expires.map(|expires| expires.shown))
    }
}

#[async_trait]
impl StoreBackend for InMemoryStore {
    async fn put(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut items = self.items();
        writes.into_iter().for_each(|write| items.put(write));
        Ok(())
    }

    async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError> {
        Ok(self.items().get(namespace, key).map(|entry| entry.item(namespace, key)))
    }

    async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError> {
        let mut items = self.items();
        let was_there = items.get(namespace, key).is_some();
        items.remove(namespace, key);
        Ok(was_there)
    }

    async fn find(&self, find: &Find) -> Result<Vec<Item>, StoreError> {
        let items = self.items();
        let mut newest_first: Vec<_> = items.below(&find.prefix).collect();
        newest_first.sort_unstable_by_key(|(_, _, entry)| std::cmp::Reverse(entry.revision));
        let mut matches = Matches::new(find);
        for (namespace, key, entry) in newest_first {
            if matches.add(entry.item(namespace, key), &entry.vectors)?.is_break() {
                break;
            }
        }
        Ok(matches.finish())
    }

    async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError> {
        Ok(query.select(self.items().below(&query.prefix).map(|(namespace, ..)| namespace.clone())))
    }

    async fn sweep(&self) -> Result<u64, StoreError> {
        Ok(self.items().sweep())
    }
}
