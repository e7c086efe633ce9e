//! The names that a program with graphs needs: `use graph_core::prelude::*;`.

pub use graph_macros::{Interrupt, State, Update, node, reducer, task, tool, workflow};
pub use serde::{Deserialize, Serialize};

pub use crate::agent::Agent;
pub use crate::checkpoint::MemorySaver;
pub use crate::context::{Context, RunContext};
pub use crate::graph;
#[cfg(feature = "draw")]
pub use crate::graph::Draw;
pub use crate::graph::Graph;
pub use crate::graph::SubgraphOrigin as _;
pub use crate::interrupt::Interrupt;
pub use crate::message::{AddMessages, Message, MessageChunk, Messages, MessagesState, NewMessages};
pub use crate::model::{ChatModel, ChatModelExt, Prompt};
pub use crate::node::{Command, NodeError, NodeFailure, NodeResult, Retryable};
pub use crate::prompt;
pub use crate::run::{App, Mode, Outcome, Part, Run, WithSubgraphs};
pub use crate::state::{
    Append, IsLastStep, Late, Max, Merge, Min, Overwrite, Reducer, RemainingSteps, State, Sum, Union, Update,
};
pub use crate::thread::{DurableApp, Thread};
pub use crate::tool::ToolSet;
pub use crate::{JsonSchema, tools};
// For what `#[derive(JsonSchema)]` expands to.
#[doc(hidden)]
pub use schemars;
