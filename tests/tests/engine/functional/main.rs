//! Tasks and workflows: LangGraph's functional API.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod calls;
mod in_graphs;
mod options;
mod recording;

use std::sync::{Arc, Mutex};

use graph_tests::kit;

/// What has run, in order.
#[derive(Clone, Default)]
struct Ran(Arc<Mutex<Vec<String>>>);

impl Ran {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    /// What has run since the last call.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
