//! Which texts are embedded, and what an embedder may do wrong.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use graph_core::prelude::*;
use graph_core::store::{EmbedError, Embedder, InMemoryStore, Index, Search, Store, StoreError};
use serde_json::{Value, json};

/// The number of each vowel; keeps the texts of each call.
#[derive(Clone, Default)]
struct Vowels(Arc<Mutex<Vec<Vec<String>>>>);

impl Vowels {
    fn calls(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn vowels(text: &str) -> Vec<f32> {
    "aeiou".chars().map(|vowel| text.chars().filter(|char| *char == vowel).count() as f32).collect()
}

#[async_trait]
impl Embedder for Vowels {
    fn dimensions(&self) -> usize {
        5
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        self.0.lock().unwrap().push(texts.to_vec());
        Ok(texts.iter().map(|text| vowels(text)).collect())
    }
}

#[tokio::test]
async fn whole_values_or_the_fields_that_are_named_are_embedded_by_one_call() {
    let (embedder, values) = (Vowels::default(), [json!("text"), json!({ "b": 2, "a": "aa" }), json!({ "b": null })]);
    let write = async |index: Index| {
        let items = Store::new(InMemoryStore::new()).index(index).collection::<Value>(["a"]);
        items.put_all(values.iter().enumerate().map(|(at, value)| (at.to_string(), value))).await.unwrap();
        items
    };
    let items = write(Index::new(embedder.clone())).await;
    assert_eq!(embedder.calls(), [["text", r#"{"a":"aa","b":2}"#, r#"{"b":null}"#]]);
    assert_eq!(items.search(&Search::new().text("e")).await.unwrap()[0].key, "0");
    assert_eq!(embedder.calls(), [["e"]]);

    let items = write(Index::new(embedder.clone()).fields(["a", "b"])).await;
    assert_eq!(embedder.calls(), [["aa", "2"]], "each field by itself, and no null");
    let found = items.search(&Search::new().text("a")).await.unwrap();
    assert_eq!(found.iter().map(|item| (&*item.key, item.score)).collect::<Vec<_>>(), [("1", Some(1.0))]);
    assert_eq!(items.search(&Search::new()).await.unwrap().len(), 3, "without a text, all are found");

    embedder.calls();
    items.put("3", &json!({ "a": "a" })).unindexed().await.unwrap();
    assert_eq!(embedder.calls(), Vec::<Vec<String>>::new());
    assert_eq!(items.search(&Search::new().text("a")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_text_needs_an_index_and_an_item_its_dimensions() {
    let plain = Store::new(InMemoryStore::new());
    let error = plain.collection::<String>(["a"]).search(&Search::new().text("a")).await.unwrap_err();
    assert!(matches!(error, StoreError::NoIndex), "{error}");

    let old = plain.clone().index(Index::new(Wrong::Fewer(3)));
    old.collection(["a"]).put("k", &"a".to_owned()).await.unwrap();
    let new = plain.index(Index::new(Vowels::default()));
    let error = new.collection::<String>(["a"]).search(&Search::new().text("a")).await.unwrap_err();
    assert_eq!(error.to_string(), r#"a vector of `k` in ["a"] has 3 dimensions, and the index has 5"#);
    assert!(!NodeError::from(error).is_transient());
}

enum Wrong {
    /// Says and gives so many dimensions.
    Fewer(usize),
    /// Says one more than it gives.
    Lies,
    Forgets,
    NotANumber,
    Fails,
    Panics,
}

#[async_trait]
impl Embedder for Wrong {
    fn dimensions(&self) -> usize {
        if let Self::Fewer(dimensions) = self { *dimensions } else { 2 }
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let vector = match self {
            Self::Fewer(dimensions) => vec![1.0; *dimensions],
            Self::Lies => vec![1.0],
            Self::Forgets => return Ok(Vec::new()),
            Self::NotANumber => vec![1.0, f32::NAN],
            Self::Fails => return Err(EmbedError::new("no such model")),
            Self::Panics => panic!("out of cheese"),
        };
        Ok(vec![vector; texts.len()])
    }
}

#[tokio::test]
async fn what_an_embedder_does_wrong_is_an_error_and_nothing_is_written() {
    for (wrong, said) in [
        (Wrong::Fewer(0), "a vector of the embedder has 0 dimensions, and the index has 0"),
        (Wrong::Lies, "a vector of the embedder has 1 dimensions, and the index has 2"),
        (Wrong::Forgets, "the embedder failed: it gave 0 vectors for 1 texts"),
        (Wrong::NotANumber, "the embedder failed: it gave a vector with a number that is not finite"),
        (Wrong::Fails, "the embedder failed: no such model"),
        (Wrong::Panics, "the store panicked in `embed`: out of cheese"),
    ] {
        let items = Store::new(InMemoryStore::new()).index(Index::new(wrong)).collection::<String>(["a"]);
        assert_eq!(items.put("k", &"text".to_owned()).await.unwrap_err().to_string(), said);
        assert_eq!(items.search(&Search::new().text("text")).await.unwrap_err().to_string(), said);
        assert_eq!(items.get("k").await.unwrap(), None, "{said}");
    }
}
