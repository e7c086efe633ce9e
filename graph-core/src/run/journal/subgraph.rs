//! The journal of a subgraph's run.

use super::SubgraphLog;
use super::binding::Opened;
use super::thread_journal::ThreadJournal;
use crate::checkpoint::CheckpointError;
use crate::graph::Graph;

/// Opens the journal of a subgraph's run; `None` if its values cannot be saved: then it starts again with its task.
pub(in crate::run) fn open_subgraph<G: Graph>(log: SubgraphLog) -> Option<Result<Opened<G>, CheckpointError>> {
    let form = G::SAVED_FORM?;
    Some(ThreadJournal::open_subgraph(form.codec(), log))
}
