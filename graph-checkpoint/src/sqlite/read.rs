//! Loading and listing.

use graph_core::checkpoint::{CheckpointError, HistoryQuery, Lineage, Record, SealedRecord, ThreadInfo, ThreadsQuery};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::convert::{id, limit, optional_id, time};
use super::pool::Failure;

/// A row of `checkpoints`, with its snapshot.
struct Checkpoint {
    seq: i64,
    id: Uuid,
    parent: Option<Uuid>,
    sealed: SealedRecord,
}

impl Checkpoint {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let sealed = SealedRecord::new(row.get("body")?, row.get("snapshot")?);
        Ok(Self { seq: row.get("seq")?, id: id(row, "id")?, parent: optional_id(row, "parent")?, sealed })
    }
}

/// The number of a thread, and the id of its last record.
fn log(transaction: &Transaction<'_>, thread: &str) -> rusqlite::Result<Option<(i64, Uuid)>> {
    let mut query = transaction.prepare_cached("SELECT number, last FROM threads WHERE id = ?1")?;
    query.query_row([thread], |row| Ok((row.get("number")?, id(row, "last")?))).optional()
}

pub(super) fn load(connection: &mut Connection, thread: &str, at: Option<Uuid>) -> Result<Lineage, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let unknown = |checkpoint| CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint };
    let Some((number, last)) = log(&transaction, thread)? else {
        return at.map_or(Ok(Lineage::default()), |at| Err(unknown(at).into()));
    };
    let head = match at {
        None => transaction
            .prepare_cached(
                "SELECT c.seq, c.id, c.parent, c.body, s.body AS snapshot FROM checkpoints c \
                LEFT JOIN snapshots s ON s.thread = c.thread AND s.checkpoint = c.id \
                WHERE c.thread = ?1 ORDER BY c.seq DESC LIMIT 1",
            )?
            .query_row([number], Checkpoint::of)
            .optional()?,
        Some(at) => transaction
            .prepare_cached(
                "SELECT c.seq, c.id, c.parent, c.body, s.body AS snapshot FROM checkpoints c \
                LEFT JOIN snapshots s ON s.thread = c.thread AND s.checkpoint = c.id \
                WHERE c.thread = ?1 AND (c.id = ?2 OR c.input = ?2)",
            )?
            .query_row(params![number, at.as_bytes()], Checkpoint::of)
            .optional()?,
    };
    let Some(head) = head else {
        return at.map_or(Ok(Lineage::new(Vec::new(), Some(last))), |at| Err(unknown(at).into()));
    };
    let is_input = at.is_some_and(|at| at != head.id);
    let (head_id, head_parent) = (head.id, head.parent);
    let mut records = lineage(&transaction, thread, number, head, is_input)?;
    if let (Some(at), true, Some(_), 1) = (at, is_input, head_parent, records.len()) {
        // The checkpoint before the input was pruned.
        return Err(unknown(at).into());
    }
    if !is_input {
        let mut query = transaction
            .prepare_cached("SELECT id, body FROM pending_writes WHERE thread = ?1 AND checkpoint = ?2 ORDER BY seq")?;
        let mut rows = query.query(params![number, head_id.as_bytes()])?;
        while let Some(row) = rows.next()? {
            records.push(SealedRecord::new(row.get("body")?, None).open(thread, id(row, "id")?)?);
        }
    }
    Ok(Lineage::new(records, Some(last)))
}

/// The checkpoints from the nearest snapshot to `head`.
fn lineage(
    transaction: &Transaction<'_>,
    thread: &str,
    number: i64,
    head: Checkpoint,
    is_input: bool,
) -> Result<Vec<Record>, Failure> {
    let mut query = transaction.prepare_cached(
        "SELECT c.seq, c.id, c.parent, c.body, s.body AS snapshot FROM checkpoints c \
        LEFT JOIN snapshots s ON s.thread = c.thread AND s.checkpoint = c.id \
        WHERE c.thread = ?1 AND c.id = ?2 AND c.seq < ?3",
    )?;
    let mut records = vec![head.sealed.open(thread, head.id)?];
    let mut at = head;
    // The snapshot of the record that applies an input has the state after it.
    while at.sealed.snapshot.is_none() || (is_input && records.len() == 1) {
        let Some(parent) = at.parent else { break };
        let row = query.query_row(params![number, parent.as_bytes(), at.seq], Checkpoint::of).optional()?;
        let Some(parent) = row else { break };
        records.push(parent.sealed.open(thread, parent.id)?);
        at = parent;
    }
    records.reverse();
    Ok(records)
}

pub(super) fn history(connection: &mut Connection, thread: &str, asked: &HistoryQuery) -> Result<Vec<Record>, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let number = log(&transaction, thread)?.map(|(number, _)| number);
    let mut before: Option<i64> = None;
    if let Some(checkpoint) = asked.before {
        before = transaction
            .prepare_cached("SELECT seq FROM checkpoints WHERE thread = ?1 AND (id = ?2 OR input = ?2)")?
            .query_row(params![number, checkpoint.as_bytes()], |row| row.get(0))
            .optional()?;
        if before.is_none() {
            return Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }.into());
        }
    }
    let mut query = transaction.prepare_cached(
        "SELECT c.seq, c.id, c.parent, c.body, s.body AS snapshot FROM checkpoints c \
        LEFT JOIN snapshots s ON ?6 AND s.thread = c.thread AND s.checkpoint = c.id \
        WHERE c.thread = ?1 AND (?2 IS NULL OR c.seq < ?2) AND ( \
          ((?3 IS NULL OR c.source = ?3) AND (?4 IS NULL OR c.step = ?4)) \
          OR (c.input IS NOT NULL AND (?3 IS NULL OR ?3 = 'input') AND (?4 IS NULL OR c.step - 1 = ?4))) \
        ORDER BY c.seq DESC LIMIT ?5",
    )?;
    let source = asked.source.map(graph_core::checkpoint::Source::name);
    let with_snapshots = !asked.without_snapshots;
    let mut rows = query.query(params![number, before, source, asked.step, limit(asked.limit), with_snapshots])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let Checkpoint { id, sealed, .. } = Checkpoint::of(row)?;
        records.push(sealed.open(thread, id)?);
    }
    Ok(records)
}

pub(super) fn threads(connection: &mut Connection, asked: &ThreadsQuery) -> Result<Vec<ThreadInfo>, Failure> {
    let mut query = connection
        .prepare_cached("SELECT id, updated_at FROM threads WHERE ?1 IS NULL OR id > ?1 ORDER BY id LIMIT ?2")?;
    let rows = query.query_map(params![asked.after, limit(asked.limit)], |row| {
        Ok(ThreadInfo::new(row.get::<_, String>("id")?, time(row.get("updated_at")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The bytes of a thread; 0 for an unknown one.
pub(super) fn bytes(connection: &Connection, thread: &str) -> Result<u64, Failure> {
    let mut query = connection.prepare_cached(
        "SELECT (SELECT coalesce(sum(length(body)), 0) FROM checkpoints WHERE thread = number) \
        + (SELECT coalesce(sum(length(body)), 0) FROM snapshots WHERE thread = number) \
        + (SELECT coalesce(sum(length(body)), 0) FROM pending_writes WHERE thread = number) \
        FROM threads WHERE id = ?1",
    )?;
    let bytes: Option<i64> = query.query_row([thread], |row| row.get(0)).optional()?;
    Ok(bytes.unwrap_or(0).unsigned_abs())
}
