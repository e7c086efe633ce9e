//! Running a graph: the super-step loop and the streams that come out of it.
mod app;
mod attempts;
mod blocking;
mod breakpoint;
mod cancel;
mod config;
mod debug;
mod drain;
mod engine;
mod event;
mod handled;
mod journal;
mod json;
mod mode;
mod on_thread;
mod outcome;
mod part;
mod pull;
#[expect(clippy::module_inception, reason = "a run is what this module is about")]
mod run;
mod shared;
mod slots;
mod spawn;
mod step;
mod stream;
mod tell;
mod watch;
mod within;

pub use app::App;
pub use blocking::Blocking;
pub use breakpoint::Breakpoint;
pub(crate) use breakpoint::{Breakpoints, Stops};
pub use cancel::CancelHandle;
pub use debug::DebugGraph;
pub use drain::DrainHandle;
pub use event::{Event, EventData, EventKind, Phase};
pub(crate) use journal::Binding;
pub use json::JsonGraph;
pub use mode::Mode;
pub use on_thread::{Alone, CanGoOn, OnThread};
pub(crate) use outcome::End;
pub use outcome::{Interrupted, Outcome};
pub use part::{
    CustomPart, DebugKind, DebugPart, MessageContent, MessagePart, Part, TaskInput, TaskPart, TaskState, UpdatePart,
};
pub use run::{Output, Run};
pub(crate) use shared::Shared;
pub use spawn::Spawned;
pub use stream::{Checkpoints, Customs, Debugs, Events, Parts, Pieces, RunStream, Tasks, Tokens, Updates, Values};
