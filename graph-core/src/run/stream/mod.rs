//! The streams of a run: modes, parts and their order.
pub(in crate::run) mod build;
mod debug;
pub(in crate::run) mod emit;
mod event;
pub(crate) mod json;
pub mod kind;
mod mode;
mod namespace;
mod part;
mod part_clone;
pub(in crate::run) mod place;
#[expect(clippy::module_inception, reason = "a stream is what this module is about")]
mod stream;
mod task_part;
mod with_subgraphs;

pub use debug::DebugGraph;
pub use event::{Event, EventData, EventKind, Phase};
pub use json::JsonGraph;
pub use mode::Mode;
pub use namespace::{Namespace, Segment};
pub use part::{
    CustomPart, MessageContent, MessagePart, Part, PushedPart, SubgraphPart, TaskResultPart, ToolPart, UpdatePart,
};
pub(in crate::run) use stream::token;
pub use stream::{
    CheckpointStream, CustomStream, DebugStream, EventStream, MessageStream, PartStream, RunStream, TaskResultStream,
    TaskStream, TokenStream, ToolStream, UpdateStream, ValueStream,
};
pub use task_part::{DebugKind, DebugPart, TaskInput, TaskPart, TaskState};
pub use with_subgraphs::{RunWithSubgraphs, StreamWithSubgraphs, WithSubgraphs};
