//! Reads of late fields that are not saved: a graph with such a read cannot have a checkpointer.
//!
//! A node that binds a late field demands that it is written. A thread can go on after any super-step, in another
//! process; a field under `#[state(untracked)]` is then unwritten again, whatever was proved of the graph.

use super::Topology;
use crate::state::{FieldSet, State};

/// Bound of [`App::checkpointer`](crate::run::App::checkpointer): no node or router of the graph `G`, or of its
/// subgraphs, binds a late field that is `untracked`. `Self` is the first such field, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{G}` cannot have a checkpointer: it binds the late field `{Self}`, which is not saved",
    label = "a thread that goes on finds `{Self}` unwritten",
    note = "take `untracked` off the field, or `Late`: then a thread that goes on begins with its default",
    note = "or read it as an option: through `state: &State`, with `.get()`"
)]
pub trait AllSaved<G> {}

#[diagnostic::do_not_recommend]
impl<G> AllSaved<G> for () {}

/// A field's name as a type, or `()` for none.
#[doc(hidden)]
pub trait FieldName: 'static {
    /// This name; the other if this is none.
    type Or<Other: FieldName>: FieldName;
}

impl FieldName for () {
    type Or<Other: FieldName> = Other;
}

/// The name of a late field that is not saved, by its index: `#[derive(State)]` gives each of them one.
#[doc(hidden)]
pub trait UnsavedField<const FIELD: usize> {
    type Name: FieldName;
}

/// Not the index of a field.
const NONE: usize = usize::MAX;

impl<S> UnsavedField<NONE> for S {
    type Name = ();
}

/// The index of the first late field that is not saved and that a node or a router binds.
#[doc(hidden)]
#[must_use]
pub const fn first_unsaved<S: State>(topology: &Topology, routers: &[FieldSet]) -> usize {
    let (mut reads, mut i) = (FieldSet::EMPTY, 0);
    while i < topology.nodes.len() {
        reads = reads.union(topology.nodes[i].info.reads);
        i += 1;
    }
    i = 0;
    while i < routers.len() {
        reads = reads.union(routers[i]);
        i += 1;
    }
    i = 0;
    while i < S::FIELDS.len() {
        if S::FIELDS[i].late && S::FIELDS[i].untracked && reads.contains(i) && !reads.is_poisoned() {
            return i;
        }
        i += 1;
    }
    NONE
}
