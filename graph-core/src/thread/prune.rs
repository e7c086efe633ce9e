//! Deleting old checkpoints of a thread.

use std::collections::HashSet;

use uuid::Uuid;

use super::Thread;
use crate::checkpoint::{CheckpointError, HistoryQuery, Pruned, Record, Retention};
use crate::error::Result;
use crate::graph::Graph;
use crate::run::Binding;

/// How many records are asked for at a time.
const PAGE: usize = 32;

impl<G: Graph> Thread<G> {
    /// Deletes the checkpoints that `retention` does not keep. [`at`](Self::at) one of them is then
    /// [`UnknownCheckpoint`](crate::checkpoint::CheckpointError::UnknownCheckpoint), and the oldest one that is left still names
    /// its parent.
    ///
    /// A checkpoint that is restored from deleted ones gets a snapshot first: one whole state for each branch that the kept ones
    /// begin. [`Saver::prune`](crate::checkpoint::Saver::prune) does without, and keeps what it needs.
    ///
    /// A run at the same time is not disturbed, and no lease is needed: the newest checkpoint stays, with what tasks of the next
    /// step have done. A run [`at`](Self::at) a checkpoint that is deleted under it ends with `UnknownCheckpoint`.
    ///
    /// ```
    /// # use graph_core::prelude::*;
    /// # #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    /// # struct Log {
    /// #     #[state(input, reduce = Append)]
    /// #     log: Vec<String>,
    /// # }
    /// # #[node]
    /// # fn answer(_: &Log) -> LogWrite::Log {
    /// #     LogWrite::Log(vec!["answer".into()])
    /// # }
    /// # graph! {
    /// #     Chat<Log> {
    /// #         START -> answer -> END;
    /// #     }
    /// # }
    /// use graph_core::checkpoint::Retention;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let thread = Chat::new().checkpointer(MemorySaver::new()).thread("order-7");
    /// for turn in 0..20 {
    ///     thread.run(LogInput { log: vec![format!("question {turn}")] }).await?;
    /// }
    /// let pruned = thread.prune(Retention::last(10)).await?;
    /// assert_eq!(pruned.checkpoints, 30);
    /// assert_eq!(thread.state().await?.values.log.len(), 40);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The checkpointer failed, or a state that needs a snapshot no longer fits the graph: then nothing is deleted.
    pub async fn prune(&self, retention: Retention) -> Result<Pruned> {
        let mut added = 0;
        for checkpoint in first_kept(&self.binding, &retention).await? {
            added += self.binding.compact(checkpoint).await?;
        }
        let mut pruned = self.binding.saver.prune(&self.binding.thread, &retention).await?;
        pruned.bytes = pruned.bytes.saturating_sub(added);
        Ok(pruned)
    }
}

/// The kept checkpoints whose parents are not kept.
async fn first_kept<G: Graph>(binding: &Binding<G>, retention: &Retention) -> Result<Vec<Uuid>> {
    let since = retention.since();
    let mut query = HistoryQuery::new().limit(PAGE).without_snapshots();
    let mut kept: Vec<Record> = Vec::new();
    loop {
        let records = match binding.saver.history(&binding.thread, &query).await {
            // Pruned in the meantime, as what is older.
            Err(CheckpointError::UnknownCheckpoint { .. }) if query.before.is_some() => Vec::new(),
            records => records?,
        };
        let is_last = records.len() < PAGE;
        query.before = records.last().map(|record| record.id);
        for record in records {
            if kept.len() < retention.last || since.is_some_and(|since| record.at >= since) {
                kept.push(record);
            }
        }
        // Older records may be newer by another clock: all are read if their time counts.
        if is_last || (since.is_none() && kept.len() >= retention.last) {
            break;
        }
    }
    let ids: HashSet<Uuid> = kept.iter().map(|record| record.id).collect();
    let is_first =
        |record: &&Record| record.as_step().and_then(|step| step.parent).is_some_and(|parent| !ids.contains(&parent));
    Ok(kept.iter().filter(is_first).map(|record| record.id).collect())
}
