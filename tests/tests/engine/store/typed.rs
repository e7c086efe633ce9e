//! Values have types, names are checked, and times to live are kept.

use std::collections::BTreeMap;
use std::time::Duration;

use graph_core::prelude::*;
use graph_core::store::{
    InMemoryStore, MAX_KEY, MAX_NAMES, MAX_NAMESPACE, Namespace, NamespacesQuery, Search, Store, StoreError,
};
use serde_json::{Value, json};

fn store() -> Store {
    Store::new(InMemoryStore::new())
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Fact {
    text: String,
}

/// The same, in a later release.
#[derive(Debug, Deserialize)]
struct Changed {
    #[serde(alias = "text")]
    said: String,
    #[serde(default)]
    times: u32,
}

#[derive(Debug, Deserialize)]
struct Strict {
    #[expect(dead_code, reason = "never read")]
    source: String,
}

#[tokio::test]
async fn a_value_that_does_not_fit_its_type_is_named() {
    let (store, place) = (store(), ["users", "ada"]);
    store.collection(place).put("tea", &Fact { text: "likes tea".into() }).await.unwrap();
    let Changed { said, times } = store.collection(place).get("tea").await.unwrap().unwrap();
    assert_eq!((&*said, times), ("likes tea", 0), "what serde can read is read");

    let strict = store.collection::<Strict>(place);
    for error in [
        strict.get("tea").await.unwrap_err(),
        strict.item("tea").await.unwrap_err(),
        strict.search(&Search::new()).await.unwrap_err(),
    ] {
        let text = error.to_string();
        assert!(matches!(&error, StoreError::Decode { key, .. } if key == "tea"), "{text}");
        for said in [r#"["users", "ada"]"#, "`tea`", "Strict", "missing field `source`"] {
            assert!(text.contains(said), "{text}");
        }
        assert!(!NodeError::from(error).is_transient(), "it stays wrong");
    }
    assert_eq!(strict.get("coffee").await.unwrap().map(|_| ()), None);
    assert_eq!(store.collection::<Value>(place).get("tea").await.unwrap(), Some(json!({ "text": "likes tea" })));
}

#[tokio::test]
async fn a_value_that_is_no_json_is_an_error_and_nothing_is_written() {
    let pairs = store().collection::<BTreeMap<(u8, u8), u8>>(["pairs"]);
    let (good, bad) = (BTreeMap::new(), BTreeMap::from([((1, 2), 3)]));
    let error = pairs.put_all([("good", &good), ("bad", &bad)]).await.unwrap_err();
    assert!(matches!(&error, StoreError::Encode { key, .. } if key == "bad"), "{error}");
    assert!(error.to_string().contains("key must be a string"), "{error}");
    assert_eq!(pairs.get("good").await.unwrap(), None);

    let nested = |levels: usize| (0..levels).fold(json!(1), |value, _| json!([value]));
    let deep = store().collection::<Value>(["deep"]);
    deep.put("k", &nested(100)).await.unwrap();
    let error = deep.put("k", &nested(101)).await.unwrap_err();
    assert!(error.to_string().ends_with("it is nested deeper than 100 levels"), "{error}");
    assert_eq!(deep.get("k").await.unwrap(), Some(nested(100)));
}

#[tokio::test]
async fn what_no_namespace_or_key_can_be_is_an_error_of_every_call() {
    let store = store();
    let (long, deep) = ("é".repeat(MAX_NAMESPACE / 2), vec!["a"; MAX_NAMES]);
    let kept: [Namespace; 3] = [[&*long].into(), deep.clone().into(), ["a\u{1}", " ", "%"].into()];
    for namespace in &kept {
        store.collection::<u32>(namespace.clone()).put("k".repeat(MAX_KEY), &1).await.unwrap();
    }
    assert_eq!(store.namespaces(&NamespacesQuery::new()).await.unwrap().len(), 3);

    let bad = [vec![""], vec!["a", ""], vec!["a\0"], vec![&*long, "a"], [deep, vec!["a"]].concat()];
    for bad in bad.map(Namespace::from) {
        let items = store.collection::<u32>(bad.clone());
        let asked = NamespacesQuery::new();
        for error in [
            items.put("k", &1).await.err(),
            items.put_all([("a", &1), ("b", &2)]).await.err(),
            items.get("k").await.err(),
            items.delete("k").await.err(),
            items.search(&Search::new()).await.err(),
            store.namespaces(&asked.clone().prefix(bad.names())).await.err(),
            store.namespaces(&asked.suffix(bad.names())).await.err(),
        ] {
            assert!(matches!(error, Some(StoreError::InvalidNamespace { .. })), "{bad}: {error:?}");
        }
    }
    let root = store.collection::<u32>(Namespace::default());
    assert!(matches!(root.put("k", &1).await, Err(StoreError::InvalidNamespace { .. })));
    assert_eq!(root.search(&Search::new()).await.unwrap().len(), 3, "it selects all");

    let items = store.collection::<u32>(["a"]);
    for bad in ["", "\0", "a\0b", &"k".repeat(MAX_KEY + 1)] {
        for error in [items.put(bad, &1).await.err(), items.get(bad).await.err(), items.delete(bad).await.err()] {
            assert!(matches!(error, Some(StoreError::InvalidKey { .. })), "{bad:?}: {error:?}");
        }
    }
    let error = items.put_all([("good", &1), ("", &2)]).await.unwrap_err();
    assert_eq!(error.to_string(), r#"`` cannot be a key in ["a"]: it is empty"#);
    assert_eq!(items.get("good").await.unwrap(), None, "all or none");
}

#[tokio::test(start_paused = true)]
async fn an_item_is_gone_when_its_time_has_passed() {
    let store = store();
    let items = store.collection::<u32>(["a"]);
    items.put("short", &1).ttl(Duration::from_secs(10)).await.unwrap();
    items.put("long", &2).ttl(Duration::MAX).await.unwrap();
    items.put("again", &3).ttl(Duration::from_secs(10)).await.unwrap();
    store
        .collection("b".split('.').collect::<Namespace>())
        .put("short", &4)
        .ttl(Duration::from_secs(10))
        .await
        .unwrap();
    tokio::time::advance(Duration::from_millis(9_999)).await;
    assert_eq!(items.get("short").await.unwrap(), Some(1));
    items.put("again", &5).await.unwrap();
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!((items.get("short").await.unwrap(), items.get("long").await.unwrap()), (None, Some(2)));
    let found = items.search(&Search::new()).await.unwrap();
    let found: Vec<_> = found.iter().map(|item| (&*item.key, item.value, item.expires_at)).collect();
    assert_eq!(found, [("again", 5, None), ("long", 2, None)], "written again without a time, it lasts");
    assert_eq!(store.namespaces(&NamespacesQuery::new()).await.unwrap(), [["a"].into()]);
    assert!(!items.delete("short").await.unwrap(), "an expired item is not there");
    assert_eq!((store.sweep().await.unwrap(), store.sweep().await.unwrap()), (1, 0), "that of b");
}

#[test]
fn a_context_outside_a_run_and_a_store_can_be_shown() {
    let store = store();
    assert_eq!(format!("{store:?}"), "Store { index: None, .. }");
    assert_eq!(
        format!("{:?}", store.collection::<u32>(["a", "\"b\""])),
        r#"Collection { namespace: ["a", "\"b\""], .. }"#
    );
}
