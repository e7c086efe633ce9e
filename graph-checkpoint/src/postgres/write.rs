//! Appending, deleting and copying.

use deadpool_postgres::Client;
use graph_core::checkpoint::{CheckpointError, Lease, Record, RecordKind, SealedRecord};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Row};

use super::convert::timestamp;
use super::failure::Failure;
use super::leases;

/// How often a statement is sent that was in the way of another one. Under `READ COMMITTED`, which is the default, none
/// is.
const TRIES: usize = 5;

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
    match lease {
        Some(lease) if !row.try_get::<_, bool>("is_current")? => Err(leases::stale(thread, lease)),
        _ if !row.try_get::<_, bool>("is_saved")? => Err(conflict().into()),
        _ => Ok(()),
    }
}

/// The head of a statement that appends. `log` is the thread's number and the record's place in its log; it is empty, and
/// nothing is saved, if the lease is not the current one, or another record than `$3` is the last.
///
/// The lock on the lease keeps other owners waiting until the record is saved.
macro_rules! compare_and_swap {
    () => {
        "WITH lease AS MATERIALIZED ( \
          SELECT epoch FROM graph_checkpoint.leases WHERE thread = $1 AND epoch = $2::bigint FOR SHARE \
        ), next AS ( \
          UPDATE graph_checkpoint.threads SET last = $4, records = records + 1, updated_at = $5 \
          WHERE id = $1 AND last = $3 AND ($2::bigint IS NULL OR EXISTS (SELECT FROM lease)) \
          RETURNING number, records - 1 AS seq \
        ), first AS ( \
          INSERT INTO graph_checkpoint.threads (id, last, records, updated_at) \
          SELECT $1, $4, 1, $5 WHERE $3::uuid IS NULL AND ($2::bigint IS NULL OR EXISTS (SELECT FROM lease)) \
          ON CONFLICT (id) DO NOTHING \
          RETURNING number, 0::bigint AS seq \
        ), log AS (SELECT number, seq FROM next UNION ALL SELECT number, seq FROM first)"
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
                compare_and_swap!(),
                ", checkpoint AS ( \
                  INSERT INTO graph_checkpoint.checkpoints \
                    (thread, seq, id, parent, input, namespace, step, source, at, body) \
                  SELECT number, seq, $4, $6, $7, $8, $9, $10, $5, $11 FROM log \
                ), snapshot AS ( \
                  INSERT INTO graph_checkpoint.snapshots (thread, checkpoint, body) \
                  SELECT number, $4, $12 FROM log WHERE $12::bytea IS NOT NULL \
                ) SELECT EXISTS (SELECT FROM lease) AS is_current, EXISTS (SELECT FROM log) AS is_saved"
            )
        }
        RecordKind::Pending(pending) => {
            values.extend::<[&(dyn ToSql + Sync); 3]>([&pending.parent, &pending.step, &sealed.body]);
            concat!(
                compare_and_swap!(),
                ", pending AS ( \
                  INSERT INTO graph_checkpoint.pending_writes (thread, seq, id, checkpoint, step, at, body) \
                  SELECT number, seq, $4, $6, $7, $5, $8 FROM log \
                ) SELECT EXISTS (SELECT FROM lease) AS is_current, EXISTS (SELECT FROM log) AS is_saved"
            )
        }
        _ => return Err(Failure::of("a record of a kind that has no table")),
    };
    Ok(client.query_one(&client.prepare_cached(statement).await?, &values).await?)
}

pub(super) async fn delete(client: &mut Client, thread: &str) -> Result<(), Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    // The lease first: that is the order in which an append locks.
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
