//! Tools: what models may call.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod agent;
mod answers;
mod cut_off;
mod external;
mod of_a_graph;
mod policies;
mod schemas;
mod side_by_side;
mod stream;
mod threads;

use std::sync::{Arc, Mutex};

use graph_core::message::ToolCall;
use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use serde_json::Value;

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

fn call(id: &str, name: &str, args: Value) -> ToolCall {
    ToolCall::new(id, name, args)
}

/// A turn of the model that calls tools: id, name, arguments.
fn calls<const N: usize>(calls: [(&str, &str, Value); N]) -> Turn {
    calls.into_iter().fold(Turn::new().id("ai-0"), |turn, (id, name, args)| turn.call(id, name, &args))
}

/// A model that makes these calls, and ends with `done`.
fn model(asks: Turn) -> ScriptedModel {
    ScriptedModel::new().turn(asks).reply("done")
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(Message::text).collect()
}
