//! What the tasks of a step that is not complete have asked and remembered, on a thread: answers to their interrupts, the
//! results of their `cx.step`s, the records of their subgraphs.
//!
//! The outermost run keeps it for its subgraphs, too: keys are made of task ids, which stay the same when a step is run
//! again. What is new is saved by the run's journal in pending records, and forgotten once the step is complete.
mod ask;
mod once;
mod table;

pub use ask::Ask;
pub(crate) use ask::ask;
pub use once::Once;
pub(crate) use once::{once, retried, save, unreadable};
pub(crate) use table::Memory;
