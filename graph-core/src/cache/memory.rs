//! An in-memory cache.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use super::{CacheError, CacheKey, NodeCache};

/// The default capacity.
const CAPACITY: usize = 1_024;

/// Keeps updates in memory, up to a capacity; then the least recently used one is evicted.
///
/// Clones share the cache.
#[derive(Clone, Debug)]
pub struct MemoryCache(Arc<Mutex<Entries>>);

#[derive(Debug)]
struct Entries {
    capacity: usize,
    values: HashMap<Arc<CacheKey>, Value>,
    /// The keys in the order of their last use.
    used: BTreeMap<u64, Arc<CacheKey>>,
    /// Counts accesses.
    clock: u64,
}

#[derive(Debug)]
struct Value {
    bytes: Vec<u8>,
    /// When it expires; `None` if that is beyond the range of `Instant`.
    until: Option<Instant>,
    used: u64,
}

impl MemoryCache {
    /// A cache for 1,024 updates.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    /// A cache for this many updates.
    #[must_use]
    pub fn with_capacity(values: usize) -> Self {
        let entries = Entries { capacity: values, values: HashMap::new(), used: BTreeMap::new(), clock: 0 };
        Self(Arc::new(Mutex::new(entries)))
    }

    /// The number of stored updates, including expired ones that have not been looked up since.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().values.len()
    }

    /// Whether the cache is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Entries {
    fn remove(&mut self, key: &CacheKey) -> Option<Value> {
        let value = self.values.remove(key)?;
        self.used.remove(&value.used);
        Some(value)
    }

    fn put(&mut self, key: Arc<CacheKey>, bytes: Vec<u8>, until: Option<Instant>) {
        self.clock += 1;
        self.used.insert(self.clock, key.clone());
        self.values.insert(key, Value { bytes, until, used: self.clock });
        while self.values.len() > self.capacity {
            let Some((_, oldest)) = self.used.pop_first() else { return };
            self.values.remove(&oldest);
        }
    }
}

#[async_trait]
impl NodeCache for MemoryCache {
    async fn get(&self, key: &CacheKey) -> Result<Option<Vec<u8>>, CacheError> {
        let mut entries = self.lock();
        let Some((key, value)) = entries.values.get_key_value(key) else { return Ok(None) };
        let (key, used) = (key.clone(), value.used);
        if value.until.is_some_and(|until| until <= Instant::now()) {
            entries.remove(&key);
            return Ok(None);
        }
        entries.clock += 1;
        let now = entries.clock;
        entries.used.remove(&used);
        entries.used.insert(now, key.clone());
        Ok(entries.values.get_mut(&key).map(|value| {
            value.used = now;
            value.bytes.clone()
        }))
    }

    async fn set(&self, key: &CacheKey, value: Vec<u8>, ttl: Option<Duration>) -> Result<(), CacheError> {
        let until = ttl.and_then(|ttl| Instant::now().checked_add(ttl));
        let mut entries = self.lock();
        entries.remove(key);
        entries.put(Arc::new(key.clone()), value, until);
        Ok(())
    }

    async fn clear(&self, graph: &str, node: &str) -> Result<(), CacheError> {
        let mut entries = self.lock();
        entries.values.retain(|key, _| key.graph != graph || key.node != node);
        entries.used.retain(|_, key| key.graph != graph || key.node != node);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(input: &str) -> CacheKey {
        CacheKey { graph: "Shop", node: "price", input: input.into() }
    }

    async fn get(cache: &MemoryCache, input: &str) -> Option<Vec<u8>> {
        cache.get(&key(input)).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_kept_until_it_expires() {
        let cache = MemoryCache::new();
        cache.set(&key("a"), vec![1], Some(Duration::from_secs(10))).await.unwrap();
        cache.set(&key("b"), vec![2], None).await.unwrap();
        tokio::time::advance(Duration::from_millis(9_999)).await;
        assert_eq!(get(&cache, "a").await, Some(vec![1]));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!((get(&cache, "a").await, get(&cache, "b").await), (None, Some(vec![2])));
        assert_eq!(cache.len(), 1);
        cache.set(&key("b"), vec![3], Some(Duration::MAX)).await.unwrap();
        assert_eq!((get(&cache, "b").await, cache.len()), (Some(vec![3]), 1));
    }

    #[tokio::test]
    async fn the_least_recently_used_entry_is_evicted() {
        let cache = MemoryCache::with_capacity(2);
        for (input, byte) in [("a", 1), ("b", 2)] {
            cache.set(&key(input), vec![byte], None).await.unwrap();
        }
        assert_eq!(get(&cache, "a").await, Some(vec![1]));
        cache.set(&key("c"), vec![3], None).await.unwrap();
        assert_eq!((get(&cache, "a").await, get(&cache, "b").await), (Some(vec![1]), None));
        assert_eq!(cache.lock().used.len(), 2);
        let nothing = MemoryCache::with_capacity(0);
        nothing.set(&key("a"), vec![1], None).await.unwrap();
        assert!(nothing.is_empty());
    }

    #[tokio::test]
    async fn clearing_one_node_leaves_the_others() {
        let cache = MemoryCache::new();
        let other = CacheKey { node: "stock", ..key("a") };
        cache.set(&key("a"), vec![1], None).await.unwrap();
        cache.set(&other, vec![2], None).await.unwrap();
        cache.clear("Shop", "price").await.unwrap();
        assert_eq!((get(&cache, "a").await, cache.get(&other).await.unwrap()), (None, Some(vec![2])));
        assert_eq!(cache.lock().used.len(), 1);
    }
}
