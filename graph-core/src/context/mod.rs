//! What a node is given besides the state.
mod notes;
mod run_context;
mod sink;
mod span;
mod task;
mod typed;

pub(crate) use notes::Notes;
pub use run_context::{Flush, RunContext};
pub(crate) use sink::{Signal, Sink};
pub use span::{Payload, Span, SpanKind};
pub(crate) use task::{By, HANDLER, TaskInfo};
pub use task::{RunInfo, TaskId};
pub use typed::Context;
