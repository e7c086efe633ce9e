//! A call, as the context inside it knows it.

use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::ToolEvent;
use crate::checkpoint::Remembered;
use crate::context::RunContext;
use crate::run::lock;

/// A call that is being executed.
#[derive(Debug)]
pub(crate) struct ToolScope {
    pub id: Arc<str>,
    pub name: Arc<str>,
    /// What the tool asks. The calls beside it are executed before the task ends.
    asked: Mutex<Vec<Arc<Remembered>>>,
}

impl ToolScope {
    pub(super) fn new(id: &str, name: &str) -> Arc<Self> {
        Arc::new(Self { id: id.into(), name: name.into(), asked: Mutex::default() })
    }

    pub(super) fn is_asking(&self) -> bool {
        !lock(&self.asked).is_empty()
    }

    pub(super) fn take_asked(&self) -> Vec<Arc<Remembered>> {
        std::mem::take(&mut *lock(&self.asked))
    }
}

impl RunContext {
    /// The id of the tool call that the context is for; `None` outside tools.
    #[must_use]
    pub fn tool_call_id(&self) -> Option<&str> {
        self.tool.as_ref().map(|tool| &*tool.id)
    }

    /// Emits a part of a tool's output while the tool runs: `tools` mode shows it with the id of the call. The model sees
    /// what the tool returns, and not this. Outside a tool, nothing happens.
    ///
    /// ```
    /// use graph_core::prelude::*;
    ///
    /// /// Counts the lines of a log file.
    /// #[tool]
    /// async fn count_lines(
    ///     /// The file.
    ///     path: String,
    ///     cx: &RunContext,
    /// ) -> NodeResult<usize> {
    ///     cx.emit_output(format!("reading {path}"));
    ///     Ok(path.lines().count())
    /// }
    /// ```
    pub fn emit_output(&self, delta: impl Into<Value>) {
        self.heartbeat();
        if let Some(tool) = &self.tool {
            self.emit_tool(tool, || ToolEvent::OutputDelta(delta.into()));
        }
    }

    pub(crate) fn emit_tool(&self, tool: &ToolScope, event: impl FnOnce() -> ToolEvent) {
        if self.wants(crate::run::Mode::TOOLS) {
            self.sink.tool(&self.task, tool, event());
        }
    }

    /// The task asks, and ends without a result. Inside a tool call, it ends once the calls beside it are executed.
    pub(crate) fn suspend(&self, asked: Vec<Arc<Remembered>>) {
        match &self.tool {
            Some(tool) => {
                let mut held = lock(&tool.asked);
                // A graph inside the tool says it whenever it is polled.
                for asked in asked {
                    if !held.iter().any(|known| known.key == asked.key) {
                        held.push(asked);
                    }
                }
            }
            None => self.sink.suspend(&self.task, asked),
        }
    }
}
