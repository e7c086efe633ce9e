//! A node that blocks its thread is reported by name through `tracing`.
//!
//! In a separate process: `tracing` caches for all threads which levels are enabled, and another test that runs a graph
//! at the same time could make it miss a subscriber of one thread.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_core::prelude::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::with_default;
use tracing::{Event, Metadata, Subscriber};

#[derive(State, Clone, Debug, Default)]
struct Log {
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(Log)]
struct Line {
    log: Vec<String>,
}

fn line(text: &str) -> Line {
    Line { log: vec![text.to_owned()] }
}

#[node]
async fn polite(_: &Log) -> Line {
    line("polite")
}

#[node]
async fn blocks(_: &Log) -> Line {
    std::thread::sleep(Duration::from_millis(120));
    line("blocks")
}

graph! {
    Blocked<Log> {
        START -> polite -> blocks -> END;
    }
}

/// Keeps the fields of every event.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<String>>>);

impl Visit for &Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.lock().unwrap().push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("graph_core")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_node_that_blocks_is_named() {
    let listener = Listener::default();
    let state = with_default(listener.clone(), || Blocked::new().run(LogUpdate::default()).blocking()).unwrap();
    assert_eq!(state.log, ["polite", "blocks"]);
    let heard = listener.0.lock().unwrap().join(" ");
    assert!(heard.contains("graph=\"Blocked\" node=\"blocks\" blocked="), "{heard}");
    assert!(!heard.contains("polite"), "{heard}");
}
