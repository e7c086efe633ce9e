//! A run inside a task of another run.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use uuid::Uuid;

use crate::context::{Context, RunInfo};
use crate::error::{Error, Result};
use crate::graph::{ChildPart, DepsOf, Graph};
use crate::run::engine::driver::Pull;
use crate::run::engine::machine::drive;
use crate::run::engine::start::Start;
use crate::run::stream::namespace::{Namespace, Segment};
use crate::run::{Mode, Part, Shared};
use crate::state::State;

/// A run of `C` inside a task of a run of `P`: driven by that task's polls, stopped with it, its parts in that run's stream.
pub(crate) struct ChildRun<C: Graph, P: Graph> {
    pull: Pull<C>,
    outlet: ParentLink<P>,
}

/// How a run inside another ended.
pub(crate) struct ChildEnd<C: Graph> {
    pub state: C::State,
    /// What its nodes wrote, as one update.
    pub written: Option<<C::State as State>::Update>,
    pub exit: C::Exit,
}

/// What a run inside another begins with, besides its input.
pub(crate) struct ChildStart<C: Graph> {
    pub state: C::State,
    /// What its tasks' ids are computed from: the id of the task that it is inside of.
    pub seed: Uuid,
}

impl<C: Graph, P: Graph> ChildRun<C, P> {
    pub(crate) fn new(
        state: C::State,
        input: Option<<C::State as State>::Input>,
        deps: DepsOf<C>,
        cx: &Context<P>,
        place: usize,
    ) -> Self {
        let (around, outlet) = (cx.run().clone(), ParentLink::new(cx.clone(), place));
        let seed = outlet.segment.task.seed(outlet.segment.call);
        let info = RunInfo {
            run_id: if outlet.modes.intersects(Mode::EVENTS) { Uuid::new_v4() } else { seed },
            graph: C::NAME,
            parents: outlet.cx.run.lineage().into(),
            ..around
        };
        let start = Start {
            input,
            entered: Some(ChildStart { state, seed }),
            thread: None,
            stops: None,
            recursion_limit: info.recursion_limit,
            max_concurrency: info.max_concurrency,
        };
        let cache = outlet.cx.run.sink.cache().cloned();
        let shared = Arc::new(Shared::new(deps, info, outlet.modes, cache).sharing_ids_with(&*outlet.cx.run.sink));
        let engine = drive(shared.clone(), start);
        Self { pull: Pull::new(shared, engine, None, None), outlet }
    }
}

impl<C: Graph, P: Graph> Future for ChildRun<C, P> {
    type Output = Result<ChildEnd<C>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Poller<'_>) -> Poll<Self::Output> {
        let Self { pull, outlet } = self.get_mut();
        match pull.poll_parts(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Some(parts)) => {
                parts.drain(..).for_each(|part| outlet.forward(part));
                // The consumer takes these before the nodes go on.
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Poll::Ready(None) => Poll::Ready(pull.take_ending()),
        }
    }
}

// Nothing in it is pinned in place: the engine has a box of its own.
impl<C: Graph, P: Graph> Unpin for ChildRun<C, P> {}

/// A run that is dropped before its end has been stopped with its task: every start that it told of has an end.
impl<C: Graph, P: Graph> Drop for ChildRun<C, P> {
    fn drop(&mut self) {
        let Self { pull, outlet } = self;
        pull.stop(&Error::Cancelled { graph: C::NAME }).drain(..).for_each(|part| outlet.forward(part));
    }
}

/// Where the parts of a run inside a task go.
struct ParentLink<P: Graph> {
    cx: Context<P>,
    /// Under which of the graph's subgraphs they are told.
    place: usize,
    segment: Segment,
    modes: Mode,
}

impl<P: Graph> ParentLink<P> {
    fn new(cx: Context<P>, place: usize) -> Self {
        let modes = cx.run.sink.modes_inside();
        let task = cx.run.task.id();
        let segment = Segment { node: cx.run.task.name, task, call: cx.run.sink.next_call(task) };
        Self { cx, place, segment, modes }
    }

    fn forward<C: Graph>(&self, part: Part<C>) {
        let (namespace, wrapped) = match part {
            Part::Subgraph(inner) => (inner.namespace.under(self.segment), ChildPart::Nested(inner.part)),
            part => (Namespace::of(self.segment), ChildPart::Own(part)),
        };
        if let Some(part) = P::wrap(self.place, wrapped) {
            self.cx.tell_inside(namespace, part);
        }
    }
}
