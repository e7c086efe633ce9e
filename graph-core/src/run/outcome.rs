//! How a run without an error ended.

use std::fmt;
use std::sync::Arc;

use super::{Breakpoint, Output};
use crate::error::Error;
use crate::graph::{Graph, GraphNode};
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
}

/// Why a run stopped early.
pub struct Interrupted<G: Graph> {
    breakpoint: Option<Breakpoint<G>>,
}

impl<G: Graph> Interrupted<G> {
    /// The breakpoint, if one stopped the run.
    #[must_use]
    pub fn breakpoint(&self) -> Option<&Breakpoint<G>> {
        self.breakpoint.as_ref()
    }
}

impl<G: Graph> fmt::Debug for Outcome<G>
where
    Output<G>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(output) => f.debug_tuple("Done").field(output).finish(),
            Self::Interrupted(interrupted) => f.debug_tuple("Interrupted").field(interrupted).finish(),
        }
    }
}

impl<G: Graph> fmt::Debug for Interrupted<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interrupted").field("breakpoint", &self.breakpoint).finish()
    }
}

/// How a run without an error ended, for the engine.
pub(crate) enum End<G: Graph> {
    Done(Arc<Output<G>>),
    Breakpoint(Box<Breakpoint<G>>),
}

impl<G: Graph> End<G> {
    pub(crate) fn into_outcome(self) -> Outcome<G> {
        match self {
            Self::Done(output) => Outcome::Done(Output::<G>::__into_owned(output)),
            Self::Breakpoint(breakpoint) => Outcome::Interrupted(Interrupted { breakpoint: Some(*breakpoint) }),
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
        }
    }
}
