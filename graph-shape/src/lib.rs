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
//! # Branches apart
//! Parallel branches multiply: each super-step of one with each of every other. Beyond [`Flow::LIMIT`] super-steps,
//! [`branches`] takes the place of that enumeration. A super-step whose nodes fall into classes that lead to nothing in
//! common is not followed as one; each class, a *branch*, is explored by itself until it ends, and what follows is
//! explored from the ends of all of them. So the super-steps add up instead of multiplying. A branch ends
//!
//! * at END, or where a deferred node is scheduled: that one runs when nothing else does, so when all branches have ended;
//! * or, if nothing else parts the nodes, at one join that waits for a source in each branch. A branch that still runs
//!   when it has arrived there is none, and the super-step is followed as one after all.
//!
//! Sound, because the branches touch no node and no join in common: the runs of the whole are just the combinations of
//! their runs. A join or a deferred node behind them is not reached before all have ended, and what is then left is one
//! combination of what each leaves. It is less exact than the enumeration in that a super-step lists the nodes of one
//! branch only. Which nodes of two branches run together is still known: each node has the set of distances from where
//! the branches part, with greater ones up to a multiple of twelve, and two nodes meet in time if their sets do
//! ([`Parallel`]).
//!
//! Where that does not help, beyond [`Flow::LIMIT_OF_BRANCHES`] super-steps, [`pairs`] is left. It is coarser but still
//! sound: it records only which *pairs* of nodes can run together. [`Precision`] tells which analysis it was, so that no
//! message claims to know what is only feared.
//!
//! # Meetings
//! Branches that reach a node at different times run it twice. [`meetings`] defines when that is a mistake and finds all
//! of these nodes.
mod explore;
mod flow;
mod meetings;
mod offsets;
mod pairs;
#[cfg(test)]
mod pairs_tests;
mod reach;
mod shape;

pub use explore::{branches, explore};
pub use flow::{End, Flow, Parallel, Precision, StarvedJoin, SuperStep};
pub use meetings::{Meeting, meetings};
pub use pairs::pairs;
pub use reach::Reach;
pub use shape::{Alternative, Edge, Join, Shape, Target};
