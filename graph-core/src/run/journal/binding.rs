//! The thread of a run, and its saver.

use std::sync::Arc;

use crate::checkpoint::{Checkpointer, Codec};
use crate::graph::Graph;

/// The thread of a run, and its saver.
pub(crate) struct Binding<G: Graph> {
    pub saver: Arc<dyn Checkpointer>,
    pub codec: Codec<G>,
    pub thread: Arc<str>,
}

impl<G: Graph> Clone for Binding<G> {
    fn clone(&self) -> Self {
        Self { saver: self.saver.clone(), codec: self.codec, thread: self.thread.clone() }
    }
}
