//! Snapshots for checkpoints that were saved without.

use uuid::Uuid;

use super::Binding;
use crate::checkpoint::{CheckpointError, Lineage, Record, WholeState};
use crate::graph::Graph;

impl<G: Graph> Binding<G> {
    /// Gives a checkpoint a snapshot if it is restored from earlier ones. Returns the snapshot's size in bytes: 0 if there is
    /// none to add.
    pub(crate) async fn compact(&self, checkpoint: Uuid) -> Result<u64, CheckpointError> {
        let Lineage { records, last, .. } = match self.saver.load(&self.thread, Some(checkpoint)).await {
            // Pruned in the meantime.
            Err(CheckpointError::UnknownCheckpoint { .. }) => return Ok(0),
            lineage => lineage?,
        };
        if records.first().is_none_or(|first| first.id == checkpoint && first.has_snapshot()) {
            return Ok(0);
        }
        let steps: Vec<Record> = records.into_iter().filter(|record| record.as_step().is_some()).collect();
        let Some(loaded) = self.codec.restore(&self.thread, steps, last, false)? else { return Ok(0) };
        let mut whole = WholeState::new(self.codec.encode_state(&loaded.state)?);
        whole.kept = loaded.cursor.kept.all().cloned().collect();
        let bytes = whole.snapshot.len() as u64;
        match self.saver.add_snapshot(&self.thread, checkpoint, whole).await {
            Err(CheckpointError::UnknownCheckpoint { .. }) => Ok(0),
            added => added.map(|()| bytes),
        }
    }
}
