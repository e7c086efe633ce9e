#![doc = include_str!("../docs/pages/context.md")]
#[expect(clippy::module_inception, reason = "the context is what this module is about")]
mod context;
mod run_context;
mod scope;
mod sink;
mod span;
mod task;

pub use context::Context;
pub use run_context::{Flush, RunContext};
pub(crate) use scope::Scope;
pub(crate) use sink::{Signal, Sink};
pub use span::{Payload, Span, SpanKind};
pub(crate) use task::{HANDLER, ProducedBy, TaskInfo};
pub use task::{RunInfo, TaskId};
