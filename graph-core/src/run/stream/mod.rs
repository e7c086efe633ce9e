//! The streams of a run: modes, parts and their order.
mod debug;
pub(in crate::run) mod emit;
mod event;
mod json;
pub mod kind;
mod mode;
pub(in crate::run) mod namespace;
mod part;
mod part_clone;
#[expect(clippy::module_inception, reason = "a stream is what this module is about")]
pub(in crate::run) mod stream;
mod with_subgraphs;

pub use debug::DebugGraph;
pub use event::{Event, EventData, EventKind, Phase};
pub use json::JsonGraph;
pub use mode::Mode;
pub use namespace::{Namespace, Segment};
pub use part::{
    CustomPart, DebugKind, DebugPart, MessageContent, MessagePart, Part, PushedPart, SubgraphPart, TaskInput, TaskPart,
    TaskState, UpdatePart,
};
pub use stream::{
    CheckpointStream, CustomStream, DebugStream, EventStream, MessageStream, PartStream, RunStream, TaskStream,
    TokenStream, UpdateStream, ValueStream,
};
pub use with_subgraphs::{RunWithSubgraphs, StreamWithSubgraphs, WithSubgraphs};
