//! Whether a reducer spelled as one of graph-core is that one.

/// Whether a reducer is the one of graph-core whose name it has. The expansion takes the one of graph-core, which needs
/// no probe.
#[diagnostic::on_unimplemented(
    message = "this `{Self}` is not the reducer of graph-core",
    label = "a type of another crate or module",
    note = "if it is a reducer, write it as a path, such as `self::{Self}`; if graph-core's is meant, name that: \
            `graph_core::prelude::{Self}`"
)]
pub trait SameReducer<Known> {
    const IS: () = ();
}

impl<R> SameReducer<R> for R {}
