//! Namespaces, keys, fields and values are data: none is a pattern, a path or a statement.

use graph_core::store::{Filter, Namespace, NamespacesQuery, Search, Store};
use serde_json::{Value, json};

use super::payloads::payloads;
use super::{keys, ok, search};

/// Every payload as a name and as a key: only the exact one is found, listed and deleted.
pub async fn names_are_data(store: Store) {
    let payloads = payloads();
    let place = |payload: &str| store.collection::<Value>(["root", payload]);
    for payload in &payloads {
        ok("put", place(payload).put(payload, &json!(payload)).await);
    }
    let list = async || ok("namespaces", store.namespaces(&NamespacesQuery::new().limit(usize::MAX)).await);
    let all: Vec<Namespace> = payloads.iter().map(|payload| ["root", payload].into()).collect();
    assert_eq!(list().await, all, "each is listed exactly");
    for payload in &payloads {
        assert_eq!(ok("get", place(payload).get(payload).await), Some(json!(payload)));
        assert_eq!(keys(&search(&place(payload), Search::new()).await), [payload], "below {payload:?}");
        assert_eq!(search(&store.collection([payload]), Search::new()).await, [], "{payload:?} begins nothing");
        for query in [NamespacesQuery::new().suffix([payload]), NamespacesQuery::new().prefix(["root", payload])] {
            let found = ok("namespaces", store.namespaces(&query).await);
            assert_eq!(found, [["root", payload].into()], "{query:?}");
        }
    }
    for (at, payload) in payloads.iter().enumerate() {
        let next = &payloads[(at + 1) % payloads.len()];
        assert!(!ok("delete", place(payload).delete(next).await), "{next:?} is no key in {payload:?}");
        assert!(ok("delete", place(payload).delete(payload).await), "{payload:?} was there");
        if at % 20 == 0 {
            assert_eq!(list().await, all[at + 1..], "only {payload:?} was deleted");
        }
    }
    assert_eq!(list().await, []);
}

/// Every payload as a field and as a value of a filter: only the exact one is found, and an unknown field finds nothing.
pub async fn filters_are_data(store: Store) {
    const GROUPS: usize = 6;

    let (payloads, new) = (payloads(), Filter::new);
    let group = |at: usize| format!("group {}", at % GROUPS);
    for (at, payload) in payloads.iter().enumerate() {
        let value = json!({ payload: payload, "same": payload });
        ok("put", store.collection(["a", &group(at), payload]).put(at.to_string(), &value).await);
    }
    for (at, payload) in payloads.iter().enumerate() {
        let items = store.collection::<Value>(["a", &group(at)]);
        for filter in [new().eq(payload, &**payload), new().eq("same", &**payload), new().ne(payload, 1)] {
            let found = search(&items, Search::new().filter(filter.clone())).await;
            assert_eq!(keys(&found), [at.to_string()], "{filter:?}");
        }
        let others = search(&items, Search::new().filter(new().ne("same", &**payload))).await;
        assert!(others.len() >= payloads.len() / GROUPS - 1, "all but {payload:?}");
        assert!(others.iter().all(|item| item.key != at.to_string()), "all but {payload:?}");

        let (itself, unknown) = (store.collection(["a", &group(at), payload]), format!("{payload}, which is no field"));
        for filter in [
            new().eq(payload, "another"),
            new().eq("same", &*unknown),
            new().eq(&unknown, &**payload),
            new().ne(&unknown, &**payload),
            new().gte(&unknown, ""),
            new().lte(&unknown, Value::Null),
            new().eq(payload, json!({ "$ne": 1 })),
        ] {
            let found = search(&itself, Search::new().filter(filter.clone())).await;
            assert_eq!(found, [], "{filter:?} widens the search");
        }
    }
}
