//! The graph whose node is polled, if it declares `calls`: a run of a called graph that starts there without being
//! attached is an error.
//!
//! Polling a run needs no context of the node, so no type can tell where it is polled; the thread can.

use std::any::TypeId;
use std::cell::Cell;
use std::marker::PhantomData;

use crate::error::Error;
use crate::graph::Graph;

/// A graph that declares `calls`.
#[derive(Debug)]
pub(in crate::run) struct Caller {
    graph: &'static str,
    called: &'static [fn() -> TypeId],
}

thread_local! {
    static POLLED: Cell<Option<&'static Caller>> = const { Cell::new(None) };
}

struct Declared<G>(PhantomData<G>);

impl<G: Graph> Declared<G> {
    const CALLER: &'static Caller = &Caller { graph: G::NAME, called: G::CALLED };
}

impl Caller {
    /// `None` if `G` calls no graph.
    pub(in crate::run) const fn of<G: Graph>() -> Option<&'static Self> {
        if G::CALLED.is_empty() { None } else { Some(Declared::<G>::CALLER) }
    }

    /// Until the guard is dropped, nodes of `caller` are polled on this thread, or nodes of a graph that calls none.
    pub(in crate::run) fn enter(caller: Option<&'static Self>) -> Entered {
        Entered { outer: POLLED.replace(caller) }
    }
}

/// Restores what was polled on this thread before, also when a poll panics.
pub(in crate::run) struct Entered {
    outer: Option<&'static Caller>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        POLLED.set(self.outer);
    }
}

/// Whose nodes a run's polls are.
#[derive(Clone, Copy)]
pub(in crate::run) enum PolledAs {
    /// Not attached to a node, and not polled yet.
    Unknown,
    /// Neither this graph nor one around it calls any.
    Unnoticed,
    Caller(Option<&'static Caller>),
}

impl PolledAs {
    /// The child runs of `P`.
    pub(in crate::run) const fn child<C: Graph, P: Graph>() -> Self {
        match (Caller::of::<C>(), Caller::of::<P>()) {
            (None, None) => Self::Unnoticed,
            (caller, _) => Self::Caller(caller),
        }
    }

    /// A run that is attached to no node, at its first poll.
    ///
    /// # Errors
    /// [`Error::NotAttached`] if a node polls it whose graph calls `G`, unless it has a thread: then it cannot be a child.
    pub(in crate::run) fn root<G: Graph>(has_thread: bool) -> Result<Self, Error> {
        let around = POLLED.get();
        if let Some(around) = around
            && !has_thread
            && around.called.iter().any(|id| id() == TypeId::of::<G>())
        {
            return Err(Error::NotAttached { graph: G::NAME, caller: around.graph });
        }
        Ok(match (Caller::of::<G>(), around) {
            (None, None) => Self::Unnoticed,
            (caller, _) => Self::Caller(caller),
        })
    }

    #[inline]
    pub(in crate::run) fn enter(self) -> Option<Entered> {
        match self {
            Self::Unknown | Self::Unnoticed => None,
            Self::Caller(caller) => Some(Caller::enter(caller)),
        }
    }
}
