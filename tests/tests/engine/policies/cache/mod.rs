//! `cache(ttl, key)`: a cached node is skipped if it has run with the same inputs.

mod encoded;
mod failing;
mod keys;
mod own;
mod routed;
mod sent;

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use graph_core::cache::{CacheError, CacheKey, MemoryCache, NodeCache};
use graph_core::prelude::*;
use graph_core::run::{EventKind, Phase, TaskState};
use tokio::time::advance;

use crate::kit::items;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Weather {
    #[state(input)]
    city: String,
    #[state(input)]
    user: String,
    #[state(reduce = Append)]
    log: Vec<String>,
    report: Late<String>,
}

#[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[update(Weather)]
struct Reported {
    report: String,
}

/// How often each node ran.
type Runs = AtomicUsize;

fn report(runs: &Runs, text: &str) -> Reported {
    runs.fetch_add(1, Ordering::SeqCst);
    Reported { report: text.to_owned() }
}

/// Reads the city, and nothing else.
#[node(cache(ttl = "10s"))]
async fn fetch(Weather { city, .. }: &Weather, cx: &Context<Cached>) -> Reported {
    report(cx.deps(), city)
}

graph! { Cached<Weather, Runs> { START -> fetch -> END; } }

fn input(city: &str, user: &str) -> WeatherInput {
    WeatherInput { city: city.to_owned(), user: user.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn a_node_runs_once_for_what_it_reads_until_the_time_is_over() {
    let app = Cached::new(Runs::default()).cache(MemoryCache::new());
    let runs = || app.deps().load(Ordering::SeqCst);
    for (city, user, expected) in [("Rome", "Ada", 1), ("Rome", "Bob", 1), ("Oslo", "Ada", 2), ("Rome", "Eve", 2)] {
        let state = app.run(input(city, user)).await.unwrap();
        assert_eq!((state.report, runs()), (Late::new(city.to_owned()), expected));
    }
    advance(Duration::from_secs(10)).await;
    app.run(input("Rome", "Ada")).await.unwrap();
    assert_eq!(runs(), 3);
    app.clear_cache(&[CachedNode::Fetch]).await.unwrap();
    app.run(input("Rome", "Ada")).await.unwrap();
    assert_eq!(runs(), 4);
}

#[tokio::test]
async fn without_a_cache_the_node_just_runs() {
    let app = Cached::new(Runs::default());
    for expected in [1, 2] {
        app.run(input("Rome", "Ada")).await.unwrap();
        assert_eq!(app.deps().load(Ordering::SeqCst), expected);
    }
    app.clear_cache(CachedNode::ALL).await.unwrap();
}

#[tokio::test]
async fn a_hit_is_marked_in_every_mode_and_streams_what_it_writes() {
    let app = Cached::new(Runs::default()).cache(MemoryCache::new());
    for hit in [false, true] {
        let parts = items(app.run(input("Rome", "Ada")).stream(Mode::ALL)).await;
        let (mut seen, mut chains) = (Vec::new(), Vec::new());
        for part in &parts {
            match part {
                Part::Update(update) => seen.push(("update", update.cached)),
                Part::Task(task) => match &task.state {
                    TaskState::Started { .. } => seen.push(("start", false)),
                    TaskState::Done(_) => seen.push(("end", false)),
                    TaskState::Cached(_) => seen.push(("end", true)),
                    _ => panic!("no other end"),
                },
                Part::Event(event) if event.node.is_some() => {
                    let EventKind { phase, .. } = event.kind;
                    chains.push((phase, event.cached));
                }
                _ => {}
            }
        }
        assert_eq!(seen, [("start", false), ("update", hit), ("end", hit)]);
        assert_eq!(chains, [(Phase::Start, false), (Phase::Stream, hit), (Phase::End, hit)]);
        // Also without the modes that show tasks.
        let updates = items(app.run(input("Rome", if hit { "Bob" } else { "Eve" })).stream(Mode::UPDATES)).await;
        assert!(matches!(&updates[..], [Part::Update(update)] if update.cached));
        let json = serde_json::to_value(&updates[0]).unwrap();
        let expected = serde_json::json!({"fetch": {"report": "Rome"}, "__metadata__": {"cached": true}});
        assert_eq!(json["data"], expected);
    }
}
