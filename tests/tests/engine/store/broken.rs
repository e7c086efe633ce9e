//! A backend that fails or panics.

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::store::backend::{Find, StoreBackend, Write};
use graph_core::store::{Item, Namespace, NamespacesQuery, Search, Store, StoreError};

use crate::kit::{Line, Log, given, line};

/// Panics before its first await, or after it; or fails.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Now,
    Later,
    Fails,
}

impl Broken {
    fn now(self) {
        assert!(!matches!(self, Self::Now), "broken at once");
    }

    async fn breaks<T>(self) -> Result<T, StoreError> {
        tokio::task::yield_now().await;
        assert!(!matches!(self, Self::Later), "broken later");
        Err(StoreError::Backend("the disk is full".into()))
    }
}

/// Not by `async_trait`, whose methods do nothing before the first poll.
impl StoreBackend for Broken {
    fn put<'a: 'f, 'f>(&'a self, _: Vec<Write>) -> Answer<'f, ()> {
        self.now();
        Box::pin(self.breaks())
    }

    fn get<'a: 'f, 'n: 'f, 'k: 'f, 'f>(&'a self, _: &'n Namespace, _: &'k str) -> Answer<'f, Option<Item>> {
        self.now();
        Box::pin(self.breaks())
    }

    fn delete<'a: 'f, 'n: 'f, 'k: 'f, 'f>(&'a self, _: &'n Namespace, _: &'k str) -> Answer<'f, bool> {
        self.now();
        Box::pin(self.breaks())
    }

    fn find<'a: 'f, 'n: 'f, 'f>(&'a self, _: &'n Find) -> Answer<'f, Vec<Item>> {
        self.now();
        Box::pin(self.breaks())
    }

    fn namespaces<'a: 'f, 'n: 'f, 'f>(&'a self, _: &'n NamespacesQuery) -> Answer<'f, Vec<Namespace>> {
        self.now();
        Box::pin(self.breaks())
    }

    fn sweep<'a: 'f, 'f>(&'a self) -> Answer<'f, u64> {
        self.now();
        Box::pin(self.breaks())
    }
}

type Answer<'a, T> = std::pin::Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

#[tokio::test]
async fn every_call_of_a_backend_that_panics_is_an_error() {
    for (broken, said) in [(Broken::Now, "broken at once"), (Broken::Later, "broken later")] {
        let store = Store::new(broken);
        let items = store.collection::<u32>(["a"]);
        let errors = [
            ("put", items.put("k", &1).await.err()),
            ("get", items.get("k").await.err()),
            ("delete", items.delete("k").await.err()),
            ("find", items.search(&Search::new()).await.err()),
            ("namespaces", store.namespaces(&NamespacesQuery::new()).await.err()),
            ("sweep", store.sweep().await.err()),
        ];
        for (method, error) in errors {
            let error = error.unwrap();
            assert_eq!(error.to_string(), format!("the store panicked in `{method}`: {said}"), "{broken:?}");
            assert!(!NodeError::from(error).is_transient());
        }
    }
}

#[node(retry(max_attempts = 3, initial = "1ms"))]
async fn writes(cx: &RunContext) -> NodeResult<Line> {
    cx.store()?.collection(["a"]).put("k", &1).await?;
    Ok(line("written"))
}

graph! { Writing<Log> { START -> writes -> END; } }

#[tokio::test(start_paused = true)]
async fn a_backend_that_fails_is_tried_again_and_fails_the_node() {
    let error = Writing::new().store(Broken::Fails).run(given("go")).await.unwrap_err();
    let Error::Node { attempt: 3, source, .. } = error else { panic!("{error}") };
    assert_eq!(source.to_string(), "the store failed: the disk is full");
}
