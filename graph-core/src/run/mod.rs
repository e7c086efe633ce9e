#![doc = include_str!("../docs/pages/run.md")]
mod app;
mod blocking;
mod breakpoint;
mod cancel;
mod child;
mod config;
mod drain;
mod engine;
mod given;
mod journal;
pub(crate) mod memory;
mod outcome;
pub(crate) mod policy;
mod resumable;
#[expect(clippy::module_inception, reason = "a run is what this module is about")]
mod run;
mod spawn;
mod stream;

pub use app::App;
#[doc(hidden)]
pub use app::Compiles;
pub(crate) use app::{HasInvoke, HasStream};
pub use blocking::Blocking;
pub use breakpoint::Breakpoint;
pub(crate) use breakpoint::{Breakpoints, StopConditions};
pub use cancel::CancelHandle;
pub use child::ChildFuture;
pub(crate) use child::{ChildEnd, ChildRun, ChildStart, KeptPlace};
pub(crate) use config::{Config, config_setters};
pub use drain::DrainHandle;
pub(crate) use engine::{
    AllNodes, Cursor, NO_INPUT_YET, PendingTask, Pushed, Shared, StreamedIds, TaskError, edit, lock, waiting,
};
#[doc(hidden)]
pub use engine::{Dispatch, NodeTree, NodeTuple, Routed, Scheduler};
pub use given::{Given, Gives, NotGiven};
pub(crate) use journal::{Binding, Loaded, SubgraphLog, ThreadPolicy};
pub(crate) use memory::Memory;
pub use memory::{Ask, Once};
pub(crate) use outcome::End;
pub use outcome::{Interrupted, Outcome};
pub(crate) use policy::Notes;
pub use resumable::{MaybeChild, NoThread, OnThread, Resumable};
pub use run::{Output, Run, Values};
pub use spawn::Spawned;
pub(crate) use stream::json;
pub use stream::kind;
pub(crate) use stream::place::{Around, Place};
pub use stream::{
    CheckpointStream, CustomPart, CustomStream, DebugGraph, DebugKind, DebugPart, DebugStream, Event, EventData,
    EventKind, EventStream, JsonGraph, MessageContent, MessagePart, MessageStream, Mode, Namespace, Part, PartStream,
    Phase, PushedPart, RunStream, RunWithSubgraphs, Segment, StreamWithSubgraphs, SubgraphPart, TaskInput, TaskPart,
    TaskResultPart, TaskResultStream, TaskState, TaskStream, TokenStream, ToolPart, ToolStream, UpdatePart,
    UpdateStream, ValueStream, WithSubgraphs,
};
