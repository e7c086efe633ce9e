//! The names that a program with graphs needs: `use graph_core::prelude::*;`.

pub use graph_macros::{State, Update, node, reducer};
pub use serde::{Deserialize, Serialize};

pub use crate::checkpoint::MemorySaver;
pub use crate::context::{Context, RunContext};
pub use crate::graph;
pub use crate::graph::{Draw, Graph, GraphNode};
pub use crate::message::{AddMessages, Message, MessageChunk, Messages};
pub use crate::model::{ChatModel, ChatModelExt, Prompt, ScriptedModel};
pub use crate::node::{Command, Node, NodeError, NodeResult};
pub use crate::run::{App, Mode, Part, Run, WithSubgraphs};
pub use crate::state::{Append, FieldSet, Late, Max, Merge, Min, Overwrite, Reducer, State, Sum, Union, Update};
pub use crate::thread::Thread;
