//! A run's link to its saved thread.
#[expect(clippy::module_inception, reason = "the journal is what this module is about")]
mod journal;

pub(crate) use journal::{Binding, Journal, Loaded};
