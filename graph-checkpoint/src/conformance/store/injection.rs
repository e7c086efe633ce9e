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
    let payloads = payloads();
    let items = store.collection::<Value>(["a"]);
    let values: Vec<Value> = payloads.iter().map(|payload| json!({ payload: payload, "same": payload })).collect();
    for (at, value) in values.iter().enumerate() {
        ok("put", store.collection(["a", &at.to_string()]).put(at.to_string(), value).await);
    }
    for (at, payload) in payloads.iter().enumerate() {
        let (new, itself) = (Filter::new, store.collection::<Value>(["a", &at.to_string()]));
        let found = async |filter: Filter| search(&items, Search::new().filter(filter)).await;
        for filter in [new().eq(payload, &**payload), new().eq("same", &**payload)] {
            assert_eq!(keys(&found(filter.clone()).await), [at.to_string()], "{filter:?}");
        }
        if at % 20 == 0 {
            assert_eq!(keys(&found(new().ne(payload, 1)).await), [at.to_string()], "all that have {payload:?}");
            assert_eq!(found(new().ne("same", &**payload)).await.len(), payloads.len() - 1, "all but {payload:?}");
        }
        let unknown = format!("{payload}, which is no field");
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
