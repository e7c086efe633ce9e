//! The interrupts that a graph declares.

use std::fmt;

use serde_json::Value;

use super::InterruptKind;
use crate::checkpoint::FormatError;
use crate::graph::Graph;

/// The interrupts of a graph as an enum, with a variant for each declared type: `graph!` generates it.
#[doc(hidden)]
pub trait GraphInterrupt: Clone + Send + Sync + 'static {
    /// The kinds, in the order of the variants.
    const KINDS: &'static [InterruptKind];
    /// Reads an interrupt of the kind with this index.
    fn read(kind: usize, bytes: &[u8]) -> Result<Self, FormatError>;
    fn to_json(&self) -> Result<Value, serde_json::Error>;
}

/// The interrupts of a graph that declares none: uninhabited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoInterrupt {}

impl GraphInterrupt for NoInterrupt {
    const KINDS: &'static [InterruptKind] = &[];

    fn read(_: usize, _: &[u8]) -> Result<Self, FormatError> {
        Err("the graph declares no interrupt".into())
    }

    fn to_json(&self) -> Result<Value, serde_json::Error> {
        match *self {}
    }
}

impl fmt::Debug for NoInterrupt {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// Graphs whose nodes can ask `I`: those that declare `interrupt I;`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not declare the interrupt `{I}`",
    label = "`{Self}` does not declare it",
    note = "add `interrupt {I};` to the `graph!` of `{Self}`"
)]
pub trait Asks<I>: Graph {}

/// Two types that no node asks. With them no graph has a single implementation of [`Asks`], so that rustc does not take
/// its interrupt for the one that is meant.
#[doc(hidden)]
#[derive(Debug)]
pub enum Never {}

#[doc(hidden)]
#[derive(Debug)]
pub enum NorThis {}

#[diagnostic::do_not_recommend]
impl<G: Graph> Asks<Never> for G {}

#[diagnostic::do_not_recommend]
impl<G: Graph> Asks<NorThis> for G {}

/// Graphs that a thread of can be resumed with an answer of type `A`: those with an interrupt `I` whose answer it is.
///
/// `I` is inferred, unless several interrupts of the graph have the same answer: then `resume::<_, I>(answer)` says
/// which.
#[diagnostic::on_unimplemented(
    message = "`{A}` answers no interrupt of `{Self}`",
    label = "no node of `{Self}` waits for this",
    note = "`#[interrupt(resume = ..)]` on each interrupt of the graph says what type its answer has"
)]
pub trait Resumes<A, I>: Graph {
    /// The name of the interrupt.
    #[doc(hidden)]
    const INTERRUPT: &'static str;
}

/// Interrupts that can occur in a subgraph of `G`: `G` declares them, too.
#[diagnostic::on_unimplemented(
    message = "a subgraph asks `{Self}`, and `{G}` does not declare all of it",
    label = "a run of `{G}` could not show this interrupt",
    note = "add to `{G}` every `interrupt ..;` that the subgraph has"
)]
pub trait AskedIn<G: Graph> {}

impl<G: Graph> AskedIn<G> for NoInterrupt {}

/// Interrupts that never occur: the graph `G` declares none, so it runs without a thread, too.
#[diagnostic::on_unimplemented(
    message = "`{G}` can be interrupted, so it runs on a thread",
    label = "nothing would be saved, so no answer could resume it",
    note = "write `.checkpointer(MemorySaver::new()).thread(\"id\").run(input)`, with any checkpointer; inside another graph, make it a node: `{G} as name`"
)]
pub trait NeverAsks<G> {}

impl<G> NeverAsks<G> for NoInterrupt {}
