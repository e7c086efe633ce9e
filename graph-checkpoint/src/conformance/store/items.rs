//! Writing, reading and deleting.

use std::time::SystemTime;

use graph_core::store::{NamespacesQuery, Search, Store};
use serde_json::{Value, json};

use super::{keys, ok, search};

/// An item is replaced as a whole, and keeps the time at which it was first written.
pub async fn items(store: Store) {
    let items = store.collection::<Value>(["a"]);
    assert_eq!(ok("get", items.get("k").await), None, "of an empty store");
    ok("put", items.put("k", &json!({ "old": 1 })).await);
    let first = ok("get", items.item("k").await).expect("an item that was written is there");
    assert_eq!((&first.namespace, &*first.key), (items.namespace(), "k"));
    assert_eq!((first.created_at, first.expires_at, first.score), (first.updated_at, None, None));
    let age = SystemTime::now().duration_since(first.created_at).unwrap_or_else(|error| error.duration());
    assert!(age.as_secs() < 3_600, "written {age:?} ago, or in the future");

    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    ok("put", items.put("k", &json!({ "new": 2 })).await);
    let second = ok("get", items.item("k").await).expect("an item that was written twice is there");
    assert_eq!(second.value, json!({ "new": 2 }), "an item is replaced, not merged");
    assert_eq!(second.created_at, first.created_at, "when it was first written");
    assert!(second.updated_at > first.updated_at, "when it was last written");
    assert_eq!(search(&items, Search::new()).await, [second], "it is there once, and as `get` has it");

    let [one, two, three] = [1, 2, 3].map(Value::from);
    ok("put_all", items.put_all([("a", &one), ("b", &two), ("a", &three)]).await);
    assert_eq!(ok("get", items.get("a").await), Some(three), "the last write of an item counts");
    assert_eq!(ok("get", items.get("b").await), Some(two));
    ok("put_all", items.put_all(std::iter::empty::<(&str, &Value)>()).await);
    assert_eq!(search(&items, Search::new()).await.len(), 3);
    assert_eq!(ok("get", store.collection::<Value>(["b"]).get("k").await), None, "of another namespace");
}

/// Every value that JSON has comes back as it was.
pub async fn values(store: Store) {
    let mut nested = json!("deep");
    for level in 0..100 {
        nested = if level % 2 == 0 { json!([nested]) } else { json!({ "in": nested }) };
    }
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!("nul \0, quotes ' \" ` \\, line\nfeed, \u{7f}, 日本語, 🦀, \u{feff}, e\u{301}, \u{10ffff}"),
        json!([]),
        json!({}),
        json!({ "": { "": null }, "\0": 1, "a.b": [1, "1", 1.0] }),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_993_i64),
        json!(0.1),
        json!(1e300),
        json!(-1.5e-300),
        json!(f64::MIN_POSITIVE),
        json!(5e-324),
        nested,
    ];
    let items = store.collection::<Value>(["values"]);
    for (at, value) in values.iter().enumerate() {
        ok("put", items.put(at.to_string(), value).await);
    }
    for (at, value) in values.iter().enumerate() {
        assert_eq!(ok("get", items.get(&at.to_string()).await).as_ref(), Some(value));
    }
    let found = search(&items, Search::new()).await;
    assert!(found.iter().rev().map(|item| &item.value).eq(&values), "a search finds the same values");
    ok("put", items.put("zero", &json!(-0.0)).await);
    let zero = ok("get", items.get("zero").await).and_then(|zero| zero.as_f64());
    assert!(zero.is_some_and(|zero| zero == 0.0 && zero.is_sign_negative()), "-0.0 came back as {zero:?}");
}

/// Values of 1 MiB, and keys and namespaces of the greatest length, come back as they were.
pub async fn large_values(store: Store) {
    use graph_core::store::{MAX_KEY, MAX_NAMES, MAX_NAMESPACE};

    // No database can make it small.
    let text = |bytes: u32| -> String {
        let mut state = bytes;
        let letter = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'0' + (state >> 24) as u8 % 75)
        };
        (0..bytes).map(letter).collect()
    };
    let items = store.collection::<Value>(["large"]);
    let value = json!({ "text": text(1 << 20), "n": 1 });
    ok("put", items.put("k", &value).await);
    assert!(ok("get", items.get("k").await) == Some(value), "1 MiB came back as something else");
    for names in [1, MAX_NAMES] {
        let name = text((MAX_NAMESPACE / names) as u32);
        let (namespace, key) = (vec![name; names], text(MAX_KEY as u32));
        let items = store.collection::<Value>(namespace);
        ok("put", items.put(&*key, &json!(names)).await);
        assert_eq!(ok("get", items.get(&key).await), Some(json!(names)), "of a long name");
        assert_eq!(keys(&search(&items, Search::new()).await), [&*key]);
    }
}

/// A deleted item is gone, can be written again, and no other item is touched.
pub async fn deletion(store: Store) {
    let (items, below) = (store.collection::<Value>(["a"]), store.collection::<Value>(["a", "b"]));
    assert!(!ok("delete", items.delete("k").await), "there was nothing to delete");
    for (items, key) in [(&items, "k"), (&items, "other"), (&below, "k")] {
        ok("put", items.put(key, &json!(1)).await);
    }
    let first = ok("get", items.item("k").await).expect("it was written");
    assert!(ok("delete", items.delete("k").await), "there was something to delete");
    assert!(!ok("delete", items.delete("k").await), "it was deleted before");
    assert_eq!(ok("get", items.get("k").await), None);
    assert_eq!(keys(&search(&items, Search::new()).await), ["k", "other"], "the others stay");
    assert_eq!(ok("get", below.get("k").await), Some(json!(1)), "that of the namespace below stays");

    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    ok("put", items.put("k", &json!(2)).await);
    let second = ok("get", items.item("k").await).expect("it was written again");
    assert!(second.created_at > first.created_at, "a deleted item that is written again is a new one");
    for (items, key) in [(&items, "k"), (&items, "other"), (&below, "k")] {
        ok("delete", items.delete(key).await);
    }
    assert_eq!(ok("namespaces", store.namespaces(&NamespacesQuery::new()).await), []);
}
