//! Deleting checkpoints of a thread, and the snapshots that make it possible.

use graph_core::checkpoint::{CheckpointError, Pruned, RecordKind, Retention, SealedRecord, WholeState};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use super::convert::{limit, microseconds};
use super::pool::Failure;
use super::read::bytes;

/// The checkpoints that are not kept, and that no kept one is restored from.
const DELETE_CHECKPOINTS: &str = "\
    WITH RECURSIVE kept (seq, parent, is_whole) AS ( \
      SELECT c.seq, c.parent, \
        EXISTS (SELECT 1 FROM snapshots s WHERE s.thread = c.thread AND s.checkpoint = c.id) \
      FROM checkpoints c WHERE c.thread = ?1 AND (c.at >= ?3 OR c.seq IN ( \
        SELECT seq FROM checkpoints WHERE thread = ?1 ORDER BY seq DESC LIMIT ?2)) \
      UNION \
      SELECT p.seq, p.parent, \
        EXISTS (SELECT 1 FROM snapshots s WHERE s.thread = p.thread AND s.checkpoint = p.id) \
      FROM kept k JOIN checkpoints p ON p.thread = ?1 AND p.id = k.parent AND p.seq < k.seq \
      WHERE NOT k.is_whole \
    ) DELETE FROM checkpoints WHERE thread = ?1 AND seq NOT IN (SELECT seq FROM kept)";

const DELETE_THEIR_PARTS: [&str; 2] = [
    "DELETE FROM snapshots WHERE thread = ?1 \
    AND checkpoint NOT IN (SELECT id FROM checkpoints WHERE thread = ?1)",
    "DELETE FROM pending_writes WHERE thread = ?1 AND id <> (SELECT last FROM threads WHERE number = ?1) \
    AND checkpoint NOT IN (SELECT id FROM checkpoints WHERE thread = ?1)",
];

pub(super) fn prune(connection: &mut Connection, thread: &str, retention: &Retention) -> Result<Pruned, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(number) = number(&transaction, thread)? else { return Ok(Pruned::default()) };
    let before = bytes(&transaction, thread)?;
    let (last, since) = (limit(Some(retention.last)), retention.since().map(microseconds));
    let deleted = transaction.prepare_cached(DELETE_CHECKPOINTS)?.execute(params![number, last, since])?;
    for delete in DELETE_THEIR_PARTS {
        transaction.prepare_cached(delete)?.execute([number])?;
    }
    let freed = before.saturating_sub(bytes(&transaction, thread)?);
    transaction.commit()?;
    Ok(Pruned::new(deleted as u64, freed))
}

pub(super) fn add_snapshot(
    connection: &mut Connection,
    thread: &str,
    checkpoint: Uuid,
    whole: WholeState,
) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = number(&transaction, thread)?;
    let body = transaction
        .prepare_cached("SELECT body FROM checkpoints WHERE thread = ?1 AND id = ?2")?
        .query_row(params![number, checkpoint.as_bytes()], |row| row.get(0))
        .optional()?;
    let Some(body) = body else {
        return Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }.into());
    };
    let insert = "INSERT INTO snapshots (thread, checkpoint, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    let mut record = SealedRecord::new(body, None).open(thread, checkpoint)?;
    if let RecordKind::Step(step) = &mut record.kind {
        step.add_snapshot(whole);
    }
    let sealed = record.seal()?;
    // None if it has one already.
    if transaction.prepare_cached(insert)?.execute(params![number, checkpoint.as_bytes(), sealed.snapshot])? > 0 {
        transaction
            .prepare_cached("UPDATE checkpoints SET body = ?3 WHERE thread = ?1 AND id = ?2")?
            .execute(params![number, checkpoint.as_bytes(), sealed.body])?;
    }
    Ok(transaction.commit()?)
}

fn number(connection: &Connection, thread: &str) -> rusqlite::Result<Option<i64>> {
    let mut query = connection.prepare_cached("SELECT number FROM threads WHERE id = ?1")?;
    query.query_row([thread], |row| row.get(0)).optional()
}
