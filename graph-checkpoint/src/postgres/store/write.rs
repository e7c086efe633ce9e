//! Writing, deleting and sweeping.

use std::collections::BTreeMap;

use deadpool_postgres::Client;
use graph_core::store::backend::Write;
use graph_core::store::{Namespace, StoreError};
use tokio_postgres::IsolationLevel;

use super::super::convert::{limit, milliseconds};
use super::super::failure::Failure;
use crate::row::json;

/// Its time is that of the statement. Another write of the item may have been waited for, whose time is later.
const PUT: &str = "\
    INSERT INTO graph_checkpoint.store_items AS old \
      (namespace, key, revision, created_at, updated_at, expires_at, value, vectors) \
    VALUES ($1, $2, coalesce($3, nextval('graph_checkpoint.store_revisions')), statement_timestamp(), \
      statement_timestamp(), statement_timestamp() + $4::bigint * interval '1 millisecond', $5::text::json, $6) \
    ON CONFLICT (namespace, key) DO UPDATE SET \
      revision = excluded.revision, \
      created_at = CASE WHEN old.expires_at <= statement_timestamp() \
        THEN excluded.created_at ELSE old.created_at END, \
      updated_at = greatest(old.updated_at, excluded.updated_at), \
      expires_at = excluded.expires_at, \
      value = excluded.value, \
      vectors = excluded.vectors";

pub(super) async fn put(client: &mut Client, writes: Vec<Write>) -> Result<(), Failure<StoreError>> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let put = transaction.prepare_cached(PUT).await?;
    let mut revisions = Vec::new();
    if writes.len() > 1 {
        let next = "SELECT nextval('graph_checkpoint.store_revisions') FROM generate_series(1, $1)";
        let next = transaction.prepare_cached(next).await?;
        let rows = transaction.query(&next, &[&i32::try_from(writes.len()).unwrap_or(i32::MAX)]).await?;
        revisions = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
        revisions.sort_unstable();
    }
    // Locked in the same order by all that write several, so that none waits for another one that waits for it. Of several
    // writes of one item, the last counts.
    let mut by_name = BTreeMap::new();
    for (at, write) in writes.into_iter().enumerate() {
        by_name
            .insert((write.namespace, write.key), (revisions.get(at).copied(), write.value, write.ttl, write.vectors));
    }
    for ((namespace, key), (revision, value, ttl, vectors)) in by_name {
        let (ttl, value, vectors) = (ttl.map(milliseconds), json(&value)?, vectors.to_bytes());
        transaction.execute(&put, &[&namespace.names(), &key, &revision, &ttl, &value, &vectors]).await?;
    }
    Ok(transaction.commit().await?)
}

pub(super) async fn delete(client: &mut Client, namespace: &Namespace, key: &str) -> Result<bool, Failure<StoreError>> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let delete = transaction
        .prepare_cached(
            "DELETE FROM graph_checkpoint.store_items WHERE namespace = $1 AND key = $2 \
            RETURNING expires_at IS NULL OR expires_at > statement_timestamp()",
        )
        .await?;
    let row = transaction.query_opt(&delete, &[&namespace.names(), &key]).await?;
    let was_there = row.map_or(Ok(false), |row| row.try_get(0))?;
    transaction.commit().await?;
    Ok(was_there)
}

/// Removes expired items, up to so many, but none that is being written; how many.
pub(super) async fn sweep(client: &mut Client, most: Option<usize>) -> Result<u64, Failure<StoreError>> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let sweep = transaction
        .prepare_cached(
            "DELETE FROM graph_checkpoint.store_items WHERE expires_at <= statement_timestamp() AND revision IN ( \
              SELECT revision FROM graph_checkpoint.store_items WHERE expires_at <= statement_timestamp() \
              LIMIT $1 FOR UPDATE SKIP LOCKED \
            )",
        )
        .await?;
    let removed = transaction.execute(&sweep, &[&limit(most)]).await?;
    transaction.commit().await?;
    Ok(removed)
}
