//! What a filter selects.

use graph_core::store::{Filter, Search, Store};
use serde_json::{Value, json};

use super::{ok, search};

/// Every comparison with values of every kind. What has no order, or is not there, is not found.
pub async fn filters(store: Store) {
    let items = store.collection::<Value>(["a"]);
    for (key, value) in [
        ("ada", json!({ "name": "Ada", "age": 36, "tags": ["a", "b"], "home": { "city": "London" }, "left": null })),
        ("bob", json!({ "name": "Bob", "age": 9.5, "tags": [], "member": true })),
        ("eve", json!({ "name": "Éve", "age": "36", "member": false })),
        ("text", json!("name")),
        ("list", json!(["name", "Ada"])),
        ("none", json!({})),
    ] {
        ok("put", items.put(key, &value).await);
    }
    let new = Filter::new;
    for (filter, expected) in [
        (new(), vec!["ada", "bob", "eve", "list", "none", "text"]),
        (new().eq("name", "Ada"), vec!["ada"]),
        (new().eq("name", "ada"), vec![]),
        (new().eq("age", 36), vec!["ada"]),
        (new().eq("age", 36.0), vec!["ada"]),
        (new().eq("age", "36"), vec!["eve"]),
        (new().eq("tags", json!(["a", "b"])), vec!["ada"]),
        (new().eq("tags", json!(["b", "a"])), vec![]),
        (new().eq("tags", json!([])), vec!["bob"]),
        (new().eq("home", json!({ "city": "London" })), vec!["ada"]),
        (new().eq("home", json!({})), vec![]),
        (new().eq("home.city", "London"), vec![]),
        (new().eq("left", Value::Null), vec!["ada"]),
        (new().eq("nowhere", Value::Null), vec![]),
        (new().eq("member", true), vec!["bob"]),
        (new().eq("member", 1), vec![]),
        (new().ne("name", "Ada"), vec!["bob", "eve"]),
        (new().ne("age", 36), vec!["bob", "eve"]),
        (new().ne("nowhere", 1), vec![]),
        (new().ne("left", 1), vec!["ada"]),
        (new().gt("age", 9), vec!["ada", "bob"]),
        (new().gt("age", 9.5), vec!["ada"]),
        (new().gte("age", 9.5), vec!["ada", "bob"]),
        (new().lt("age", 36), vec!["bob"]),
        (new().lte("age", 36), vec!["ada", "bob"]),
        (new().gt("age", "3"), vec!["eve"]),
        (new().gt("name", "Ada"), vec!["bob", "eve"]),
        (new().lte("name", "Bob"), vec!["ada", "bob"]),
        (new().lt("member", true), vec!["eve"]),
        (new().gt("left", 0), vec![]),
        (new().lte("tags", json!(["z"])), vec![]),
        (new().gte("age", 9).lt("age", 10), vec!["bob"]),
        (new().eq("name", "Ada").eq("name", "Bob"), vec![]),
        (new().eq("name", "Ada").eq("nowhere", 1), vec![]),
    ] {
        let mut found: Vec<_> =
            search(&items, Search::new().filter(filter.clone())).await.into_iter().map(|item| item.key).collect();
        found.sort();
        assert_eq!(found, expected, "{filter:?}");
    }
}

/// Numbers are compared by what they count, also where a float cannot tell them apart.
pub async fn numbers(store: Store) {
    let items = store.collection::<Value>(["a"]);
    let numbers = [
        json!(i64::MIN),
        json!(-1.5),
        json!(-1),
        json!(0.1),
        json!(2),
        json!(10),
        json!(9_007_199_254_740_992_i64),
        json!(9_007_199_254_740_993_i64),
        json!(u64::MAX),
        json!(1e300),
    ];
    for (at, number) in numbers.iter().enumerate() {
        ok("put", items.put(at.to_string(), &json!({ "n": number })).await);
    }
    for (at, number) in numbers.iter().enumerate() {
        let new = Filter::new;
        let (less, more) = (at, numbers.len() - at - 1);
        for (filter, expected) in [
            (new().lt("n", number.clone()), less),
            (new().lte("n", number.clone()), less + 1),
            (new().eq("n", number.clone()), 1),
            (new().ne("n", number.clone()), less + more),
            (new().gte("n", number.clone()), more + 1),
            (new().gt("n", number.clone()), more),
        ] {
            let found = search(&items, Search::new().filter(filter.clone())).await;
            assert_eq!(found.len(), expected, "{filter:?}");
        }
    }
}
