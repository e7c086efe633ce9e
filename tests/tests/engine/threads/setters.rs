//! An app with a checkpointer is set like one without.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::Error;
use graph_core::cache::MemoryCache;
use graph_core::prelude::*;

use crate::kit::{Gauge, Line, Log, items, line, nothing};

/// How often the cached node ran, and how many nodes run at once.
#[derive(Default)]
struct Watch {
    runs: AtomicUsize,
    gauge: Gauge,
}

#[node(cache(key = || 0))]
fn counted(cx: &Context<Watched>) -> Line {
    cx.deps().runs.fetch_add(1, Ordering::SeqCst);
    line("counted")
}

#[node]
async fn waits(cx: &Context<Watched>) -> Line {
    let _inside = cx.deps().gauge.enter();
    tokio::time::sleep(Duration::from_secs(1)).await;
    line("waited")
}

graph! {
    Watched<Log, Watch> {
        START -> counted -> [waits as first, waits as second];
        first -> END;
        second -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn limits_and_labels_set_behind_the_checkpointer_apply_to_its_threads() {
    let app = || Watched::new(Watch::default()).checkpointer(MemorySaver::new());

    let error = app().recursion_limit(1).thread("t").run(nothing()).await.unwrap_err();
    assert!(matches!(error, Error::RecursionLimit { limit: 1, .. }), "{error}");
    let run = app().recursion_limit(1).thread("t").run(nothing()).recursion_limit(2);
    assert_eq!(run.await.unwrap().log.len(), 3, "a run overrides it");

    let error = app().deadline(Duration::from_millis(1)).thread("t").run(nothing()).await.unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");

    for (limit, most) in [(1, 1), (2, 2)] {
        let app = app().max_concurrency(limit);
        app.thread("t").run(nothing()).await.unwrap();
        assert_eq!(app.deps().gauge.most(), most);
    }

    let app = app().tags(["tagged"]).metadata("user", "Ada").cache(MemoryCache::new()).isolate().parallel();
    let events = items(app.thread("t").run(nothing()).events()).await;
    assert!(events.iter().all(|event| event.tags.iter().any(|tag| tag == "tagged") && event.metadata["user"] == "Ada"));
    app.thread("other").run(nothing()).await.unwrap();
    assert_eq!(app.deps().runs.load(Ordering::SeqCst), 1, "the second thread has it from the cache");
    app.clear_cache(&[WatchedNode::Counted]).await.unwrap();
    app.run(nothing()).await.unwrap();
    assert_eq!(app.deps().runs.load(Ordering::SeqCst), 2);
}
