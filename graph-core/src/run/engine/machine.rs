//! The super-step loop, as a state machine that its consumer's polls drive.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use crate::run::breakpoint::names;
use crate::run::engine::start::Start;
use crate::run::engine::step::{Step, guard};
use crate::run::engine::task_set::Slots;
use crate::run::journal::{Journal, Loaded};
use crate::run::policy::attempts::attempts;
use crate::run::policy::blocking_watch::is_watched;
use crate::run::{Breakpoint, ChildEnd, End, EventData, Mode, Output, Part, Phase, Shared, StopConditions};
use uuid::Uuid;

use crate::checkpoint::{CheckpointError, Source, Written};
use crate::context::{Context, RunContext, SpanKind, TaskInfo};
use crate::error::{Error, Result};
use crate::graph::{Graph, TaskOutput, Topology};
use crate::node::NodeResult;
use crate::run::Scheduler;
use crate::state::{RunOutput, State, Update, to_mut, unwrap_or_copy};

/// A run's engine, seen from its consumer.
pub(crate) trait Drive<G: Graph>: Send {
    /// Goes on until the run has ended or there is nothing to do but wait; what is to be streamed goes to `out`. With
    /// something in `out`, no new step is begun: a run goes no further than its stream is read.
    fn poll(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<End<G>>>;

    /// Ends the run where it stands, for a reason from outside, and tells `out` what has become of what had started.
    fn stop(&mut self, error: &Error, out: &mut VecDeque<Part<G>>);

    /// How it ended, where it ran inside a task of another run.
    fn ending(&mut self) -> Option<ChildEnd<G>>;
}

/// How many super-steps a run takes in one poll. A graph whose nodes never wait would otherwise keep the thread to
/// itself until its end, and hear neither of its deadline nor of its being cancelled.
const STEPS_A_POLL: usize = 64;

/// Makes the engine of a run.
pub(crate) fn drive<G: Graph>(shared: Arc<Shared<G>>, mut start: Start<G>) -> Box<dyn Drive<G>> {
    // The future gives back what it was lent, so that a step of one task counts no references.
    let plain = const { no_policies(&G::TOPOLOGY) } && !is_watched();
    let call = move |task, state: Arc<G::State>, cx: Box<Context<G>>| async move {
        if plain {
            let result = G::run(task, &state, &cx).await;
            return (result, state, cx);
        }
        let policy = G::TOPOLOGY.nodes[G::node_index(&task)].info.policy;
        // In a box of its own, so that plain nodes do not carry it about.
        Box::pin(attempts(task, policy, state, cx)).await
    };
    let cx = RunContext { sink: shared.clone(), task: TaskInfo::nowhere(), inside: None, notes: None };
    let (state, seed) = match start.entered.take() {
        Some(entered) => (entered.state, Some(entered.seed)),
        None => (G::State::__fresh(), None),
    };
    Box::new(Engine {
        step: Step::new(shared, start.max_concurrency, seed.is_some()),
        seed,
        slots: Slots::new(),
        lent: Some((Arc::new(state), Box::new(Context::new(cx)))),
        next: Scheduler::new(),
        tasks: Vec::new(),
        // The input is step 0 and the first nodes run in step 1; see `begin` for why this starts at -2.
        number: -2,
        taken: 0,
        journal: None,
        stage: Stage::Fresh,
        begun: false,
        start,
        call,
    })
}

/// Whether no node has a policy: then a task's future is the node's own.
const fn no_policies(topology: &Topology) -> bool {
    let mut i = 0;
    while i < topology.nodes.len() {
        if !topology.nodes[i].info.policy.is_none() {
            return false;
        }
        i += 1;
    }
    true
}

fn input_reducer() -> String {
    "a reducer of the input".to_owned()
}

/// What the future of a task ends with: its result, and what it was lent.
pub(crate) type Returned<G> = (NodeResult<TaskOutput<G>>, Arc<<G as Graph>::State>, Box<Context<G>>);

/// What the future of a task is lent. The context is boxed because it is large and moves with the future.
pub(crate) type Lent<G> = (Arc<<G as Graph>::State>, Box<Context<G>>);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

struct Engine<G: Graph, F, C> {
    start: Start<G>,
    /// What the ids of its tasks are computed from, inside a task of another run.
    seed: Option<Uuid>,
    step: Step<G>,
    slots: Slots<F>,
    /// The state and a context; `None` while the only task of a step has them.
    lent: Option<Lent<G>>,
    next: Scheduler<G>,
    tasks: Vec<G::Task>,
    number: i64,
    taken: usize,
    journal: Option<Journal<G>>,
    stage: Stage<G>,
    /// Whether the stream has been told that the run has begun.
    begun: bool,
    call: C,
}

/// A thread that has been opened, with what it holds.
type Opened<G> = Result<(Journal<G>, Option<Loaded<G>>), CheckpointError>;

/// Where an engine stands.
enum Stage<G: Graph> {
    Fresh,
    Loading(Boxed<Opened<G>>),
    /// Between two steps.
    Between,
    Running,
    /// A step has run, and is being saved.
    Saving(Boxed<(Journal<G>, Result<(), CheckpointError>)>, Told),
    /// A step has failed, and what is left of it is being saved.
    Failing(Boxed<Result<(), CheckpointError>>, Box<Error>),
    Ended,
}

/// What the stream is told once a step is saved.
#[derive(Clone, Copy)]
enum Told {
    /// The run has begun.
    Begun,
    /// A step has ended; whether it wrote anything that a run gives.
    Step { shown: bool },
}

impl<G: Graph, F, C> Drive<G> for Engine<G, F, C>
where
    F: Future<Output = Returned<G>> + Send,
    C: Fn(G::Task, Arc<G::State>, Box<Context<G>>) -> F + Send,
{
    fn poll(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<End<G>>> {
        let ended = ready!(self.advance(cx, out));
        let output = ended.and_then(|stopped| Ok((stopped, self.state().map(Output::<G>::__of)?)));
        self.stage = Stage::Ended;
        Poll::Ready(match output {
            Ok((stopped, output)) => {
                if let (Some(stopped), true) = (&stopped, self.step.shared.has(Mode::UPDATES)) {
                    out.push_back(Part::Breakpoint(Box::new(stopped.clone())));
                }
                self.ended(Phase::End, EventData::Output(output.clone()), out);
                Ok(stopped.map_or(End::Done(output), End::Breakpoint))
            }
            Err(error) => {
                self.ended(Phase::Error, EventData::Error(error.to_string()), out);
                Err(error)
            }
        })
    }

    fn stop(&mut self, error: &Error, out: &mut VecDeque<Part<G>>) {
        if matches!(self.stage, Stage::Running) {
            self.slots.clear();
            self.step.cancelled(&self.tasks, &self.lent, out);
        }
        self.stage = Stage::Ended;
        self.ended(Phase::Error, EventData::Error(error.to_string()), out);
    }

    fn ending(&mut self) -> Option<ChildEnd<G>> {
        self.seed?;
        let (state, _) = self.lent.take()?;
        let (written, exit) = (self.step.take_gathered(), self.next.taken_exit());
        Some(ChildEnd { state: unwrap_or_copy(state), written, exit })
    }
}

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Returned<G>> + Send,
    C: Fn(G::Task, Arc<G::State>, Box<Context<G>>) -> F + Send,
{
    /// Tells of the end of the run.
    fn ended(&self, phase: Phase, data: EventData<G>, out: &mut VecDeque<Part<G>>) {
        let shared = &self.step.shared;
        // What has no start has no end.
        if self.begun && shared.has(Mode::EVENTS) {
            shared.take(out);
            out.push_back(shared.event(None, SpanKind::Chain, phase, None, Some(data)));
        }
    }

    /// Goes from stage to stage; `Ok` is the end of the run, or where it stopped before.
    fn advance(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<Option<Breakpoint<G>>>> {
        let mut steps = 0;
        loop {
            match &mut self.stage {
                Stage::Fresh => match self.start.thread.take() {
                    Some(binding) => self.stage = Stage::Loading(Box::pin(Journal::open(binding))),
                    None => self.begin(out)?,
                },
                Stage::Loading(loading) => {
                    let (journal, loaded) = ready!(loading.as_mut().poll(cx))?;
                    self.journal = Some(journal);
                    self.take_up(loaded);
                    self.begin(out)?;
                }
                Stage::Between if !out.is_empty() => return Poll::Pending,
                Stage::Between if self.tasks.is_empty() => return Poll::Ready(Ok(None)),
                Stage::Between if steps == STEPS_A_POLL => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Stage::Between => {
                    if let Some(stopped) = self.stopped()? {
                        return Poll::Ready(Ok(Some(stopped)));
                    }
                    steps += 1;
                    self.begin_step(out)?;
                    self.stage = Stage::Running;
                }
                Stage::Running => {
                    let ran = ready!(self.step.poll(cx, &mut self.slots, &mut self.lent, &self.tasks, &self.call, out));
                    match ran {
                        Ok(()) => self.merge(out)?,
                        Err(error) => self.fail(error)?,
                    }
                }
                Stage::Saving(saving, told) => {
                    let (told, (journal, saved)) = (*told, ready!(saving.as_mut().poll(cx)));
                    self.journal = Some(journal);
                    saved?;
                    self.tell(told, out)?;
                }
                Stage::Failing(saving, error) => {
                    // Why the run failed comes before why that could not be saved.
                    let _ = ready!(saving.as_mut().poll(cx));
                    return Poll::Ready(Err(std::mem::replace(error, lost::<G>())));
                }
                Stage::Ended => return Poll::Ready(Ok(None)),
            }
        }
    }

    /// Ends the run by an error of its step; on a thread, once it is saved what the tasks wrote that had ended.
    #[cold]
    fn fail(&mut self, error: Error) -> Result<()> {
        let Some(journal) = self.journal.take() else { return Err(error) };
        let node_of = |task: usize| G::node_of(&self.tasks[task]);
        let Ok(Some(entry)) = self.step.pending(&journal, self.number - 1, node_of) else { return Err(error) };
        self.stage = Stage::Failing(Box::pin(journal.save_pending(entry)), Box::new(error));
        Ok(())
    }

    /// Whether the run stops here, between two steps.
    #[inline]
    fn stopped(&self) -> Result<Option<Breakpoint<G>>> {
        match &self.start.stops {
            None => Ok(None),
            Some(stops) => self.stopped_by(stops),
        }
    }

    #[inline(never)]
    fn stopped_by(&self, stops: &StopConditions<G>) -> Result<Option<Breakpoint<G>>> {
        let stopped = stops.between(self.step.ran(), &self.tasks, self.number, self.taken == 0);
        if stopped.is_none() && stops.is_drained() {
            let thread = self.step.shared.thread_id().map(str::to_owned);
            return Err(Error::Drained { graph: G::NAME, thread, step: self.number, next: names::<G>(&self.tasks) });
        }
        Ok(stopped)
    }

    /// Takes up what the thread holds.
    fn take_up(&mut self, loaded: Option<Loaded<G>>) {
        let (Some(loaded), Some((state, _))) = (loaded, &mut self.lent) else { return };
        *state = Arc::new(loaded.state);
        self.number = loaded.step;
        if self.start.input.is_none() {
            self.tasks = loaded.tasks;
            self.next.restore(&loaded.arrived, &loaded.aside);
            self.step.restore(loaded.pending);
        }
    }

    /// Takes the input in, and follows START.
    fn begin(&mut self, out: &mut VecDeque<Part<G>>) -> Result<()> {
        let Some(mut input) = self.start.input.take() else {
            return if self.seed.is_some() { self.begin_with(None, out) } else { self.tell(Told::Begun, out) };
        };
        let update = guard::<G, _>(self.number + 2, input_reducer, || {
            input.prepare();
            input.into_update()
        })?;
        self.begin_with(Some(update), out)
    }

    fn begin_with(&mut self, update: Option<<G::State as State>::Update>, out: &mut VecDeque<Part<G>>) -> Result<()> {
        // LangGraph counts two steps for an input, and clients show these numbers.
        self.number += 2;
        let record = match (&self.journal, &update) {
            (Some(journal), Some(update)) => Some(journal.record(None, update)?),
            _ => None,
        };
        if let Some(update) = update.filter(|update| !update.written().is_empty()) {
            let number = self.number;
            let state = to_mut(self.state_mut()?);
            guard::<G, _>(number, input_reducer, || state.apply(update))?;
        }
        let (state, _) = lent::<G>(&self.lent)?;
        self.step.route(&mut self.next, None, state, self.number)?;
        self.next.take(&mut self.tasks);
        self.save(Source::Input, record.into_iter().collect(), Told::Begun, out)
    }

    fn begin_step(&mut self, out: &mut VecDeque<Part<G>>) -> Result<()> {
        if self.taken == self.start.recursion_limit {
            let active = names::<G>(&self.tasks);
            return Err(Error::RecursionLimit { graph: G::NAME, limit: self.start.recursion_limit, active });
        }
        self.taken += 1;
        self.number += 1;
        // Task ids come from the saved step on a thread, from the task around it inside one, from the run elsewhere.
        let seed = self.journal.as_ref().and_then(Journal::head).or(self.seed);
        let seed = seed.unwrap_or_else(|| self.step.shared.run_id());
        let (state, _) = lent::<G>(&self.lent)?;
        self.step.begin(&self.tasks, state, self.number, self.taken, seed, out);
        Ok(())
    }

    /// Applies what the tasks of a step wrote, in their order, and follows the edges: one atomic step.
    fn merge(&mut self, out: &mut VecDeque<Part<G>>) -> Result<()> {
        let (state, _) = self.lent.as_mut().ok_or_else(|| lost::<G>())?;
        let (records, wrote) = self.step.apply(state, self.journal.as_ref(), &self.tasks, self.number)?;
        self.step.route(&mut self.next, Some(&self.tasks), state, self.number)?;
        self.next.take(&mut self.tasks);
        let shown = !wrote.intersection(<Output<G> as RunOutput<G::State>>::SHOWN).is_empty();
        self.save(Source::Loop, records, Told::Step { shown }, out)
    }

    /// Saves the step where there is a thread, and then tells the stream of it.
    #[inline]
    fn save(&mut self, source: Source, records: Vec<Written>, told: Told, out: &mut VecDeque<Part<G>>) -> Result<()> {
        match self.journal.take() {
            None => self.tell(told, out),
            Some(journal) => self.save_to(journal, source, records, told),
        }
    }

    #[inline(never)]
    fn save_to(&mut self, mut journal: Journal<G>, source: Source, records: Vec<Written>, told: Told) -> Result<()> {
        let (state, _) = lent::<G>(&self.lent)?;
        let entry = journal.entry(source, self.number, records, &self.tasks, &self.next, state)?;
        let saving = async move {
            let saved = journal.save(entry).await;
            (journal, saved)
        };
        self.stage = Stage::Saving(Box::pin(saving), told);
        Ok(())
    }

    #[inline]
    fn tell(&mut self, told: Told, out: &mut VecDeque<Part<G>>) -> Result<()> {
        self.stage = Stage::Between;
        self.begun = true;
        let (state, _) = lent::<G>(&self.lent)?;
        let shared = &self.step.shared;
        if matches!(told, Told::Begun) && shared.has(Mode::EVENTS) {
            let input = EventData::State(state.clone());
            out.push_back(shared.event(None, SpanKind::Chain, Phase::Start, Some(input), None));
        }
        let shown = !matches!(told, Told::Step { shown: false });
        if shown && shared.has(Mode::VALUES) {
            out.push_back(Part::Values(RunOutput::__of(state)));
        }
        if let Some(journal) = &self.journal {
            journal.tell(shared, state, &self.tasks, self.number, out);
        }
        Ok(())
    }

    fn state(&self) -> Result<&Arc<G::State>> {
        lent::<G>(&self.lent).map(|(state, _)| state)
    }

    fn state_mut(&mut self) -> Result<&mut Arc<G::State>> {
        self.lent.as_mut().map(|(state, _)| state).ok_or_else(|| lost::<G>())
    }
}

fn lent<G: Graph>(lent: &Option<Lent<G>>) -> Result<&Lent<G>> {
    lent.as_ref().ok_or_else(|| lost::<G>())
}

/// The state went down with a task that panicked: the run has ended then, and nobody asks for it.
fn lost<G: Graph>() -> Error {
    Error::NotEnded { graph: G::NAME }
}
