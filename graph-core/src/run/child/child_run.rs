//! Child runs: runs inside a task of a parent run.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use uuid::Uuid;

use super::PolledAs;
use crate::context::{Context, RunInfo};
use crate::error::{Error, Result};
use crate::graph::{ChildPart, DepsOf, Graph, SubgraphMemory};
use crate::random::random_id;
use crate::run::engine::{Driver, Start, start};
use crate::run::{Around, End, Namespace, Place, Segment};
use crate::run::{Mode, Part, Shared, SubgraphLog};
use crate::state::State;
use crate::store::Store;
use crate::thread::NewInput;

/// A run of `C` inside a task of a run of `P`: polled and cancelled with the task; its parts go to the parent's stream.
pub(crate) struct ChildRun<C: Graph, P: Graph> {
    driver: Driver<C>,
    link: ParentLink<P>,
}

/// How a child run ended.
pub(crate) struct ChildEnd<C: Graph> {
    pub state: C::State,
    /// The updates of its nodes, combined.
    pub written: Option<<C::State as State>::Update>,
    pub exit: C::Exit,
}

/// What a child run starts with, besides its input.
pub(crate) struct ChildStart<C: Graph> {
    pub state: C::State,
    /// The seed of its tasks' ids: the id of the parent task.
    pub seed: Uuid,
    /// Its log, on a thread.
    pub log: Option<SubgraphLog>,
}

impl<C: Graph, P: Graph> ChildRun<C, P> {
    /// # Errors
    /// [`Error::NestingLimit`]: the parent run is as deep inside other runs as allowed.
    pub(crate) fn new(
        state: C::State,
        input: Option<<C::State as State>::Input>,
        deps: DepsOf<C>,
        store: Option<Store>,
        cx: &Context<P>,
        index: usize,
    ) -> Result<Self> {
        let outer = cx.run();
        if outer.nesting >= outer.nesting_limit() {
            return Err(Error::NestingLimit { graph: C::NAME, limit: outer.nesting_limit() });
        }
        let link = ParentLink::new(cx.clone(), index);
        let sink = &link.cx.run.sink;
        let seed = link.segment.task.seed(link.segment.call);
        let run_id = if link.modes.intersects(Mode::EVENTS) { random_id() } else { seed };
        let around = (!link.modes.is_none()).then(|| {
            let outer = outer.around.as_ref().map(|around| &around.namespace);
            let place = Place::of::<P>(&link.cx.run.task, outer);
            Arc::new(Around { namespace: place.inside(link.segment.call), place })
        });
        let (parents, nesting) = (link.cx.run.lineage(), outer.nesting + 1);
        let root_task = Some(outer.root_task(&link.cx.run.task));
        let path = super::kept::path(outer, link.segment.node, link.segment.call);
        let mut info = RunInfo { run_id, graph: C::NAME, parents, nesting, around, path, root_task, ..outer.clone() };
        if store.is_some() {
            Arc::make_mut(&mut info.config).store = store;
        }
        let shared = Arc::new(Shared::new(deps, info, link.modes, sink.streamed_ids()));
        let is_unsaved = P::TOPOLOGY.nodes.get(index).is_some_and(|node| node.memory == SubgraphMemory::Unsaved);
        let memory = shared.info.memory.clone().filter(|_| !is_unsaved);
        let log = memory.zip(shared.info.thread_id.clone()).map(|(memory, thread)| SubgraphLog {
            memory,
            task: outer.root_task(&link.cx.run.task),
            run: seed,
            graph: C::NAME,
            thread,
        });
        let child = Some(ChildStart { state, seed, log });
        let engine = start(
            shared.clone(),
            Start {
                input,
                thread: None,
                new_input: NewInput::Abandon,
                forks: false,
                child,
                answers: Vec::new(),
                stops: None,
            },
        );
        Ok(Self { driver: Driver::new(shared, engine, None, const { PolledAs::child::<C, P>() }), link })
    }
}

impl<C: Graph, P: Graph> Future for ChildRun<C, P> {
    type Output = Result<ChildEnd<C>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Poller<'_>) -> Poll<Self::Output> {
        let Self { driver, link } = self.get_mut();
        match driver.poll_parts(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(parts)) => {
                while let Some(part) = parts.pop_front() {
                    link.forward(part);
                }
                // The consumer takes these parts before the nodes continue.
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Poll::Ready(None) => {
                if let Some(Ok(End::Interrupted(interrupted))) = driver.end() {
                    // The task around it ends as one that asks itself.
                    link.cx.run.suspend(interrupted.asked().to_vec());
                    return Poll::Pending;
                }
                Poll::Ready(driver.take_child_end())
            }
        }
    }
}

// No field is structurally pinned: the engine is boxed.
impl<C: Graph, P: Graph> Unpin for ChildRun<C, P> {}

/// A run that is dropped early was cancelled with its task: every streamed start gets its end.
impl<C: Graph, P: Graph> Drop for ChildRun<C, P> {
    fn drop(&mut self) {
        let Self { driver, link } = self;
        let parts = driver.abandon();
        while let Some(part) = parts.pop_front() {
            link.forward(part);
        }
    }
}

/// Where a child run forwards its parts.
struct ParentLink<P: Graph> {
    cx: Context<P>,
    /// The index of the child among the graph's subgraphs.
    index: usize,
    segment: Segment,
    modes: Mode,
}

impl<P: Graph> ParentLink<P> {
    fn new(cx: Context<P>, index: usize) -> Self {
        let modes = cx.run.sink.child_modes();
        let task = cx.run.task.id();
        let segment = Segment { node: cx.run.task.name, task, call: cx.run.sink.next_call(task) };
        Self { cx, index, segment, modes }
    }

    fn forward<C: Graph>(&self, part: Part<C>) {
        let (namespace, wrapped) = match part {
            Part::Subgraph(inner) => (inner.namespace.under(self.segment), ChildPart::Nested(inner.part)),
            part => (Namespace::of(self.segment), ChildPart::Own(part)),
        };
        if let Some(part) = P::wrap(self.index, wrapped) {
            self.cx.emit_from_child(namespace, part);
        }
    }
}
