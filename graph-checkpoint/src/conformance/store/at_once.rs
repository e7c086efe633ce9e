//! Calls at the same time.

use graph_core::store::{Search, Store};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{ok, search};

const WRITERS: usize = 8;
const ROUNDS: usize = 10;

/// Writers in each other's way lose nothing, and of an item that all of them write, one write is left.
pub async fn writers(store: Store) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let items = store.collection::<Value>(["a"]);
        writers.spawn(async move {
            for round in 0..ROUNDS {
                ok("put", items.put("all", &json!({ "by": writer, "round": round })).await);
                ok("put", items.put(format!("{writer}-{round}"), &json!(writer)).await);
                ok("put", items.put("gone", &json!(writer)).await);
                ok("delete", items.delete("gone").await);
            }
        });
    }
    writers.join_all().await;
    let items = store.collection::<Value>(["a"]);
    assert_eq!(
        search(&items, Search::new()).await.len(),
        WRITERS * ROUNDS + 1,
        "one for each write, and the common one"
    );
    for writer in 0..WRITERS {
        for round in 0..ROUNDS {
            let found = ok("get", items.get(&format!("{writer}-{round}")).await);
            assert_eq!(found, Some(json!(writer)), "round {round}");
        }
    }
    let all = ok("get", items.item("all").await).expect("all have written it");
    assert_eq!(all.value["round"], json!(ROUNDS - 1), "the last write of one of them is left");
    assert!(all.created_at < all.updated_at);
}

/// Nobody sees a part of a batch.
pub async fn batches(store: Store) {
    let mut calls = JoinSet::new();
    for writer in 0..WRITERS / 2 {
        let items = store.collection::<Value>(["a"]);
        calls.spawn(async move {
            for round in 0..ROUNDS {
                let value = json!([writer, round]);
                // Half of them write in the other order.
                let keys = if writer % 2 == 0 { ["one", "two", "three"] } else { ["three", "two", "one"] };
                ok("put_all", items.put_all(keys.map(|key| (key, &value))).await);
            }
        });
    }
    for _ in 0..WRITERS / 2 {
        let items = store.collection::<Value>(["a"]);
        calls.spawn(async move {
            for _ in 0..ROUNDS {
                let found = search(&items, Search::new()).await;
                let is_whole = found.is_empty() || found.len() == 3;
                assert!(
                    is_whole && found.iter().all(|item| item.value == found[0].value),
                    "a part of a batch: {found:?}"
                );
                tokio::task::yield_now().await;
            }
        });
    }
    while let Some(call) = calls.join_next().await {
        if let Err(error) = call {
            std::panic::resume_unwind(error.into_panic());
        }
    }
}
