//! Starting a run: its inputs, and its engine.

use std::future::Future;
use std::sync::Arc;

use super::machine::Engine;
use super::task::Lease;
use super::{Drive, Shared};
use crate::context::{Context, RunContext, TaskInfo};
use crate::graph::{Graph, Topology};
use crate::interrupt::Answer;
use crate::run::journal::Binding;
use crate::run::policy::attempts::attempts;
use crate::run::policy::warn_if_blocking::{WarnIfBlocking, warns};
use crate::run::{ChildStart, StopConditions};
use crate::state::State;
use crate::thread::NewInput;

/// The arguments of a new run.
pub(in crate::run) struct Start<G: Graph> {
    /// Without an input, the thread continues where it stopped.
    pub input: Option<<G::State as State>::Input>,
    /// The thread of the run.
    pub thread: Option<Box<Binding<G>>>,
    /// What its input does to a thread that waits for answers.
    pub new_input: NewInput,
    /// Whether it starts again from an earlier checkpoint.
    pub forks: bool,
    /// For a child run: its state and its ids.
    pub child: Option<ChildStart<G>>,
    /// Answers to interrupts of the thread.
    pub answers: Vec<Answer>,
    /// Breakpoints and the drain handle.
    pub stops: Option<Box<StopConditions<G>>>,
}

/// Creates the engine of a run. A graph without policies is not compiled with any.
pub(in crate::run) fn start<G: Graph>(shared: Arc<Shared<G>>, start: Start<G>) -> Box<dyn Drive<G>> {
    if const { no_policies(&G::TOPOLOGY) } {
        let warns = warns();
        engine(shared, start, move |task, mut lease: Box<Lease<G>>| async move {
            if let Some(state) = &lease.state {
                let run = G::run(task, state, &lease.cx);
                lease.result = Some(if warns { WarnIfBlocking::of(&lease.cx, run).await } else { run.await });
            }
            lease
        })
    } else {
        // Boxed in its slot, because it is large.
        engine(shared, start, |task, lease| Box::pin(attempts(task, lease)))
    }
}

fn engine<G, F, C>(shared: Arc<Shared<G>>, mut start: Start<G>, call: C) -> Box<dyn Drive<G>>
where
    G: Graph,
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send + 'static,
{
    let (sink, task) = (shared.clone(), TaskInfo::placeholder());
    let cx = RunContext { sink, task, inside: None, notes: None, scope: None, tool: None };
    let (state, child_seed, log) = match start.child.take() {
        Some(ChildStart { state, seed, log }) => (state, Some(seed), log),
        None => (G::State::__initial(), None, None),
    };
    let lease = Box::new(Lease { state: Some(Arc::new(state)), cx: Context::new(cx), result: None });
    Box::new(Engine::new(shared, start, child_seed, log, lease, call))
}

/// Whether no node has a policy: then a task's future is the node's.
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
