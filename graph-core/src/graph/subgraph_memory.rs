//! What a thread keeps of a subgraph.

use super::{Graph, Subgraph};
use crate::interrupt::NoInterrupt;
use crate::state::{State, SubgraphState};

/// What a thread keeps of a subgraph: `per_thread child;` or `unsaved child;` in `graph!`, or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubgraphMemory {
    /// Its steps, while the task that runs it is not complete: it goes on where it was interrupted or failed. Each call starts
    /// anew. (LangGraph's `checkpointer=None`.)
    #[default]
    PerCall,
    /// The same, and its own fields, which are not shared with the parent: the next call on the thread begins with them.
    /// (`checkpointer=True`.)
    PerThread,
    /// Nothing: it starts again with its task, and cannot ask. (`checkpointer=False`.)
    Unsaved,
}

/// Graphs that ask nothing: a subgraph that is not saved has to be one.
#[diagnostic::on_unimplemented(
    message = "`{G}` asks a human, so what it has done until then is to be saved",
    label = "it could not go on with the answer",
    note = "leave `unsaved` out: a subgraph is saved until its task is complete"
)]
pub trait AsksNothing<G> {}

impl<G> AsksNothing<G> for NoInterrupt {}

/// What is checked of a subgraph of which something is said: one that is none is reported elsewhere.
pub trait SubgraphFacts {
    /// The subgraph.
    type Graph;
    /// What it asks.
    type Interrupt;
    /// Whether it has fields that it does not share.
    const HAS_OWN_FIELDS: bool;
    /// Whether its state can be saved.
    const CAN_BE_SAVED: bool;
}

impl<C: Graph, P: State> SubgraphFacts for Subgraph<C, P>
where
    C::State: SubgraphState<P>,
{
    type Graph = C;
    type Interrupt = C::Interrupt;
    const HAS_OWN_FIELDS: bool = C::State::SHARED.is_some();
    const CAN_BE_SAVED: bool = C::SAVED_FORM.is_some();
}

impl SubgraphFacts for crate::__private::StubFn {
    type Graph = ();
    type Interrupt = NoInterrupt;
    const HAS_OWN_FIELDS: bool = true;
    const CAN_BE_SAVED: bool = true;
}

/// Reports a subgraph that is not saved and asks.
pub const fn must_ask_nothing<N: SubgraphFacts<Interrupt: AsksNothing<N::Graph>>>() {}

/// Reports a subgraph of which a thread can keep nothing.
///
/// # Panics
/// At compile time.
pub const fn must_keep_something<N: SubgraphFacts>() {
    assert!(
        N::HAS_OWN_FIELDS,
        "a subgraph over the state of the graph around it has no fields of its own that a thread could keep: leave `per_thread` out"
    );
    assert!(
        N::CAN_BE_SAVED,
        "a thread cannot keep the state of this subgraph: add `#[derive(Serialize, Deserialize)]` to it"
    );
}
