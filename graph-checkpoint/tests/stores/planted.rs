//! Backends with a bug do not conform.

use async_trait::async_trait;
use graph_checkpoint::conformance::store;
use graph_core::store::backend::{Find, StoreBackend, Write};
use graph_core::store::{Filter, InMemoryStore, Item, Namespace, NamespacesQuery, Store, StoreError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    None,
    /// A namespace is one text, and a prefix one of texts.
    PrefixOfText,
    /// A namespace is kept as its names with a separator between them.
    Joined,
    IgnoresCase,
    /// A `%` in a key stands for anything.
    KeyIsPattern,
    /// A condition that no item meets is dropped.
    FilterWidens,
    FilterAfterPage,
    FirstCreatedIsLost,
    TimeToLiveIsIgnored,
    OldestFirst,
    OneByOne,
    IgnoresVectors,
}

/// A store in memory with a bug.
#[derive(Clone)]
struct Planted {
    inner: InMemoryStore,
    bug: Bug,
}

impl Planted {
    fn stored(&self, namespace: &Namespace) -> Namespace {
        match self.bug {
            Bug::Joined => namespace.names().join(".").split('.').collect(),
            Bug::IgnoresCase => namespace.names().iter().map(|name| name.to_lowercase()).collect(),
            _ => namespace.clone(),
        }
    }

    async fn all(&self) -> Result<Vec<Item>, StoreError> {
        self.inner.find(&find(Namespace::default())).await
    }
}

fn text(namespace: &Namespace) -> String {
    namespace.names().join("/")
}

fn find(prefix: Namespace) -> Find {
    Find::new(prefix, usize::MAX)
}

#[async_trait]
impl StoreBackend for Planted {
    async fn put(&self, mut writes: Vec<Write>) -> Result<(), StoreError> {
        for write in &mut writes {
            write.namespace = self.stored(&write.namespace);
            if self.bug == Bug::TimeToLiveIsIgnored {
                write.ttl = None;
            }
            if self.bug == Bug::FirstCreatedIsLost {
                self.inner.delete(&write.namespace, &write.key).await?;
            }
        }
        if self.bug != Bug::OneByOne {
            return self.inner.put(writes).await;
        }
        for write in writes {
            self.inner.put(vec![write]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        Ok(())
    }

    async fn get(&self, namespace: &Namespace, key: &str) -> Result<Option<Item>, StoreError> {
        let found = self.inner.get(&self.stored(namespace), key).await?;
        Ok(found.map(|mut item| {
            item.namespace = namespace.clone();
            item
        }))
    }

    async fn delete(&self, namespace: &Namespace, key: &str) -> Result<bool, StoreError> {
        if let (Bug::KeyIsPattern, Some((start, end))) = (self.bug, key.split_once('%')) {
            let mut deleted = false;
            for item in self.all().await? {
                if item.namespace == *namespace && item.key.starts_with(start) && item.key.ends_with(end) {
                    deleted |= self.inner.delete(namespace, &item.key).await?;
                }
            }
            return Ok(deleted);
        }
        self.inner.delete(&self.stored(namespace), key).await
    }

    async fn find(&self, asked: &Find) -> Result<Vec<Item>, StoreError> {
        let mut asked = asked.clone();
        asked.prefix = self.stored(&asked.prefix);
        if self.bug == Bug::IgnoresVectors {
            asked.vector = None;
        }
        match self.bug {
            Bug::PrefixOfText => {
                let prefix = text(&asked.prefix);
                let found = self.all().await?;
                let found = found.into_iter().filter(|item| text(&item.namespace).starts_with(&prefix));
                let found = found.filter(|item| asked.filter.matches(&item.value));
                Ok(found.skip(asked.offset).take(asked.limit).collect())
            }
            Bug::FilterWidens => {
                let found = self.inner.find(&asked).await?;
                asked.filter = Filter::new();
                if found.is_empty() { self.inner.find(&asked).await } else { Ok(found) }
            }
            Bug::FilterAfterPage => {
                let filter = std::mem::take(&mut asked.filter);
                let found = self.inner.find(&asked).await?;
                Ok(found.into_iter().filter(|item| filter.matches(&item.value)).collect())
            }
            Bug::OldestFirst => {
                let mut found = self.inner.find(&asked).await?;
                found.reverse();
                Ok(found)
            }
            _ => self.inner.find(&asked).await,
        }
    }

    async fn namespaces(&self, query: &NamespacesQuery) -> Result<Vec<Namespace>, StoreError> {
        self.inner.namespaces(query).await
    }

    async fn sweep(&self) -> Result<u64, StoreError> {
        self.inner.sweep().await
    }
}

/// What the suite says of a store with this bug.
async fn verdict(bug: Bug) -> Result<(), String> {
    let new = move || async move { Store::new(Planted { inner: InMemoryStore::new(), bug }) };
    let run = tokio::spawn(store::run(new)).await;
    run.map_err(|error| {
        let panic = error.into_panic();
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.unwrap_or_else(|| panic.downcast_ref::<String>().unwrap().clone())
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_with_a_bug_does_not_conform() {
    assert_eq!(verdict(Bug::None).await, Ok(()));
    for (bug, said) in [
        (Bug::PrefixOfText, r#"below ["a"]"#),
        (Bug::Joined, r#"below ["a.b"]"#),
        (Bug::IgnoresCase, "below"),
        (Bug::KeyIsPattern, "is no key in"),
        (Bug::FilterWidens, "Filter"),
        (Bug::FilterAfterPage, "a page of those that match"),
        (Bug::FirstCreatedIsLost, "when it was first written"),
        (Bug::TimeToLiveIsIgnored, "an expired item"),
        (Bug::OldestFirst, "a search finds the same values"),
        (Bug::OneByOne, "a part of a batch"),
        (Bug::IgnoresVectors, "of equal scores"),
    ] {
        let error = verdict(bug).await.unwrap_err();
        assert!(error.contains(said), "{bug:?}: {error}");
    }
}
