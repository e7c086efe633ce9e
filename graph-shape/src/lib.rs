//! The shape of an agent graph, and what can be proved from it alone.
//!
//! `graph!` knows the edges, but not what nodes read and write; the type checker knows that, but cannot search a graph.
//! So this crate, which runs inside the macro, computes **which nodes can run in the same super-step and in what order
//! steps can follow one another**; the macro emits the result as constant data, and constant functions of `graph-core`
//! compare it with the nodes' read and write sets.
//!
//! # The model
//! A run is a sequence of super-steps. A [`SuperStep`] is the relevant part of one: the set of active nodes, and whether
//! each runs as one task or as many (reached by a `for` edge). [`Flow::of`] enumerates every super-step that can occur,
//! treating each router as a free choice among its alternatives, independent of all other routers and of the past, and
//! each `for` edge as a choice between no items and some. Each real run is then a path through these super-steps, because
//! the transition rules are those of the engine:
//!
//! * all plain edges of a node that ran are followed, and one alternative of its router;
//! * a node that several edges lead to runs once;
//! * a join records which of its sources have run; after the last one it schedules its targets and resets;
//! * a `for` edge without items continues behind the node to which it would have sent tasks;
//! * a deferred node is held back when an edge leads to it; when a super-step would otherwise be empty, all deferred
//!   nodes run, once each.
//!
//! So whatever holds in all enumerated super-steps holds in all runs (soundness), and if routers really are independent,
//! every enumerated super-step occurs in some run (exactness). If two routers are correlated, the enumeration includes
//! super-steps that cannot occur: it errs on the safe side.
//!
//! Beyond [`Flow::LIMIT`] super-steps, [`pairs`] replaces the enumeration. It is coarser but still sound: it records only
//! which *pairs* of nodes can run together.
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
pub use flow::{Flow, StarvedJoin, SuperStep};
pub use pairs::pairs;
pub use reach::Reach;
pub use shape::{Alternative, Join, Shape, Target};
