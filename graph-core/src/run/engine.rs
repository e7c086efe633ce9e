//! The super-step loop.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;

use super::journal::{Binding, Journal};
use super::slots::{Slots, panic_text};
use super::step::Step;
use super::{DebugKind, DebugPart, EventData, Mode, Part, Phase, Shared};
use crate::checkpoint::Source;
use crate::context::SpanKind;
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphNode, GraphUpdate, Next};
use crate::state::{State, Update};

/// What a run begins with.
pub(crate) struct Start<G: Graph> {
    /// What it is given; without it, the thread goes on where it stopped.
    pub input: Option<<G::State as State>::Input>,
    /// The thread that it goes on with and is saved to.
    pub thread: Option<Binding<G>>,
    pub recursion_limit: usize,
    pub max_concurrency: usize,
}

/// Runs a graph to its end, and gives the final state.
pub(crate) async fn drive<G: Graph>(shared: Arc<Shared<G>>, start: Start<G>) -> Result<Arc<G::State>> {
    let result = Engine::new(shared.clone(), start).run().await;
    if shared.has(Mode::EVENTS) {
        let (phase, data) = match &result {
            Ok(state) => (Phase::End, EventData::State(state.clone())),
            Err(error) => (Phase::Error, EventData::Error(error.to_string())),
        };
        shared.event(None, SpanKind::Chain, phase, None, Some(data));
    }
    result
}

struct Engine<G: Graph> {
    shared: Arc<Shared<G>>,
    start: Start<G>,
    state: Arc<G::State>,
    next: Next<G>,
    tasks: Vec<G::Task>,
    step: i64,
    journal: Option<Journal<G>>,
}

impl<G: Graph> Engine<G> {
    fn new(shared: Arc<Shared<G>>, start: Start<G>) -> Self {
        let (state, next, tasks) = (Arc::default(), Next::new(), Vec::new());
        // The input is step 0 and the first nodes run in step 1; see `begin` for why this starts at -2.
        Self { shared, start, state, next, tasks, step: -2, journal: None }
    }

    async fn run(mut self) -> Result<Arc<G::State>> {
        self.load().await?;
        self.begin().await?;
        let (mut slots, mut infos, mut updates, mut ran) = (Slots::new(), Vec::new(), Vec::new(), Vec::new());
        let mut taken = 0;
        while !self.tasks.is_empty() {
            self.yield_to_consumer().await;
            if taken == self.start.recursion_limit {
                return Err(self.out_of_steps());
            }
            taken += 1;
            self.step += 1;
            let step = Step {
                shared: &self.shared,
                state: &self.state,
                tasks: &self.tasks,
                step: self.step,
                taken,
                seed: self.seed(),
                max_concurrency: self.start.max_concurrency,
            };
            step.run(&mut slots, &mut infos, &mut updates, G::run).await?;
            ran.clear();
            ran.extend(self.tasks.iter().map(G::node_of));
            ran.dedup();
            self.merge(&mut updates, &ran).await?;
        }
        Ok(self.state)
    }

    /// Reads the thread, if the run has one.
    async fn load(&mut self) -> Result<()> {
        let Some(binding) = self.start.thread.take() else { return Ok(()) };
        let (journal, loaded) = Journal::open(binding).await?;
        self.journal = Some(journal);
        if let Some(loaded) = loaded {
            self.state = Arc::new(loaded.state);
            self.step = loaded.step;
            if self.start.input.is_none() {
                self.tasks = loaded.tasks;
                self.next.restore(&loaded.arrived);
            }
        }
        Ok(())
    }

    /// Takes the input in, and follows START.
    async fn begin(&mut self) -> Result<()> {
        let Some(mut input) = self.start.input.take() else {
            self.tell_start();
            return Ok(());
        };
        input.prepare();
        let update = input.into_update();
        // LangGraph counts two steps for an input, and clients show these numbers.
        self.step += 2;
        let record = self.journal.as_ref().map(|journal| journal.record(None, &update)).transpose()?;
        if !update.written().is_empty() {
            Arc::make_mut(&mut self.state).apply(update);
        }
        self.route(None)?;
        if let (Some(journal), Some(record)) = (&mut self.journal, record) {
            let arrived = self.next.arrived();
            journal.save(Source::Input, self.step, vec![record], &self.tasks, arrived, &self.state).await?;
        }
        self.tell_start();
        self.tell_saved();
        Ok(())
    }

    /// Applies what the tasks of a step wrote, in their order, and follows the edges: one atomic step.
    async fn merge(&mut self, updates: &mut Vec<Option<G::Update>>, ran: &[G::Node]) -> Result<()> {
        let mut records = Vec::new();
        let wrote = updates.iter().flatten().any(|update| !update.as_dyn().written().is_empty());
        if wrote {
            // Copied only where a consumer holds a snapshot.
            let state = Arc::make_mut(&mut self.state);
            for update in updates.drain(..).flatten() {
                let node = update.node();
                let update = update.into_update();
                if let Some(journal) = &self.journal {
                    records.push(journal.record(Some(node), &update)?);
                }
                state.apply(update);
            }
        }
        self.route(Some(ran))?;
        if let Some(journal) = &mut self.journal {
            let arrived = self.next.arrived();
            journal.save(Source::Loop, self.step, records, &self.tasks, arrived, &self.state).await?;
        }
        if wrote && self.shared.has(Mode::VALUES) {
            self.shared.push(Part::Values(self.state.clone()));
        }
        self.tell_saved();
        Ok(())
    }

    /// Collects the next tasks from the ways out of the nodes that ran (of START, where there are none).
    fn route(&mut self, ran: Option<&[G::Node]>) -> Result<()> {
        let (next, state) = (&mut self.next, &*self.state);
        let routed = catch_unwind(AssertUnwindSafe(|| match ran {
            None => next.start(state),
            Some(ran) => next.follow(ran, state),
        }));
        if let Err(panic) = routed {
            let names: Vec<_> = ran.into_iter().flatten().map(|node| node.name()).collect();
            let what = format!("a router behind {}", if names.is_empty() { "START".into() } else { names.join(", ") });
            return Err(Error::Panic { graph: G::NAME, what, step: self.step, message: panic_text(&*panic) });
        }
        self.next.take(&mut self.tasks);
        Ok(())
    }

    fn tell_start(&self) {
        if self.shared.has(Mode::EVENTS) {
            let input = EventData::State(self.state.clone());
            self.shared.event(None, SpanKind::Chain, Phase::Start, Some(input), None);
        }
        if self.shared.has(Mode::VALUES) {
            self.shared.push(Part::Values(self.state.clone()));
        }
    }

    fn tell_saved(&self) {
        let Some(journal) = &self.journal else { return };
        if self.shared.has(Mode::CHECKPOINTS | Mode::DEBUG) {
            let snapshot = || journal.snapshot(&self.state, &self.tasks, self.step);
            if self.shared.has(Mode::DEBUG) {
                let (at, kind) = (std::time::SystemTime::now(), DebugKind::Checkpoint(snapshot()));
                self.shared.push(Part::Debug(Box::new(DebugPart { step: self.step, at, kind })));
            }
            if self.shared.has(Mode::CHECKPOINTS) {
                self.shared.push(Part::Checkpoint(Box::new(snapshot())));
            }
        }
    }

    /// Waits until the consumer has taken what there is: a run goes no further than its stream is read.
    async fn yield_to_consumer(&self) {
        // No waker: the stream polls the engine again by itself once its parts are taken.
        poll_fn(|_| if self.shared.has_parts() { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    fn out_of_steps(&self) -> Error {
        let mut active: Vec<_> = self.tasks.iter().map(|task| G::node_of(task).name()).collect();
        active.dedup();
        Error::RecursionLimit { graph: G::NAME, limit: self.start.recursion_limit, active }
    }

    /// What task ids are computed from: the saved step on a thread, the run elsewhere.
    fn seed(&self) -> u128 {
        let saved = self.journal.as_ref().and_then(Journal::head);
        saved.unwrap_or(crate::context::Sink::info(&*self.shared).run_id).as_u128()
    }
}
