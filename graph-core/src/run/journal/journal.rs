//! What the engine asks of a journal.

use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use uuid::Uuid;

use crate::checkpoint::{CheckpointError, PendingWrite, RecordedUpdate, Remembered, Source};
use crate::graph::Graph;
use crate::run::Cursor;
use crate::state::State;
use crate::thread::Snapshot;

/// A run's link to its saved thread. A trait object, so that graphs without threads are not compiled with it.
pub(in crate::run) trait Journal<G: Graph>: Send {
    /// The id of the last saved checkpoint.
    fn head(&self) -> Option<Uuid>;

    /// A node's update (or an input, if `node` is `None`), encoded.
    fn encode(
        &self,
        node: Option<G::Node>,
        update: &<G::State as State>::Update,
    ) -> Result<RecordedUpdate, CheckpointError>;

    /// A task's route, encoded.
    fn encode_route(&self, route: &G::Route) -> Result<Vec<u8>, CheckpointError>;

    /// Saves a checkpoint: the updates, the next tasks, and sometimes a snapshot of the state. An input is saved with its
    /// own checkpoint.
    fn save_step(
        &mut self,
        source: Source,
        writes: Vec<RecordedUpdate>,
        cursor: &Cursor<G>,
        state: &G::State,
    ) -> Result<(), CheckpointError>;

    /// Saves what tasks of the step after the head have done and remembered, while others run or after the step failed.
    fn save_pending(&mut self, writes: Vec<PendingWrite>, remembered: Vec<Remembered>, step: i64);

    /// Ready when the next step may begin, or a save has failed: see [`Durability`](crate::thread::Durability).
    fn poll_saved(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>>;

    /// The run ends: ready when all of it is saved, or a save has failed.
    fn poll_close(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>>;

    /// Ready when everything that is due is saved, or a save has failed.
    fn poll_flush(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>>;

    /// The checkpoint of the input that the last saved one applied, as a snapshot. `before` is the state before it.
    fn input_snapshot(&self, before: Arc<G::State>, cursor: &Cursor<G>) -> Option<Snapshot<G>>;

    /// The last saved checkpoint, as a snapshot. `state` and `cursor` must be the saved ones.
    fn snapshot(&self, state: &Arc<G::State>, cursor: &Cursor<G>) -> Option<Snapshot<G>>;
}
