//! Loading and listing.

use deadpool_postgres::{Client, GenericClient};
use graph_core::checkpoint::{
    CheckpointError, HistoryQuery, Lineage, Record, SealedRecord, Source, ThreadInfo, ThreadsQuery,
};
use tokio_postgres::{IsolationLevel, Row};
use uuid::Uuid;

use super::convert::limit;
use super::failure::Failure;

/// The checkpoints from the nearest snapshot to `head`, which is the checkpoint `$2` or the newest; then the pending
/// writes of `head`. One row without an id if there is no `head`, none if there is no thread.
///
/// The snapshot of the record that applies an input has the state after it: the input's own checkpoint is restored from
/// the one before.
const LOAD: &str = "\
    WITH RECURSIVE log AS ( \
      SELECT number, last FROM graph_checkpoint.threads WHERE id = $1 \
    ), head AS ( \
      ( \
        SELECT thread, seq, id, parent, body, false AS is_input FROM graph_checkpoint.checkpoints \
        WHERE $2::uuid IS NULL AND thread = (SELECT number FROM log) ORDER BY seq DESC LIMIT 1 \
      ) \
      UNION ALL \
      SELECT thread, seq, id, parent, body, false FROM graph_checkpoint.checkpoints \
      WHERE thread = (SELECT number FROM log) AND id = $2 \
      UNION ALL \
      SELECT thread, seq, id, parent, body, true FROM graph_checkpoint.checkpoints \
      WHERE thread = (SELECT number FROM log) AND input = $2 \
    ), lineage AS ( \
      SELECT h.thread, h.seq, h.id, h.parent, h.body, s.body AS snapshot, \
        s.body IS NOT NULL AND NOT h.is_input AS is_whole \
      FROM head h LEFT JOIN graph_checkpoint.snapshots s ON s.thread = h.thread AND s.checkpoint = h.id \
      UNION ALL \
      SELECT c.thread, c.seq, c.id, c.parent, c.body, s.body, s.body IS NOT NULL \
      FROM lineage l \
      JOIN graph_checkpoint.checkpoints c ON c.thread = l.thread AND c.id = l.parent AND c.seq < l.seq \
      LEFT JOIN graph_checkpoint.snapshots s ON s.thread = c.thread AND s.checkpoint = c.id \
      WHERE NOT l.is_whole \
    ), records AS ( \
      SELECT 1 AS part, seq, id, body, snapshot FROM lineage \
      UNION ALL \
      SELECT 2, p.seq, p.id, p.body, NULL FROM head h \
      JOIN graph_checkpoint.pending_writes p ON p.thread = h.thread AND p.checkpoint = h.id WHERE NOT h.is_input \
    ) \
    SELECT log.last, r.id, r.body, r.snapshot FROM log LEFT JOIN records r ON true ORDER BY r.part, r.seq";

pub(super) async fn load(client: &Client, thread: &str, at: Option<Uuid>) -> Result<Lineage, Failure> {
    let rows = client.query(&client.prepare_cached(LOAD).await?, &[&thread, &at]).await?;
    let last = rows.first().map(|row| row.try_get("last")).transpose()?;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        if row.try_get::<_, Option<Uuid>>("id")?.is_some() {
            records.push(record(thread, &row)?);
        }
    }
    // An input's own checkpoint, if the one before it was pruned.
    let is_pruned = |record: &Record| {
        Some(record.id) != at && record.as_step().is_some_and(|step| step.input == at && step.parent.is_some())
    };
    match at {
        Some(checkpoint) if records.is_empty() || (records.len() == 1 && is_pruned(&records[0])) => {
            Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }.into())
        }
        _ => Ok(Lineage::new(records, last)),
    }
}

fn record(thread: &str, row: &Row) -> Result<Record, Failure> {
    let sealed = SealedRecord::new(row.try_get("body")?, row.try_get("snapshot")?);
    Ok(sealed.open(thread, row.try_get("id")?)?)
}

pub(super) async fn history(client: &mut Client, thread: &str, asked: &HistoryQuery) -> Result<Vec<Record>, Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let transaction = transaction.start().await?;
    let mut before: Option<i64> = None;
    if let Some(checkpoint) = asked.before {
        let place = transaction
            .prepare_cached(
                "SELECT c.seq FROM graph_checkpoint.threads t JOIN graph_checkpoint.checkpoints c ON c.thread = t.number \
                WHERE t.id = $1 AND (c.id = $2 OR c.input = $2)",
            )
            .await?;
        let Some(place) = transaction.query_opt(&place, &[&thread, &checkpoint]).await? else {
            return Err(CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }.into());
        };
        before = place.try_get(0)?;
    }
    let query = transaction
        .prepare_cached(
            "SELECT c.id, c.body, s.body AS snapshot FROM graph_checkpoint.checkpoints c \
            LEFT JOIN graph_checkpoint.snapshots s ON $6 AND s.thread = c.thread AND s.checkpoint = c.id \
            WHERE c.thread = (SELECT number FROM graph_checkpoint.threads WHERE id = $1) \
            AND ($2::bigint IS NULL OR c.seq < $2) AND ( \
              (($3::text IS NULL OR c.source = $3) AND ($4::bigint IS NULL OR c.step = $4)) \
              OR (c.input IS NOT NULL AND ($3 IS NULL OR $3 = 'input') AND ($4 IS NULL OR c.step - 1 = $4))) \
            ORDER BY c.seq DESC LIMIT $5",
        )
        .await?;
    let (source, with_snapshots) = (asked.source.map(Source::name), !asked.without_snapshots);
    let rows = transaction
        .query(&query, &[&thread, &before, &source, &asked.step, &limit(asked.limit), &with_snapshots])
        .await?;
    rows.iter().map(|row| record(thread, row)).collect()
}

pub(super) async fn threads(client: &Client, asked: &ThreadsQuery) -> Result<Vec<ThreadInfo>, Failure> {
    // No id is empty.
    let query = client
        .prepare_cached(
            "SELECT id, updated_at FROM graph_checkpoint.threads WHERE id > coalesce($1, '') ORDER BY id LIMIT $2",
        )
        .await?;
    let rows = client.query(&query, &[&asked.after, &limit(asked.limit)]).await?;
    rows.iter().map(|row| Ok(ThreadInfo::new(row.try_get::<_, String>("id")?, row.try_get("updated_at")?))).collect()
}

pub(super) async fn size(client: &impl GenericClient, thread: &str) -> Result<u64, Failure> {
    let query = client
        .prepare_cached(
            "SELECT ((SELECT coalesce(sum(octet_length(body)), 0) FROM graph_checkpoint.checkpoints \
                WHERE thread = number) \
              + (SELECT coalesce(sum(octet_length(body)), 0) FROM graph_checkpoint.snapshots WHERE thread = number) \
              + (SELECT coalesce(sum(octet_length(body)), 0) FROM graph_checkpoint.pending_writes \
                WHERE thread = number))::bigint \
            FROM graph_checkpoint.threads WHERE id = $1",
        )
        .await?;
    let row = client.query_opt(&query, &[&thread]).await?;
    Ok(row.map_or(Ok(0_i64), |row| row.try_get(0))?.unsigned_abs())
}
