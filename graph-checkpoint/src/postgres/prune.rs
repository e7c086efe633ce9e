//! Deleting checkpoints of a thread, and the snapshots that make it possible.

use deadpool_postgres::Client;
use graph_core::checkpoint::{CheckpointError, Pruned, RecordKind, Retention, SealedRecord, WholeState};
use tokio_postgres::IsolationLevel;
use uuid::Uuid;

use super::convert::{limit, timestamp};
use super::failure::Failure;
use super::read::size;
use super::write::TRIES;

/// The checkpoints that are not kept, and that no kept one is restored from.
const DELETE_CHECKPOINTS: &str = "\
    WITH RECURSIVE kept (seq, parent, is_whole) AS ( \
      SELECT c.seq, c.parent, EXISTS ( \
        SELECT FROM graph_checkpoint.snapshots s WHERE s.thread = c.thread AND s.checkpoint = c.id) \
      FROM graph_checkpoint.checkpoints c WHERE c.thread = $1 AND (c.at >= $3::timestamptz OR c.seq IN ( \
        SELECT seq FROM graph_checkpoint.checkpoints WHERE thread = $1 ORDER BY seq DESC LIMIT $2)) \
      UNION \
      SELECT p.seq, p.parent, EXISTS ( \
        SELECT FROM graph_checkpoint.snapshots s WHERE s.thread = p.thread AND s.checkpoint = p.id) \
      FROM kept k JOIN graph_checkpoint.checkpoints p ON p.thread = $1 AND p.id = k.parent AND p.seq < k.seq \
      WHERE NOT k.is_whole \
    ) DELETE FROM graph_checkpoint.checkpoints WHERE thread = $1 AND seq NOT IN (SELECT seq FROM kept)";

const DELETE_THEIR_PARTS: [&str; 2] = [
    "DELETE FROM graph_checkpoint.snapshots WHERE thread = $1 \
    AND checkpoint NOT IN (SELECT id FROM graph_checkpoint.checkpoints WHERE thread = $1)",
    "DELETE FROM graph_checkpoint.pending_writes WHERE thread = $1 \
    AND id <> (SELECT last FROM graph_checkpoint.threads WHERE number = $1) \
    AND checkpoint NOT IN (SELECT id FROM graph_checkpoint.checkpoints WHERE thread = $1)",
];

/// Locks a thread, so that nothing is appended in the meantime. Statements after it see all that was.
const LOCK: &str = "SELECT number FROM graph_checkpoint.threads WHERE id = $1 FOR UPDATE";

pub(super) async fn prune(client: &mut Client, thread: &str, retention: &Retention) -> Result<Pruned, Failure> {
    let mut tries = 0;
    loop {
        match try_prune(client, thread, retention).await {
            Err(failure) if failure.is_transient() && tries < TRIES => tries += 1,
            result => return result,
        }
    }
}

async fn try_prune(client: &mut Client, thread: &str, retention: &Retention) -> Result<Pruned, Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let Some(row) = transaction.query_opt(LOCK, &[&thread]).await? else { return Ok(Pruned::default()) };
    let number: i64 = row.try_get(0)?;
    let before = size(&transaction, thread).await?;
    let (last, since) = (limit(Some(retention.last)), retention.since().map(timestamp));
    let delete = transaction.prepare_cached(DELETE_CHECKPOINTS).await?;
    let deleted = transaction.execute(&delete, &[&number, &last, &since]).await?;
    for delete in DELETE_THEIR_PARTS {
        let delete = transaction.prepare_cached(delete).await?;
        transaction.execute(&delete, &[&number]).await?;
    }
    let freed = before.saturating_sub(size(&transaction, thread).await?);
    transaction.commit().await?;
    Ok(Pruned::new(deleted, freed))
}

pub(super) async fn add_snapshot(
    client: &mut Client,
    thread: &str,
    checkpoint: Uuid,
    whole: WholeState,
) -> Result<(), Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let query = "SELECT t.number, c.body FROM graph_checkpoint.threads t \
        JOIN graph_checkpoint.checkpoints c ON c.thread = t.number AND c.id = $2 WHERE t.id = $1 FOR UPDATE OF t";
    let Some(row) = transaction.query_opt(query, &[&thread, &checkpoint]).await? else {
        return Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }.into());
    };
    let number: i64 = row.try_get(0)?;
    let mut record = SealedRecord::new(row.try_get(1)?, None).open(thread, checkpoint)?;
    if let RecordKind::Step(step) = &mut record.kind {
        step.add_snapshot(whole);
    }
    let sealed = record.seal()?;
    let insert = "INSERT INTO graph_checkpoint.snapshots (thread, checkpoint, body) VALUES ($1, $2, $3) \
        ON CONFLICT DO NOTHING";
    // None if it has one already.
    if transaction.execute(insert, &[&number, &checkpoint, &sealed.snapshot]).await? > 0 {
        let update = "UPDATE graph_checkpoint.checkpoints SET body = $3 WHERE thread = $1 AND id = $2";
        transaction.execute(update, &[&number, &checkpoint, &sealed.body]).await?;
    }
    Ok(transaction.commit().await?)
}
