//! How a run without an error ended.

use std::fmt;
use std::sync::Arc;

use super::{Breakpoint, Output};
use crate::checkpoint::Remembered;
use crate::error::Error;
use crate::graph::{Graph, GraphNode};
use crate::interrupt::{GraphInterrupt as _, InterruptKind, Waiting};
use crate::state::RunOutput as _;

/// How a run on a thread ended: completed, or interrupted.
pub enum Outcome<G: Graph> {
    /// The run is complete.
    Done(Output<G>),
    /// The run stopped early and is saved; another run can continue it.
    Interrupted(Interrupted<G>),
}

impl<G: Graph> Outcome<G> {
    /// The output, if the run is complete.
    pub fn done(self) -> Option<Output<G>> {
        match self {
            Self::Done(output) => Some(output),
            Self::Interrupted(_) => None,
        }
    }

    /// Why the run stopped early, if it did.
    pub fn interrupted(self) -> Option<Interrupted<G>> {
        match self {
            Self::Done(_) => None,
            Self::Interrupted(interrupted) => Some(interrupted),
        }
    }
}

/// Why a run stopped early: at a breakpoint, or because tasks ask something.
pub struct Interrupted<G: Graph> {
    breakpoint: Option<Breakpoint<G>>,
    waiting: Vec<Waiting<G>>,
    /// The same in their saved form, for a run around this one.
    asked: Vec<Arc<Remembered>>,
    thread: Option<Arc<str>>,
}

impl<G: Graph> Interrupted<G> {
    pub(crate) fn by_tasks(waiting: Vec<Waiting<G>>, asked: Vec<Arc<Remembered>>, thread: Option<Arc<str>>) -> Self {
        Self { breakpoint: None, waiting, asked, thread }
    }

    /// The breakpoint, if one stopped the run.
    #[must_use]
    pub fn breakpoint(&self) -> Option<&Breakpoint<G>> {
        self.breakpoint.as_ref()
    }

    /// What waits for an answer, in the order of the tasks; nothing at a breakpoint.
    pub fn iter(&self) -> std::slice::Iter<'_, Waiting<G>> {
        self.waiting.iter()
    }

    pub(crate) fn asked(&self) -> &[Arc<Remembered>] {
        &self.asked
    }

    fn names(&self) -> Vec<&'static str> {
        let kinds: &[InterruptKind] = G::Interrupt::KINDS;
        let name = |asked: &Arc<Remembered>| kinds.iter().map(|kind| kind.name).find(|name| *name == asked.name);
        self.asked.iter().filter_map(name).collect()
    }
}

impl<'a, G: Graph> IntoIterator for &'a Interrupted<G> {
    type Item = &'a Waiting<G>;
    type IntoIter = std::slice::Iter<'a, Waiting<G>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<G: Graph> fmt::Debug for Outcome<G>
where
    Output<G>: fmt::Debug,
    G::Interrupt: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(output) => f.debug_tuple("Done").field(output).finish(),
            Self::Interrupted(interrupted) => f.debug_tuple("Interrupted").field(interrupted).finish(),
        }
    }
}

impl<G: Graph<Interrupt: fmt::Debug>> fmt::Debug for Interrupted<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Interrupted");
        out.field("breakpoint", &self.breakpoint).field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

/// How a run without an error ended, for the engine.
pub(crate) enum End<G: Graph> {
    Done(Arc<Output<G>>),
    Breakpoint(Box<Breakpoint<G>>),
    Interrupted(Box<Interrupted<G>>),
}

impl<G: Graph> End<G> {
    pub(crate) fn into_outcome(self) -> Outcome<G> {
        match self {
            Self::Done(output) => Outcome::Done(Output::<G>::__into_owned(output)),
            Self::Breakpoint(breakpoint) => Outcome::Interrupted(Interrupted {
                breakpoint: Some(*breakpoint),
                waiting: Vec::new(),
                asked: Vec::new(),
                thread: None,
            }),
            Self::Interrupted(interrupted) => Outcome::Interrupted(*interrupted),
        }
    }

    /// The output; an error if the run stopped early, so that a partial state is not taken for the output.
    pub(crate) fn into_output(self) -> Result<Arc<Output<G>>, Error> {
        match self {
            Self::Done(output) => Ok(output),
            Self::Breakpoint(breakpoint) => {
                let Breakpoint { after, before, step, .. } = *breakpoint;
                let names = |nodes: Vec<G::Node>| nodes.into_iter().map(GraphNode::name).collect();
                Err(Error::Breakpoint { graph: G::NAME, after: names(after), before: names(before), step })
            }
            Self::Interrupted(interrupted) => {
                let thread = interrupted.thread.as_deref().unwrap_or_default().to_owned();
                Err(Error::Interrupted { graph: G::NAME, thread, interrupts: interrupted.names() })
            }
        }
    }
}
