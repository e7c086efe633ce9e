//! A custom cache: its arguments, and its failures.

use super::*;

/// A cache that records its keys, and can be made to fail.
#[derive(Default)]
struct Own {
    kept: Mutex<BTreeMap<CacheKey, Vec<u8>>>,
    broken: bool,
}

#[async_trait]
impl NodeCache for &'static Own {
    async fn get(&self, key: &CacheKey) -> Result<Option<Vec<u8>>, CacheError> {
        if self.broken { Err(CacheError::new("broken")) } else { Ok(self.kept.lock().unwrap().get(key).cloned()) }
    }

    async fn set(&self, key: &CacheKey, value: Vec<u8>, _: Option<Duration>) -> Result<(), CacheError> {
        if self.broken {
            return Err(CacheError::new("broken"));
        }
        self.kept.lock().unwrap().insert(key.clone(), value);
        Ok(())
    }

    async fn clear(&self, _: &str, _: &str) -> Result<(), CacheError> {
        Err(CacheError::new("broken"))
    }
}

#[tokio::test]
async fn a_key_is_what_was_read_and_what_no_longer_fits_is_written_anew() {
    let own: &'static Own = Box::leak(Box::default());
    let app = Cached::new(Runs::default()).cache(own);
    app.run(input("Rome", "Ada")).await.unwrap();
    let keys: Vec<_> = own.kept.lock().unwrap().keys().map(ToString::to_string).collect();
    assert_eq!(keys, ["Cached/fetch/a4526f6d65"], "a text of four bytes");
    own.kept.lock().unwrap().values_mut().for_each(|value| *value = b"{\"other\": 1}".to_vec());
    for _ in 0..2 {
        assert_eq!(app.run(input("Rome", "Ada")).await.unwrap().report, Late::new("Rome".to_owned()));
        assert_eq!(app.deps().load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_cache_that_fails_fails_no_run() {
    let own: &'static Own = Box::leak(Box::new(Own { broken: true, ..Own::default() }));
    let app = Cached::new(Runs::default()).cache(own);
    assert_eq!(app.run(input("Rome", "Ada")).await.unwrap().report, Late::new("Rome".to_owned()));
    let error = app.clear_cache(&[CachedNode::Fetch]).await.unwrap_err();
    assert_eq!(error.to_string(), "the cache failed: broken");
}

#[derive(Serialize)]
enum Secret {
    #[serde(skip_serializing)]
    Word,
}

#[node(cache(key = |_: &Weather| Secret::Word))]
async fn secret(_: &Weather) -> Reported {
    Reported { report: String::new() }
}

graph! { Unwritable<Weather> { START -> secret -> END; } }

#[tokio::test]
async fn a_key_that_cannot_be_encoded_fails_its_node() {
    let error = Unwritable::new().cache(MemoryCache::new()).run(input("", "")).await.unwrap_err();
    let expected = "the cache key of `secret` cannot be encoded: the enum variant Secret::Word cannot be serialized";
    assert!(error.to_string().contains(expected), "{error}");
}
