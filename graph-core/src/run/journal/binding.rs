//! The thread that a run continues, and the saver that keeps it.

use std::sync::Arc;

use crate::checkpoint::{Checkpointer, Codec};
use crate::graph::Graph;

/// The thread that a run continues, and the saver that keeps it.
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
