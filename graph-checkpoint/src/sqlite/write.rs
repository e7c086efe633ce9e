//! Appending, deleting and copying.

use graph_core::checkpoint::{CheckpointError, Lease, Record, RecordKind, StepRecord};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::convert::{id, microseconds};
use super::leases;
use super::pool::Failure;

pub(super) fn append(
    connection: &mut Connection,
    thread: &str,
    record: &Record,
    lease: Option<&Lease>,
) -> Result<(), Failure> {
    let sealed = record.seal()?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    leases::fence(&transaction, thread, lease)?;
    let log = transaction
        .prepare_cached("SELECT number, last, records FROM threads WHERE id = ?1")?
        .query_row([thread], |row| Ok((row.get::<_, i64>("number")?, id(row, "last")?, row.get::<_, i64>("records")?)))
        .optional()?;
    if log.map(|(_, last, _)| last) != record.after {
        return Err(CheckpointError::Conflict { thread: thread.to_owned(), step: record.super_step() }.into());
    }
    if let RecordKind::Step(StepRecord { parent: Some(parent), snapshot: None, .. }) = &record.kind
        && record.after != Some(*parent)
        && !has_checkpoint(&transaction, log.map(|(number, ..)| number), *parent)?
    {
        return Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint: *parent }.into());
    }
    let at = microseconds(record.at);
    let (number, seq) = match log {
        Some((number, _, records)) => {
            transaction
                .prepare_cached("UPDATE threads SET last = ?2, records = ?3, updated_at = ?4 WHERE number = ?1")?
                .execute(params![number, record.id.as_bytes(), records + 1, at])?;
            (number, records)
        }
        None => {
            transaction
                .prepare_cached("INSERT INTO threads (id, last, records, updated_at) VALUES (?1, ?2, 1, ?3)")?
                .execute(params![thread, record.id.as_bytes(), at])?;
            (transaction.last_insert_rowid(), 0)
        }
    };
    insert(&transaction, number, seq, record, &sealed.body)?;
    if let Some(snapshot) = &sealed.snapshot {
        transaction
            .prepare_cached("INSERT INTO snapshots (thread, checkpoint, body) VALUES (?1, ?2, ?3)")?
            .execute(params![number, record.id.as_bytes(), snapshot])?;
    }
    Ok(transaction.commit()?)
}

fn has_checkpoint(transaction: &Transaction<'_>, thread: Option<i64>, checkpoint: Uuid) -> rusqlite::Result<bool> {
    let mut query = transaction.prepare_cached("SELECT 1 FROM checkpoints WHERE thread = ?1 AND id = ?2")?;
    query.exists(params![thread, checkpoint.as_bytes()])
}

fn insert(transaction: &Transaction<'_>, thread: i64, seq: i64, record: &Record, body: &[u8]) -> Result<(), Failure> {
    let (id, at) = (record.id.as_bytes(), microseconds(record.at));
    match &record.kind {
        RecordKind::Step(step) => {
            let (parent, input) = (step.parent.as_ref().map(Uuid::as_bytes), step.input.map(Uuid::into_bytes));
            let (namespace, source) = (&record.namespace, step.source.name());
            transaction
                .prepare_cached(
                    "INSERT INTO checkpoints (thread, seq, id, parent, input, namespace, step, source, at, body) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![thread, seq, id, parent, input, namespace, step.step, source, at, body])?;
        }
        RecordKind::Pending(pending) => {
            transaction
                .prepare_cached(
                    "INSERT INTO pending_writes (thread, seq, id, checkpoint, step, at, body) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![thread, seq, id, pending.parent.as_bytes(), pending.step, at, body])?;
        }
        _ => return Err(CheckpointError::Saver("a record of a kind that has no table".into()).into()),
    }
    Ok(())
}

pub(super) fn delete(connection: &mut Connection, thread: &str, lease: Option<&Lease>) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    leases::fence(&transaction, thread, lease)?;
    // The rows of the other tables go with it.
    transaction.prepare_cached("DELETE FROM threads WHERE id = ?1")?.execute([thread])?;
    transaction.prepare_cached("DELETE FROM leases WHERE thread = ?1")?.execute([thread])?;
    Ok(transaction.commit()?)
}

pub(super) fn copy(connection: &mut Connection, from: &str, to: &str) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = |thread: &str| {
        let mut query = transaction.prepare_cached("SELECT number FROM threads WHERE id = ?1")?;
        query.query_row([thread], |row| row.get::<_, i64>(0)).optional()
    };
    if number(to)?.is_some() {
        return Err(CheckpointError::ThreadExists { thread: to.to_owned() }.into());
    }
    leases::check_free(&transaction, to)?;
    let Some(old) = number(from)? else {
        return Err(CheckpointError::UnknownThread { thread: from.to_owned() }.into());
    };
    transaction.execute(
        "INSERT INTO threads (id, last, records, updated_at) SELECT ?2, last, records, updated_at FROM threads \
        WHERE number = ?1",
        params![old, to],
    )?;
    let new = transaction.last_insert_rowid();
    for copy_rows in [
        "INSERT INTO checkpoints (thread, seq, id, parent, input, namespace, step, source, at, body) \
        SELECT ?2, seq, id, parent, input, namespace, step, source, at, body FROM checkpoints WHERE thread = ?1",
        "INSERT INTO snapshots (thread, checkpoint, body) SELECT ?2, checkpoint, body FROM snapshots WHERE thread = ?1",
        "INSERT INTO pending_writes (thread, seq, id, checkpoint, step, at, body) \
        SELECT ?2, seq, id, checkpoint, step, at, body FROM pending_writes WHERE thread = ?1",
    ] {
        transaction.execute(copy_rows, [old, new])?;
    }
    Ok(transaction.commit()?)
}
