//! A run that has not started yet.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::child::PolledAs;
use super::config::{Config, config_setters};
use super::engine::{Driver, Start, start};
use super::{
    Binding, Breakpoints, CancelHandle, CheckpointStream, CustomStream, DebugStream, DrainHandle, End, EventStream,
    MessageStream, Mode, Part, PartStream, RunStream, Shared, Spawned, StopConditions, TaskResultStream, TaskStream,
    TokenStream, ToolStream, UpdateStream, ValueStream,
};
use crate::context::RunInfo;
use crate::error::{Error, Result};
use crate::graph::{DepsOf, Graph};
use crate::interrupt::Answer;
use crate::run::given::{Gives, NotGiven};
use crate::run::resumable::NoThread;
use crate::state::{RunOutput, State};
use crate::store::Store;

/// The output of a run of `G`: its state, or the state's output type if it has one.
pub type Output<G> = <<G as Graph>::State as State>::Output;

/// What a run of `G` shows of its state while it runs: the state, or the fields marked as output if there are any.
pub type Values<G> = <<G as Graph>::State as State>::Values;

#[doc = include_str!("../docs/pages/run_type.md")]
#[must_use = "a run does nothing until it is awaited or its stream is read"]
pub struct Run<G: Graph, On = NoThread, Cx = NotGiven> {
    stage: Stage<G, Cx>,
    on: PhantomData<fn() -> On>,
}

/// A run before and after its start. The parts of a plan move into the driver: a reference count that many runs share
/// costs more than a step.
enum Stage<G: Graph, Cx> {
    Planned(Plan<G, Cx>),
    /// The run has been polled as a future.
    Started(Driver<G>),
    /// While a plan becomes a driver.
    Empty,
}

/// The arguments of a run.
pub(super) struct Plan<G: Graph, Cx> {
    deps: Arc<G::Deps>,
    config: Arc<Config>,
    input: Option<<G::State as State>::Input>,
    /// Boxed: most runs have no thread, and a run is moved before it starts.
    pub(super) thread: Option<Box<ThreadPlan<G>>>,
    cancel: Option<CancelHandle>,
    drain: Option<DrainHandle>,
    context: Cx,
}

/// The thread of a run, and where the run stops on it.
pub(super) struct ThreadPlan<G: Graph> {
    pub binding: Box<Binding<G>>,
    pub breakpoints: Breakpoints<G>,
    /// The answers that resume it.
    pub answers: Vec<Answer>,
}

impl<G: Graph, On> Run<G, On> {
    pub(super) fn new(
        deps: Arc<G::Deps>,
        config: Arc<Config>,
        input: Option<<G::State as State>::Input>,
        thread: Option<ThreadPlan<G>>,
    ) -> Self {
        let thread = thread.map(Box::new);
        let plan = Plan { deps, config, input, thread, cancel: None, drain: None, context: NotGiven };
        Self { stage: Stage::Planned(plan), on: PhantomData }
    }
}

impl<G: Graph, On, Cx> Run<G, On, Cx> {
    /// The same run with its context.
    pub(super) fn given<Now>(self, context: Now) -> Run<G, On, Now> {
        let stage = match self.stage {
            Stage::Planned(Plan { deps, config, input, thread, cancel, drain, context: _ }) => {
                Stage::Planned(Plan { deps, config, input, thread, cancel, drain, context })
            }
            Stage::Started(driver) => Stage::Started(driver),
            Stage::Empty => Stage::Empty,
        };
        Run { stage, on: PhantomData }
    }

    /// What a child run is made of; `None` if the run has been polled.
    #[expect(clippy::type_complexity, reason = "named where it is taken apart")]
    pub(super) fn into_parts(self) -> Option<(DepsOf<G>, Option<<G::State as State>::Input>, Option<Store>)>
    where
        Cx: Gives<G>,
    {
        let Stage::Planned(plan) = self.stage else { return None };
        Some((DepsOf::Own(plan.deps, plan.context.take()), plan.input, plan.config.store.clone()))
    }

    /// The arguments, until the run has started: a setter has no effect after that.
    pub(super) fn plan(&mut self) -> Option<&mut Plan<G, Cx>> {
        match &mut self.stage {
            Stage::Planned(plan) => Some(plan),
            Stage::Started(_) | Stage::Empty => None,
        }
    }

    fn configure(&mut self, set: impl FnOnce(&mut Config)) {
        if let Some(plan) = self.plan() {
            set(Arc::make_mut(&mut plan.config));
        }
    }

    config_setters!();

    /// Exists for its error message: a thread runs a graph, no run a thread.
    #[doc(hidden)]
    pub fn thread(self, _id: impl Sized) -> Self
    where
        Self: HasThread,
    {
        unreachable!("no `Run` has `thread`")
    }

    /// A handle that cancels the run.
    pub fn cancel_handle(&mut self) -> CancelHandle {
        match &mut self.stage {
            Stage::Planned(plan) => plan.cancel.get_or_insert_default().clone(),
            Stage::Started(driver) => driver.cancel_handle(),
            Stage::Empty => CancelHandle::default(),
        }
    }

    /// A handle that ends the run at its next super-step boundary, after saving. Taken before the run has been polled.
    pub fn drain_handle(&mut self) -> DrainHandle {
        self.plan().map(|plan| plan.drain.get_or_insert_default().clone()).unwrap_or_default()
    }

    /// The update of each node, as the graph's enum, as soon as the node ends.
    pub fn updates(self) -> UpdateStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::UPDATES), |parts| match parts.pop_front() {
            Some(Part::Update(part)) => Some(part.update),
            _ => None,
        })
    }

    /// The state (or its output type, if it has one): the initial one, then that after each super-step that wrote to
    /// it.
    pub fn values(self) -> ValueStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::VALUES), |parts| match parts.pop_front() {
            Some(Part::Values(state)) => Some(state),
            _ => None,
        })
    }

    /// The replies of models, chunk by chunk, and the messages that nodes write without a model.
    pub fn messages(self) -> MessageStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::MESSAGES), |parts| match parts.pop_front() {
            Some(Part::Message(message)) => Some(message),
            _ => None,
        })
    }

    /// The text of models' replies, chunk by chunk; chunks without text are left out.
    pub fn tokens(self) -> TokenStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::MESSAGES), super::stream::token)
    }

    /// The events that nodes emit.
    pub fn custom(self) -> CustomStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::CUSTOM), |parts| match parts.pop_front() {
            Some(Part::Custom(custom)) => Some(custom.event),
            _ => None,
        })
    }

    /// The start, the output and the end of every [tool](mod@crate::tool) call.
    pub fn tools(self) -> ToolStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::TOOLS), |parts| match parts.pop_front() {
            Some(Part::Tool(tool)) => Some(tool),
            _ => None,
        })
    }

    /// The results of the [tasks](crate::functional) that nodes call, each once it is saved. A remembered one does not come
    /// again.
    pub fn task_results(self) -> TaskResultStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::UPDATES), |parts| match parts.pop_front() {
            Some(Part::TaskResult(part)) => Some(part.result),
            _ => None,
        })
    }

    /// The start and the end of every task.
    pub fn tasks(self) -> TaskStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::TASKS), |parts| match parts.pop_front() {
            Some(Part::Task(task)) => Some(task),
            _ => None,
        })
    }

    /// Tasks and checkpoints, with step and time.
    pub fn debug(self) -> DebugStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::DEBUG), |parts| match parts.pop_front() {
            Some(Part::Debug(debug)) => Some(*debug),
            _ => None,
        })
    }

    /// The checkpoints: that of the input, and one for each step; none without a thread.
    pub fn checkpoints(self) -> CheckpointStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::CHECKPOINTS), |parts| match parts.pop_front() {
            Some(Part::Checkpoint(snapshot)) => Some(*snapshot),
            _ => None,
        })
    }

    /// Every start, chunk, end and error of graphs, nodes, prompts, models and tools.
    pub fn events(self) -> EventStream<G>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(Mode::EVENTS), |parts| match parts.pop_front() {
            Some(Part::Event(event)) => Some(*event),
            _ => None,
        })
    }

    /// Several modes as one enum. [`Part`] documents the order of parts.
    ///
    /// A run that has been polled as a future streams nothing: it has started without modes.
    pub fn stream(mut self, modes: Mode) -> PartStream<G>
    where
        Cx: Gives<G>,
    {
        self.start(modes);
        let Stage::Started(driver) = self.stage else { unreachable!("a run that has started has a driver") };
        RunStream::whole(driver)
    }

    /// Starts the run, unless it has started.
    fn start(&mut self, modes: Mode)
    where
        Cx: Gives<G>,
    {
        let Stage::Planned(_) = &self.stage else { return };
        let Stage::Planned(plan) = std::mem::replace(&mut self.stage, Stage::Empty) else { return };
        let Plan { deps, config, input, thread, cancel, drain, context } = plan;
        let (thread, breakpoints, answers) = match thread.map(|thread| *thread) {
            Some(ThreadPlan { binding, breakpoints, answers }) => (Some(binding), breakpoints, answers),
            None => (None, Breakpoints::default(), Vec::new()),
        };
        let thread_id = thread.as_ref().map(|binding| binding.thread.clone());
        let info = RunInfo::new(G::NAME, thread_id, config);
        let shared = Arc::new(Shared::new(DepsOf::Own(deps, context.take()), info, modes, None));
        let stops = StopConditions::new(breakpoints, drain, input.is_none());
        let new_input = thread.as_ref().map(|binding| binding.policy.new_input).unwrap_or_default();
        let forks = input.is_none() && thread.as_ref().is_some_and(|binding| binding.at.is_some());
        let engine = start(shared.clone(), Start { stops, input, thread, new_input, forks, answers, child: None });
        self.stage = Stage::Started(Driver::new(shared, engine, cancel, PolledAs::Unknown));
    }

    /// Spawns the run on tokio: it runs whether or not it is awaited.
    ///
    /// # Errors
    /// Awaiting the result returns [`Error::Runtime`](crate::Error::Runtime) outside a tokio runtime.
    pub fn spawn(self) -> Spawned<Output<G>>
    where
        On: 'static,
        Cx: Gives<G>,
    {
        Spawned::of(self)
    }

    /// Runs to completion on this thread, for code without async, and returns the output.
    ///
    /// # Errors
    /// Those of the run; [`Error::Runtime`](crate::Error::Runtime) inside a tokio runtime, which must not be blocked.
    pub fn blocking(self) -> Result<Output<G>>
    where
        Cx: Gives<G>,
    {
        super::blocking::block_on(self)?
    }
}

/// Bound of [`Run::thread`], without an implementation.
#[diagnostic::on_unimplemented(
    message = "a thread comes before the run",
    label = "this is `.thread(..).run(input)`",
    note = "write `app.thread(..).run(input)`, where the app has a checkpointer: `.checkpointer(MemorySaver::new())`"
)]
#[doc(hidden)]
pub trait HasThread {}

// No field is structurally pinned: the engine is boxed.
impl<G: Graph, On, Cx> Unpin for Run<G, On, Cx> {}

/// The output. A run is a future itself, so that `tokio::spawn`, `join!` and the like take it as it is.
impl<G: Graph, On, Cx: Gives<G>> Future for Run<G, On, Cx> {
    type Output = Result<Output<G>>;

    /// The first poll starts the run: a spawned run creates its engine on the thread that runs it.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.start(Mode::none());
        let Stage::Started(driver) = &mut self.stage else {
            return Poll::Ready(Err(Error::NotEnded { graph: G::NAME }));
        };
        ready!(driver.poll_end(cx));
        Poll::Ready(driver.take_end().and_then(End::into_output).map(RunOutput::__into_owned))
    }
}

impl<G: Graph, On, Cx> std::fmt::Debug for Run<G, On, Cx> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thread = match &self.stage {
            Stage::Planned(plan) => plan.thread.as_ref().map(|thread| &*thread.binding.thread),
            Stage::Started(driver) => driver.thread_id(),
            Stage::Empty => None,
        };
        f.debug_struct("Run").field("graph", &G::NAME).field("thread", &thread).finish_non_exhaustive()
    }
}
