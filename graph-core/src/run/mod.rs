//! Running a graph: the super-step loop and the streams that come out of it.
mod app;
mod attempts;
mod blocking;
mod breakpoint;
mod called;
mod cancel;
mod config;
mod debug;
mod drain;
mod ended;
mod engine;
mod event;
mod handled;
mod journal;
mod json;
pub mod kind;
mod merge;
mod mode;
mod namespace;
mod nested;
mod on_thread;
mod outcome;
mod part;
mod part_clone;
mod pull;
mod pushed;
#[expect(clippy::module_inception, reason = "a run is what this module is about")]
mod run;
mod shared;
mod shared_sink;
mod slots;
mod spawn;
mod start;
mod step;
mod stream;
mod subgraphs;
mod tell;
mod watch;
mod within;

pub use app::App;
pub use blocking::Blocking;
pub use breakpoint::Breakpoint;
pub(crate) use breakpoint::{Breakpoints, Stops};
pub use called::Within;
pub use cancel::CancelHandle;
pub use debug::DebugGraph;
pub use drain::DrainHandle;
pub use event::{Event, EventData, EventKind, Phase};
pub(crate) use journal::Binding;
pub use json::JsonGraph;
pub use mode::Mode;
pub use namespace::{Namespace, Segment};
pub(crate) use nested::{Ending, Entered, Nested as NestedRun};
pub use on_thread::{Alone, CanGoOn, OnThread};
pub(crate) use outcome::End;
pub use outcome::{Interrupted, Outcome};
pub use part::{
    CustomPart, DebugKind, DebugPart, InsidePart, MessageContent, MessagePart, Part, PushedPart, TaskInput, TaskPart,
    TaskState, UpdatePart,
};
pub(crate) use pushed::Pushed;
pub use run::{Output, Run};
pub(crate) use shared::{Shared, Spoken};
pub use spawn::Spawned;
pub use stream::{Checkpoints, Customs, Debugs, Events, Parts, Pieces, RunStream, Tasks, Tokens, Updates, Values};
pub use subgraphs::{Nested, NestedStream, Subgraphs};
