//! The rules about a graph that take more than one edge to check. Each looks at the whole graph and reports every
//! violation.
//!
//! Rules about a single edge are checked in `model/edges.rs`, where the edge is read.
mod exits;
mod joins;
mod loops;
mod meetings;
mod reachability;
mod start;
#[cfg(test)]
mod tests;

use graph_shape::Flow;

use super::model::Model;
use crate::diagnostics::Diagnostics;

/// The rules about edges alone.
pub(super) fn shape(model: &Model, diagnostics: &Diagnostics) {
    if !start::leads_to_a_node(model, diagnostics) {
        return;
    }
    reachability::every_node_is_between_start_and_end(model, diagnostics);
    loops::every_loop_ends(model, diagnostics);
    exits::every_exit_is_taken(model, diagnostics);
}

/// The rules about super-steps: what can run together, and in what order.
pub(super) fn steps(model: &Model, flow: &Flow, diagnostics: &Diagnostics) {
    joins::joins_are_complete(model, flow, diagnostics);
    meetings::branches_are_of_one_length(model, diagnostics);
    exits::exits_agree(model, flow, diagnostics);
    if diagnostics.is_empty() {
        meetings::nothing_meets_itself(model, flow, diagnostics);
    }
}
