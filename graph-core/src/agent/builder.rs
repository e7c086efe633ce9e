//! The builder of an agent.

use std::fmt;
use std::sync::Arc;

use super::graph::{AgentDeps, AgentGraph};
use super::limits::Limits;
use crate::message::MessagesState;
use crate::model::ChatModel;
use crate::run::App;
use crate::tool::ToolSet;

/// What the system prompt is made of.
pub(super) type SystemPrompt = Arc<dyn Fn(&MessagesState) -> String + Send + Sync>;

/// A ready-made agent, which is made by [`build`](Self::build): see [`mod@crate::agent`].
#[must_use = "an agent is made by `build`"]
pub struct Agent {
    model: Arc<dyn ChatModel>,
    system: Option<SystemPrompt>,
    tools: ToolSet,
    limits: Limits,
}

impl Agent {
    /// An agent without tools.
    pub fn new(model: impl ChatModel + 'static) -> Self {
        Self { model: Arc::new(model), system: None, tools: ToolSet::new(), limits: Limits::default() }
    }

    /// The instructions to the model. They are in front of every prompt, and not in the state.
    pub fn system_prompt(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.system_prompt_from(move |_| text.clone())
    }

    /// Instructions that depend on the state; an empty text is none.
    pub fn system_prompt_from(mut self, text: impl Fn(&MessagesState) -> String + Send + Sync + 'static) -> Self {
        self.system = Some(Arc::new(text));
        self
    }

    /// The tools, instead of those that it had.
    pub fn tools(mut self, tools: ToolSet) -> Self {
        self.tools = tools;
        self
    }

    /// How often the model may be called for one message of the user. If that is not enough, the run fails with
    /// a [`ModelCallLimit`](super::ModelCallLimit), which is the source of its error.
    pub fn max_model_calls(mut self, calls: usize) -> Self {
        self.limits.model_calls = Some(calls);
        self
    }

    /// How many calls of tools may be executed for one message of the user. The model is told that the others were not
    /// executed, so that it can answer with what it has.
    pub fn max_tool_calls(mut self, calls: usize) -> Self {
        self.limits.tool_calls = Some(calls);
        self
    }

    /// The agent, as an app.
    pub fn build(self) -> App<AgentGraph> {
        let Self { model, system, tools, limits } = self;
        AgentGraph::new(AgentDeps { model, system, tools, limits })
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Agent");
        out.field("model", &self.model.model()).field("tools", &self.tools).field("limits", &self.limits);
        out.finish_non_exhaustive()
    }
}
