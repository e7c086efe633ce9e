//! The thread of a run, and its saver.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use uuid::Uuid;

use super::journal::Journal;
use super::load::Loaded;
use super::thread_journal::ThreadJournal;
use crate::checkpoint::{CheckpointError, Codec, Lease, Saver};
use crate::graph::Graph;
use crate::thread::{Durability, NewInput};

/// A journal, and the thread as it was loaded.
pub(in crate::run) type Opened<G> = (Box<dyn Journal<G>>, Option<Loaded<G>>);

/// A thread that is being loaded.
pub(in crate::run) type Opening<G> = Pin<Box<dyn Future<Output = Result<Opened<G>, CheckpointError>> + Send>>;

/// How the runs of a thread use it.
#[derive(Clone, Copy, Default)]
pub(crate) struct ThreadPolicy {
    pub durability: Durability,
    pub new_input: NewInput,
}

/// The thread of a run, and its saver.
pub(crate) struct Binding<G: Graph> {
    pub saver: Saver,
    pub codec: Codec<G>,
    pub thread: Arc<str>,
    /// The checkpoint to start from; `None` for the newest.
    pub at: Option<Uuid>,
    pub policy: ThreadPolicy,
    /// Records are saved under this lease.
    pub lease: Option<Arc<Lease>>,
    /// Opens the journal. A pointer, so that only graphs with threads are compiled with one.
    open: fn(Self) -> Opening<G>,
}

impl<G: Graph> Binding<G> {
    pub(crate) fn new(saver: Saver, codec: Codec<G>, thread: Arc<str>) -> Self {
        Self {
            saver,
            codec,
            thread,
            at: None,
            policy: ThreadPolicy::default(),
            lease: None,
            open: |binding| Box::pin(ThreadJournal::open(binding)),
        }
    }

    /// Opens the thread and loads it.
    pub(in crate::run) fn open(self) -> Opening<G> {
        (self.open)(self)
    }
}

impl<G: Graph> Clone for Binding<G> {
    fn clone(&self) -> Self {
        let (saver, thread, lease) = (self.saver.clone(), self.thread.clone(), self.lease.clone());
        Self { saver, codec: self.codec, thread, at: self.at, policy: self.policy, lease, open: self.open }
    }
}
