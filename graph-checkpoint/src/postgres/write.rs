//! Appending, deleting and copying.

use deadpool_postgres::Client;
use graph_core::checkpoint::{CheckpointError, Lease, Record, RecordKind, SealedRecord, StepRecord};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Row};

use super::convert::timestamp;
use super::failure::Failure;
use super::leases;

/// How often a statement is sent that was in the way of another one. Under `READ COMMITTED`, which is the default, none
/// is.
pub(super) const TRIES: usize = 5;

pub(super) async fn append(
    client: &Client,
    thread: &str,
    record: &Record,
    lease: Option<&Lease>,
) -> Result<(), Failure> {
    let conflict = || CheckpointError::Conflict { thread: thread.to_owned(), step: record.super_step() };
    let sealed = record.seal()?;
    let mut tries = 0;
    let row = loop {
        match insert(client, thread, record, &sealed, lease).await {
            Err(failure) if failure.is_transient() && tries < TRIES => tries += 1,
            Err(failure) if failure.is_transient() || failure.is_unique_violation() => return Err(conflict().into()),
            result => break result?,
        }
    };
    if row.try_get("is_saved")? {
        return Ok(());
    }
    match (lease, row.try_get::<_, Option<String>>("owner")?) {
        (Some(lease), _) if !row.try_get::<_, bool>("is_allowed")? => Err(leases::stale(thread, lease)),
        (None, Some(owner)) => Err(leases::leased(thread, owner, row.try_get("remaining")?)),
        _ => match &record.kind {
            RecordKind::Step(StepRecord { parent: Some(parent), .. })
                if row.try_get("follows")? && !row.try_get::<_, bool>("has_parent")? =>
            {
                Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint: *parent }.into())
            }
            _ => Err(conflict().into()),
        },
    }
}

/// The head of a statement that appends. `log` is the thread's number and the record's place in its log; it is empty, and
/// nothing is saved, if the lease is not the current one, another owner has one, a record other than `$3` is the last, or
/// the condition `$has_parent` does not hold.
///
/// The lock on the lease keeps other owners waiting until the record is saved.
macro_rules! compare_and_swap {
    ($has_parent:literal) => {
        concat!(
            "WITH lease AS MATERIALIZED ( \
              SELECT epoch, owner, ceil(extract(epoch FROM until - clock_timestamp()) * 1000)::bigint AS remaining \
              FROM graph_checkpoint.leases WHERE thread = $1 FOR SHARE \
            ), fence AS MATERIALIZED ( \
              SELECT CASE WHEN $2::bigint IS NULL THEN NOT EXISTS (SELECT FROM lease WHERE remaining > 0) \
              ELSE EXISTS (SELECT FROM lease WHERE epoch = $2) END AS is_allowed \
            ), parent AS MATERIALIZED (SELECT ",
            $has_parent,
            " AS is_there), next AS ( \
              UPDATE graph_checkpoint.threads SET last = $4, records = records + 1, updated_at = $5 \
              WHERE id = $1 AND last = $3 AND (SELECT is_allowed FROM fence) AND (SELECT is_there FROM parent) \
              RETURNING number, records - 1 AS seq \
            ), first AS ( \
              INSERT INTO graph_checkpoint.threads (id, last, records, updated_at) \
              SELECT $1, $4, 1, $5 WHERE $3::uuid IS NULL \
                AND (SELECT is_allowed FROM fence) AND (SELECT is_there FROM parent) \
              ON CONFLICT (id) DO NOTHING \
              RETURNING number, 0::bigint AS seq \
            ), log AS (SELECT number, seq FROM next UNION ALL SELECT number, seq FROM first)"
        )
    };
}

/// The end of that statement: what has happened.
macro_rules! outcome {
    () => {
        " SELECT EXISTS (SELECT FROM log) AS is_saved, (SELECT is_allowed FROM fence) AS is_allowed, \
          (SELECT owner FROM lease WHERE remaining > 0) AS owner, (SELECT remaining FROM lease) AS remaining, \
          (SELECT is_there FROM parent) AS has_parent, \
          (SELECT last FROM graph_checkpoint.threads WHERE id = $1) IS NOT DISTINCT FROM $3 AS follows"
    };
}

/// One statement, and so one transaction and one round trip.
async fn insert(
    client: &Client,
    thread: &str,
    record: &Record,
    sealed: &SealedRecord,
    lease: Option<&Lease>,
) -> Result<Row, Failure> {
    let (epoch, at) = (lease.map(leases::epoch), timestamp(record.at));
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&thread, &epoch, &record.after, &record.id, &at];
    let source;
    let statement = match &record.kind {
        RecordKind::Step(step) => {
            source = step.source.name();
            values.extend::<[&(dyn ToSql + Sync); 7]>([
                &step.parent,
                &step.input,
                &record.namespace,
                &step.step,
                &source,
                &sealed.body,
                &sealed.snapshot,
            ]);
            concat!(
                // Whether the checkpoint can be restored. The locks, on the thread first, make this wait for a prune that
                // deletes its parent. The log's last record stays.
                compare_and_swap!(
                    "$6::uuid IS NULL OR $12::bytea IS NOT NULL OR $6 IS NOT DISTINCT FROM $3 OR EXISTS ( \
                      SELECT FROM graph_checkpoint.threads t \
                      JOIN graph_checkpoint.checkpoints c ON c.thread = t.number AND c.id = $6 \
                      WHERE t.id = $1 FOR NO KEY UPDATE OF t FOR KEY SHARE OF c)"
                ),
                ", checkpoint AS ( \
                  INSERT INTO graph_checkpoint.checkpoints \
                    (thread, seq, id, parent, input, namespace, step, source, at, body) \
                  SELECT number, seq, $4, $6, $7, $8, $9, $10, $5, $11 FROM log \
                ), snapshot AS ( \
                  INSERT INTO graph_checkpoint.snapshots (thread, checkpoint, body) \
                  SELECT number, $4, $12 FROM log WHERE $12::bytea IS NOT NULL \
                )",
                outcome!()
            )
        }
        RecordKind::Pending(pending) => {
            values.extend::<[&(dyn ToSql + Sync); 3]>([&pending.parent, &pending.step, &sealed.body]);
            concat!(
                compare_and_swap!("true"),
                ", pending AS ( \
                  INSERT INTO graph_checkpoint.pending_writes (thread, seq, id, checkpoint, step, at, body) \
                  SELECT number, seq, $4, $6, $7, $5, $8 FROM log \
                )",
                outcome!()
            )
        }
        _ => return Err(Failure::of("a record of a kind that has no table")),
    };
    Ok(client.query_one(&client.prepare_cached(statement).await?, &values).await?)
}

pub(super) async fn delete(client: &mut Client, thread: &str, lease: Option<&Lease>) -> Result<(), Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    // The lease first: that is the order in which an append locks.
    leases::fence(&transaction, thread, lease).await?;
    transaction.execute("DELETE FROM graph_checkpoint.leases WHERE thread = $1", &[&thread]).await?;
    // The rows of the other tables go with it.
    transaction.execute("DELETE FROM graph_checkpoint.threads WHERE id = $1", &[&thread]).await?;
    Ok(transaction.commit().await?)
}

const COPY_THREAD: &str = "\
    INSERT INTO graph_checkpoint.threads (id, last, records, updated_at) \
    SELECT $2, last, records, updated_at FROM graph_checkpoint.threads WHERE number = $1 \
    ON CONFLICT (id) DO NOTHING RETURNING number";

const COPY_ROWS: [&str; 3] = [
    "INSERT INTO graph_checkpoint.checkpoints (thread, seq, id, parent, input, namespace, step, source, at, body) \
    SELECT $2, seq, id, parent, input, namespace, step, source, at, body \
    FROM graph_checkpoint.checkpoints WHERE thread = $1",
    "INSERT INTO graph_checkpoint.snapshots (thread, checkpoint, body) \
    SELECT $2, checkpoint, body FROM graph_checkpoint.snapshots WHERE thread = $1",
    "INSERT INTO graph_checkpoint.pending_writes (thread, seq, id, checkpoint, step, at, body) \
    SELECT $2, seq, id, checkpoint, step, at, body FROM graph_checkpoint.pending_writes WHERE thread = $1",
];

pub(super) async fn copy(client: &mut Client, from: &str, to: &str) -> Result<(), Failure> {
    let exists = || CheckpointError::ThreadExists { thread: to.to_owned() };
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    if transaction.query_opt("SELECT FROM graph_checkpoint.threads WHERE id = $1", &[&to]).await?.is_some() {
        return Err(exists().into());
    }
    leases::fence(&transaction, to, None).await?;
    // Locked, so that nothing is appended while it is copied.
    let lock = "SELECT number FROM graph_checkpoint.threads WHERE id = $1 FOR SHARE";
    let Some(old) = transaction.query_opt(lock, &[&from]).await? else {
        return Err(CheckpointError::UnknownThread { thread: from.to_owned() }.into());
    };
    let old: i64 = old.try_get(0)?;
    let Some(new) = transaction.query_opt(COPY_THREAD, &[&old, &to]).await? else {
        return Err(exists().into());
    };
    let new: i64 = new.try_get(0)?;
    for copy_rows in COPY_ROWS {
        transaction.execute(copy_rows, &[&old, &new]).await?;
    }
    Ok(transaction.commit().await?)
}
