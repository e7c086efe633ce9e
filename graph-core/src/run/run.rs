//! A run that has not started yet.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::config::{Config, config_setters};
use super::engine::{Driver, Start, start};
use super::{
    Binding, Breakpoints, CancelHandle, CheckpointStream, CustomStream, DebugStream, DrainHandle, End, EventStream,
    MessageStream, Mode, Part, PartStream, RunStream, Shared, Spawned, StopConditions, TaskStream, TokenStream,
    UpdateStream, ValueStream,
};
use crate::context::RunInfo;
use crate::error::{Error, Result};
use crate::graph::{DepsOf, Graph};
use crate::run::resumable::NoThread;
use crate::state::{RunOutput, State};

/// The output of a run of `G`: its state, or the state's output type if it has one.
pub type Output<G> = <<G as Graph>::State as State>::Output;

/// What a run of `G` shows of its state while it runs: the state, or the fields marked as output if there are any.
pub type Values<G> = <<G as Graph>::State as State>::Values;

#[doc = include_str!("../docs/pages/run_type.md")]
#[must_use = "a run does nothing until it is awaited or its stream is read"]
pub struct Run<G: Graph, On = NoThread> {
    deps: Arc<G::Deps>,
    config: Arc<Config>,
    input: Option<<G::State as State>::Input>,
    thread: Option<Binding<G>>,
    cancel: Option<CancelHandle>,
    pub(super) breakpoints: Breakpoints<G>,
    drain: Option<DrainHandle>,
    on: PhantomData<fn() -> On>,
}

impl<G: Graph, On> Run<G, On> {
    pub(crate) fn new(
        deps: Arc<G::Deps>,
        config: Arc<Config>,
        input: Option<<G::State as State>::Input>,
        thread: Option<Binding<G>>,
        breakpoints: Breakpoints<G>,
    ) -> Self {
        Self { deps, config, input, thread, cancel: None, breakpoints, drain: None, on: PhantomData }
    }

    pub(super) fn into_parts(self) -> (Arc<G::Deps>, Option<<G::State as State>::Input>) {
        (self.deps, self.input)
    }

    config_setters!();

    /// A handle that cancels the run.
    pub fn cancel_handle(&mut self) -> CancelHandle {
        self.cancel.get_or_insert_default().clone()
    }

    /// A handle that ends the run at its next super-step boundary, after saving.
    pub fn drain_handle(&mut self) -> DrainHandle {
        self.drain.get_or_insert_default().clone()
    }

    /// The update of each node, as the graph's enum, as soon as the node ends.
    pub fn updates(self) -> UpdateStream<G> {
        RunStream::new(self.stream(Mode::UPDATES), |parts| match parts.pop_front() {
            Some(Part::Update(part)) => Some(part.update),
            _ => None,
        })
    }

    /// The state (or its output type, if it has one): the initial one, then that after each super-step that wrote to
    /// it.
    pub fn values(self) -> ValueStream<G> {
        RunStream::new(self.stream(Mode::VALUES), |parts| match parts.pop_front() {
            Some(Part::Values(state)) => Some(state),
            _ => None,
        })
    }

    /// The replies of models, chunk by chunk, and the messages that nodes write without a model.
    pub fn messages(self) -> MessageStream<G> {
        RunStream::new(self.stream(Mode::MESSAGES), |parts| match parts.pop_front() {
            Some(Part::Message(message)) => Some(message),
            _ => None,
        })
    }

    /// The text of models' replies, chunk by chunk; chunks without text are left out.
    pub fn tokens(self) -> TokenStream<G> {
        RunStream::new(self.stream(Mode::MESSAGES), super::stream::token)
    }

    /// The events that nodes emit.
    pub fn custom(self) -> CustomStream<G> {
        RunStream::new(self.stream(Mode::CUSTOM), |parts| match parts.pop_front() {
            Some(Part::Custom(custom)) => Some(custom.event),
            _ => None,
        })
    }

    /// The start and the end of every task.
    pub fn tasks(self) -> TaskStream<G> {
        RunStream::new(self.stream(Mode::TASKS), |parts| match parts.pop_front() {
            Some(Part::Task(task)) => Some(task),
            _ => None,
        })
    }

    /// Tasks and checkpoints, with step and time.
    pub fn debug(self) -> DebugStream<G> {
        RunStream::new(self.stream(Mode::DEBUG), |parts| match parts.pop_front() {
            Some(Part::Debug(debug)) => Some(*debug),
            _ => None,
        })
    }

    /// The saved steps; none without a thread.
    pub fn checkpoints(self) -> CheckpointStream<G> {
        RunStream::new(self.stream(Mode::CHECKPOINTS), |parts| match parts.pop_front() {
            Some(Part::Checkpoint(snapshot)) => Some(*snapshot),
            _ => None,
        })
    }

    /// Every start, chunk, end and error of graphs, nodes, prompts, models and tools.
    pub fn events(self) -> EventStream<G> {
        RunStream::new(self.stream(Mode::EVENTS), |parts| match parts.pop_front() {
            Some(Part::Event(event)) => Some(*event),
            _ => None,
        })
    }

    /// Several modes as one enum. [`Part`] documents the order of parts.
    pub fn stream(self, modes: Mode) -> PartStream<G> {
        RunStream::whole(self.start(modes))
    }

    fn start(self, modes: Mode) -> Driver<G> {
        let thread_id = self.thread.as_ref().map(|binding| binding.thread.clone());
        let info = RunInfo::new(G::NAME, thread_id, self.config);
        let shared = Arc::new(Shared::new(DepsOf::Own(self.deps), info, modes, None));
        let stops = StopConditions::new(self.breakpoints, self.drain, self.input.is_none());
        let engine = start(shared.clone(), Start { stops, input: self.input, thread: self.thread, child: None });
        Driver::new(shared, engine, self.cancel)
    }

    /// Spawns the run on tokio: it runs whether or not it is awaited.
    ///
    /// # Errors
    /// Awaiting the result returns [`Error::Runtime`](crate::Error::Runtime) outside a tokio runtime.
    pub fn spawn(self) -> Spawned<Output<G>> {
        Spawned::of(self.into_future())
    }

    /// Runs to completion on this thread, for code without async, and returns the output.
    ///
    /// # Errors
    /// Those of the run; [`Error::Runtime`](crate::Error::Runtime) inside a tokio runtime, which must not be blocked.
    pub fn blocking(self) -> Result<Output<G>> {
        super::blocking::block_on(self.into_future())?
    }
}

impl<G: Graph, On> IntoFuture for Run<G, On> {
    type Output = Result<Output<G>>;
    type IntoFuture = RunFuture<G>;

    fn into_future(self) -> RunFuture<G> {
        let Self { deps, config, input, thread, cancel, breakpoints, drain, on: _ } = self;
        RunFuture(Awaited::Run(Some(Run { deps, config, input, thread, cancel, breakpoints, drain, on: PhantomData })))
    }
}

/// The future of a [`Run`]: its output.
#[must_use = "a run does nothing until it is awaited"]
pub struct RunFuture<G: Graph>(Awaited<G>);

enum Awaited<G: Graph> {
    /// Started by the first poll: a spawned run creates its engine on the thread that runs it.
    Run(Option<Run<G>>),
    Started(Driver<G>),
}

// No field is structurally pinned: the engine is boxed.
impl<G: Graph> Unpin for RunFuture<G> {}

impl<G: Graph> Future for RunFuture<G> {
    type Output = Result<Output<G>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match &mut self.0 {
                Awaited::Run(run) => {
                    let Some(run) = run.take() else { return Poll::Ready(Err(Error::NotEnded { graph: G::NAME })) };
                    self.0 = Awaited::Started(run.start(Mode::none()));
                }
                Awaited::Started(driver) => {
                    ready!(driver.poll_end(cx));
                    return Poll::Ready(driver.take_end().and_then(End::into_output).map(RunOutput::__into_owned));
                }
            }
        }
    }
}

impl<G: Graph> std::fmt::Debug for RunFuture<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RunFuture").field(&G::NAME).finish()
    }
}

impl<G: Graph, On> std::fmt::Debug for Run<G, On> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thread = self.thread.as_ref().map(|binding| &*binding.thread);
        f.debug_struct("Run").field("graph", &G::NAME).field("thread", &thread).finish_non_exhaustive()
    }
}
