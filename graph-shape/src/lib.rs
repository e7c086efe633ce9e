//! The shape of an agent graph, and what can be proved from it alone.
//!
//! `graph!` knows which node leads where, but not what nodes read and write; the type checker knows that, but cannot
//! search a graph. So this crate, which runs inside the macro, works out **which nodes can run in the same super-step
//! and in what order steps can follow one another**; the macro writes the result down as constant data, and constant
//! functions of `graph-core` compare it with the nodes' read and write sets.
//!
//! # The model
//! A run is a sequence of super-steps. What matters of one is its [`Moment`]: the set of nodes that run in it, and
//! whether a node runs as one task or as many (reached by a `for` edge). [`Flow::of`] explores every moment that can
//! occur, taking every router for a free choice among its alternatives, independent of all other routers and of the
//! past, and every `for` edge for a choice between no items and some. Each real run is then a path through the explored
//! moments, because the transition rules are those of the engine (`graph_core::graph::Next`):
//!
//! * all plain edges of a node that ran are followed, and one alternative of its router;
//! * a node that several edges lead to runs once;
//! * a join remembers which of its sources have run, and when the last of them has, runs its targets and forgets;
//! * a `for` edge without items goes on where its node's tasks would have gone on;
//! * a deferred node that something leads to is put aside; where a super-step would otherwise run nothing, all that were
//!   put aside run, once each.
//!
//! So whatever holds in all explored moments holds in all runs (soundness), and if routers really are independent, every
//! explored moment occurs in some run (exactness). Where two routers always agree, the exploration sees moments that
//! cannot occur, and errs on the safe side.
//!
//! Where there are more than [`Flow::LIMIT`] moments, the exploration is replaced by a coarser one, [`pairs`], which is
//! still sound: it keeps only which *pairs* of nodes can run together.
mod explore;
#[cfg(test)]
mod explore_tests;
mod flow;
mod pairs;
#[cfg(test)]
mod pairs_tests;
mod reach;
mod shape;

pub use explore::explore;
pub use flow::{Flow, Moment, Starved};
pub use pairs::pairs;
pub use reach::Reach;
pub use shape::{Alternative, Join, Shape, Target};
