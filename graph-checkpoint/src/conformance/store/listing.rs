//! Prefixes, order and pages; namespaces.

use graph_core::store::{Filter, Namespace, NamespacesQuery, Search, Store};
use serde_json::{Value, json};

use super::{keys, ok, search};

/// Namespaces that texts confuse: each is a namespace of its own, and begins with no other one's text.
const NAMESPACES: [&[&str]; 14] = [
    &["a"],
    &["ab"],
    &["a", "b"],
    &["a", "bc"],
    &["a", "b", "c"],
    &["a,b"],
    &["a\",\"b"],
    &["a", "b\"]"],
    &["a.b"],
    &["a/b"],
    &["a\u{1}"],
    &["A"],
    &["a ", "b"],
    &["a", "\u{10ffff}"],
];

/// A search finds what is in a namespace or below it, name by name, and nothing else.
pub async fn prefixes(store: Store) {
    let all = NAMESPACES.map(Namespace::from);
    for namespace in &all {
        ok("put", store.collection::<Value>(namespace.clone()).put("k", &json!(namespace)).await);
    }
    for prefix in all.iter().chain([&Namespace::default(), &["b"].into(), &["a", "b", "c", "d"].into()]) {
        let found = search(&store.collection(prefix.clone()), Search::new()).await;
        let mut found: Vec<_> = found.into_iter().map(|item| item.namespace).collect();
        found.sort();
        let mut expected: Vec<_> = all.iter().filter(|namespace| namespace.starts_with(prefix)).cloned().collect();
        expected.sort();
        assert_eq!(found, expected, "below {prefix}");
        let listed = ok("namespaces", store.namespaces(&NamespacesQuery::new().prefix(prefix.names())).await);
        assert_eq!(listed, expected, "namespaces below {prefix}");
    }
}

/// The item that was written last is the first; pages follow each other without a gap.
pub async fn order(store: Store) {
    let items = store.collection::<Value>(["a"]);
    let expected: Vec<String> = (0..25).rev().map(|at| format!("k{at}")).collect();
    for key in expected.iter().rev() {
        let place = if key.ends_with('3') { vec!["a", "b"] } else { vec!["a"] };
        ok("put", store.collection(place).put(key, &json!({ "last": key.chars().last() })).await);
    }
    assert_eq!(keys(&search(&items, Search::new()).await), expected);
    assert_eq!(keys(&ok("search", items.search(&Search::new()).await)), expected[..10], "10 without a limit");
    for limit in [1, 4, 25, 100] {
        let mut paged = Vec::new();
        for page in 0..26 {
            let found = ok("search", items.search(&Search::new().limit(limit).offset(page * limit)).await);
            assert!(found.len() <= limit, "{} items on a page of {limit}", found.len());
            paged.extend(found.into_iter().map(|item| item.key));
        }
        assert_eq!(paged, expected, "pages of {limit}");
    }
    assert_eq!(ok("search", items.search(&Search::new().limit(0)).await), []);
    assert_eq!(ok("search", items.search(&Search::new().offset(usize::MAX)).await), []);

    let sevens = Search::new().filter(Filter::new().eq("last", "7"));
    assert_eq!(keys(&search(&items, sevens.clone()).await), ["k17", "k7"]);
    let second = ok("search", items.search(&sevens.limit(1).offset(1)).await);
    assert_eq!(keys(&second), ["k7"], "a page of those that match");

    ok("put", items.put("k7", &json!(0)).await);
    assert_eq!(keys(&ok("search", items.search(&Search::new().limit(2)).await)), ["k7", "k24"], "written again");
    let [one, two] = [1, 2].map(Value::from);
    ok("put_all", items.put_all([("one", &one), ("two", &two)]).await);
    let newest = ok("search", items.search(&Search::new().limit(3)).await);
    assert_eq!(keys(&newest), ["two", "one", "k7"], "of a batch, the last is the first");
}

/// Namespaces are listed name by name, once each, by prefix, suffix and depth, page by page.
pub async fn namespaces(store: Store) {
    let list = async |query: NamespacesQuery| -> Vec<String> {
        let found = ok("namespaces", store.namespaces(&query).await);
        found.iter().map(|namespace| namespace.names().join("/")).collect()
    };
    let all = NamespacesQuery::new;
    assert_eq!(list(all()).await, Vec::<String>::new());
    for names in ["u/b/notes", "u/a/notes", "u/a", "u/a/facts", "t/a", "é", "u2/a/notes", "Z"] {
        for key in ["one", "two"] {
            let namespace: Namespace = names.split('/').collect();
            ok("put", store.collection(namespace).put(key, &json!(1)).await);
        }
    }
    let sorted = ["Z", "t/a", "u/a", "u/a/facts", "u/a/notes", "u/b/notes", "u2/a/notes", "é"];
    assert_eq!(list(all()).await, sorted);
    assert_eq!(list(all().limit(3)).await, sorted[..3]);
    assert_eq!(list(all().limit(3).offset(6)).await, sorted[6..]);
    assert_eq!(list(all().limit(usize::MAX).offset(usize::MAX)).await, sorted[8..]);
    assert_eq!(list(all().prefix(["u"])).await, sorted[2..6]);
    assert_eq!(list(all().prefix(["u", "a"])).await, sorted[2..5]);
    assert_eq!(list(all().suffix(["notes"])).await, ["u/a/notes", "u/b/notes", "u2/a/notes"]);
    assert_eq!(list(all().prefix(["u"]).suffix(["a"])).await, ["u/a"]);
    assert_eq!(list(all().prefix(["u", "a"]).suffix(["a"])).await, ["u/a"], "they may be the same name");
    assert_eq!(list(all().max_depth(1)).await, ["Z", "t", "u", "u2", "é"], "cut off, and once each");
    assert_eq!(list(all().suffix(["notes"]).max_depth(2)).await, ["u/a", "u/b", "u2/a"], "cut off when it is found");
    assert_eq!(list(all().prefix(["*"])).await, Vec::<String>::new(), "no pattern");
}
