//! The graph of the agent.
#![allow(dead_code, missing_docs, missing_debug_implementations, reason = "on what the macros generate")]

use std::fmt;
use std::sync::Arc;

use super::builder::SystemPrompt;
use super::limits::Limits;
use crate::context::Context;
use crate::message::{MessagesState, NewMessages};
use crate::model::{ChatModel, ChatModelExt as _, Prompt};
use crate::node::NodeResult;
use crate::tool::{PendingCall, ToolSet, answered};
use crate::{graph, node};

/// What the nodes of an [`AgentGraph`] work with: made by an [`Agent`](super::Agent).
pub struct AgentDeps {
    pub(super) model: Arc<dyn ChatModel>,
    pub(super) system: Option<SystemPrompt>,
    pub(super) tools: ToolSet,
    pub(super) limits: Limits,
}

impl fmt::Debug for AgentDeps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgentDeps")
            .field("model", &self.model.model())
            .field("tools", &self.tools)
            .finish_non_exhaustive()
    }
}

#[node(crate = crate)]
async fn model(state: &MessagesState, cx: &Context<AgentGraph>) -> NodeResult<NewMessages> {
    let AgentDeps { model, system, tools, limits } = cx.deps();
    limits.model_call(&state.messages)?;
    let mut prompt = Prompt::new(answered(&state.messages)).tools(tools);
    if let Some(text) = system.as_ref().map(|system| system(state)).filter(|text| !text.is_empty()) {
        prompt = prompt.system(text);
    }
    Ok(model.invoke(prompt, cx).await?.into())
}

#[node(crate = crate)]
async fn tools(call: PendingCall, state: &MessagesState, cx: &Context<AgentGraph>) -> NodeResult<NewMessages> {
    let AgentDeps { tools, limits, .. } = cx.deps();
    let refused = limits.tool_call(&state.messages, &call).err();
    Ok(tools.call_unless(refused, call, cx).await?.into())
}

graph! {
    /// The graph of an [`Agent`](super::Agent).
    pub AgentGraph<MessagesState, AgentDeps> {
        // A history may come with calls that wait, after an edit.
        START -> |state| if state.has_pending_tool_calls() {
            for call in state.pending_tool_calls() { tools(call) }
        } else {
            model
        };
        model -> |state| if state.has_pending_tool_calls() {
            for call in state.pending_tool_calls() { tools(call) }
        } else {
            END
        };
        tools -> model;
    }
}
