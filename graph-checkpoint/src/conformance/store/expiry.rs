//! Times to live.

use std::time::{Duration, Instant};

use graph_core::store::{NamespacesQuery, Search, Store};
use serde_json::{Value, json};

use super::{keys, ok, search};

const HOUR: Duration = Duration::from_hours(1);

/// An expired item is as if it were deleted: at once, for every call, and whether or not it is still stored.
pub async fn expired_items(store: Store) {
    let (items, empty) = (store.collection::<Value>(["a"]), store.collection::<Value>(["empty"]));
    ok("put", items.put("gone", &json!(1)).await);
    let first = ok("get", items.item("gone").await).expect("it was written");
    ok("put", items.put("gone", &json!(1)).ttl(Duration::ZERO).await);
    ok("put", items.put("kept", &json!(2)).ttl(HOUR).await);
    ok("put", items.put("for ever", &json!(3)).ttl(Duration::MAX).await);
    ok("put", empty.put("gone", &json!(4)).ttl(Duration::ZERO).await);

    assert_eq!(ok("get", items.get("gone").await), None, "an expired item");
    assert_eq!(keys(&search(&items, Search::new()).await), ["for ever", "kept"]);
    assert_eq!(ok("search", items.search(&Search::new().limit(1).offset(1)).await).len(), 1);
    assert_eq!(ok("namespaces", store.namespaces(&NamespacesQuery::new()).await), [["a"].into()]);
    assert!(!ok("delete", items.delete("gone").await), "an expired item is not there to be deleted");
    let kept = ok("get", items.item("kept").await).expect("its time has not passed");
    let left = kept.expires_at.and_then(|at| at.duration_since(kept.updated_at).ok());
    let off = left.map(|left| left.abs_diff(HOUR));
    assert!(off.is_some_and(|off| off.as_millis() == 0), "it says that it lives for {left:?} and not for an hour");

    tokio::time::sleep(Duration::from_millis(2)).await;
    ok("put", empty.put("gone", &json!(5)).await);
    let again = ok("get", empty.item("gone").await).expect("it was written again");
    assert!(again.created_at > first.created_at, "an expired item that is written again is a new one");
    ok("put", items.put("kept", &json!(6)).await);
    let lasts = ok("get", items.item("kept").await).expect("it was written again");
    assert_eq!((lasts.expires_at, lasts.created_at), (None, kept.created_at), "written without a time, it lasts");

    ok("put", items.put("gone", &json!(7)).ttl(Duration::ZERO).await);
    assert_eq!(ok("sweep", store.sweep().await), 1, "one item has expired");
    assert_eq!(ok("sweep", store.sweep().await), 0, "it was removed");
    assert_eq!(keys(&search(&items, Search::new()).await), ["kept", "for ever"], "the others stay");
}

/// An item is there while its time runs, and gone once it has passed.
pub async fn expiry_in_time(store: Store) {
    let items = store.collection::<Value>(["a"]);
    let (ttl, begun) = (Duration::from_millis(300), Instant::now());
    ok("put", items.put("k", &json!(1)).ttl(ttl).await);
    loop {
        let found = ok("get", items.get("k").await);
        let waited = begun.elapsed();
        if found.is_none() {
            assert!(waited >= ttl / 2, "gone after {waited:?} of {ttl:?}");
            break;
        }
        assert!(waited < Duration::from_secs(30), "an item with a time to live of {ttl:?} is there after {waited:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(search(&items, Search::new()).await, []);
}
