//! Updates of finished tasks are saved even if their step is cancelled, runs out of time, or panics in a reducer or router.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;

use crate::kit::{Line, Log, line, nothing};

/// How often the quick node has run, and whether the other one may end.
#[derive(Clone, Default)]
struct Watch {
    quick: Arc<AtomicUsize>,
    is_open: Arc<AtomicBool>,
}

impl Watch {
    fn runs(&self) -> usize {
        self.quick.load(Ordering::SeqCst)
    }
}

#[node]
fn quick(cx: &Context<Waiting>) -> Line {
    cx.deps().quick.fetch_add(1, Ordering::SeqCst);
    line("quick")
}

#[node]
async fn waits(cx: &Context<Waiting>) -> Line {
    while !cx.deps().is_open.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    line("waited")
}

graph! {
    Waiting<Log, Watch> {
        START -> [quick, waits];
        quick -> END;
        waits -> END;
    }
}

#[tokio::test]
async fn a_deadline_keeps_the_updates_of_finished_tasks() {
    let watch = Watch::default();
    let thread = Waiting::new(watch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let error = thread.run(nothing()).deadline(Duration::from_millis(20)).await.unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");
    watch.is_open.store(true, Ordering::SeqCst);
    assert_eq!(thread.continue_run().await.unwrap().log, ["quick", "waited"]);
    assert_eq!(watch.runs(), 1, "the finished node does not run again");
}

#[tokio::test]
async fn cancelling_keeps_the_updates_of_finished_tasks() {
    let watch = Watch::default();
    let thread = Waiting::new(watch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut run = thread.run(nothing());
    let cancel = run.cancel_handle();
    let run = run.spawn();
    while watch.runs() == 0 {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    assert!(matches!(run.await, Err(Error::Cancelled { .. })));
    watch.is_open.store(true, Ordering::SeqCst);
    assert_eq!(thread.continue_run().await.unwrap().log, ["quick", "waited"]);
    assert_eq!(watch.runs(), 1);
}

#[tokio::test]
async fn dropping_a_run_keeps_updates_that_were_saved_while_others_ran() {
    let watch = Watch::default();
    let thread = Waiting::new(watch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut updates = thread.run(nothing()).updates();
    updates.next().await.unwrap().unwrap();
    // The next poll finds nothing to hand out, and waits for the other task.
    let waited = tokio::time::timeout(Duration::from_millis(20), updates.next()).await;
    assert!(waited.is_err());
    drop(updates);
    watch.is_open.store(true, Ordering::SeqCst);
    assert_eq!(thread.continue_run().await.unwrap().log, ["quick", "waited"]);
    assert_eq!(watch.runs(), 1);
}

mod panics {
    use super::*;

    static FIXED: AtomicBool = AtomicBool::new(false);
    static RUNS: AtomicUsize = AtomicUsize::new(0);

    #[reducer]
    fn touchy(current: &mut Vec<String>, new: Vec<String>) {
        assert!(FIXED.load(Ordering::SeqCst), "not fixed");
        current.extend(new);
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Fragile {
        #[state(input)]
        n: u64,
        #[state(reduce = touchy)]
        log: Vec<String>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Fragile)]
    struct Entry {
        log: Vec<String>,
    }

    #[node]
    fn expensive(_: &Fragile) -> Entry {
        RUNS.fetch_add(1, Ordering::SeqCst);
        Entry { log: vec!["expensive".into()] }
    }

    graph! {
        Touchy<Fragile> {
            START -> expensive;
            expensive -> |Fragile { log, .. }| if log.len() > 5 { expensive } else { END };
        }
    }

    #[tokio::test]
    async fn a_panic_of_a_reducer_keeps_the_updates_for_a_fixed_one() {
        let thread = Touchy::new().checkpointer(MemorySaver::new()).thread("t");
        for run in [thread.run(FragileInput { n: 1 }), thread.continue_run()] {
            let error = run.await.unwrap_err();
            assert_eq!(
                error.to_string(),
                "a reducer behind node `expensive` of `Touchy` panicked in step 1: not fixed"
            );
        }
        FIXED.store(true, Ordering::SeqCst);
        assert_eq!(thread.continue_run().await.unwrap().log, ["expensive"]);
        assert_eq!(RUNS.load(Ordering::SeqCst), 1, "its update was saved");
    }
}
