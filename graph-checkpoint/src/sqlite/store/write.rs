//! Writing, deleting and sweeping.

use std::time::SystemTime;

use graph_core::store::backend::Write;
use graph_core::store::{Namespace, StoreError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::super::convert::{limit, microseconds};
use super::super::pool::Failure;
use super::namespace::encode;
use crate::row::json;

/// How many expired items each write removes.
const SWEPT_BY_A_WRITE: usize = 100;

pub(super) fn put(connection: &mut Connection, writes: &[Write]) -> Result<(), Failure<StoreError>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    sweep(&transaction, Some(SWEPT_BY_A_WRITE))?;
    let at = SystemTime::now();
    let now = microseconds(at);
    for write in writes {
        let ends = write.ttl.and_then(|ttl| at.checked_add(ttl)).map(microseconds);
        // The row that is replaced, if there is one, is gone with its revision: the new one is the greatest.
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO store_items \
                (namespace, key, created_at, updated_at, expires_at, value, vectors) \
                VALUES (?1, ?2, coalesce((SELECT created_at FROM store_items WHERE namespace = ?1 AND key = ?2 \
                AND (expires_at IS NULL OR expires_at > ?3)), ?3), ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                encode(&write.namespace)?,
                write.key,
                now,
                ends,
                json(&write.value)?,
                write.vectors.to_bytes()
            ])?;
    }
    Ok(transaction.commit()?)
}

pub(super) fn delete(
    connection: &mut Connection,
    namespace: &Namespace,
    key: &str,
) -> Result<bool, Failure<StoreError>> {
    let was_there = connection
        .prepare_cached(
            "DELETE FROM store_items WHERE namespace = ?1 AND key = ?2 RETURNING expires_at IS NULL OR expires_at > ?3",
        )?
        .query_row(params![encode(namespace)?, key, microseconds(SystemTime::now())], |row| row.get(0))
        .optional()?;
    Ok(was_there.unwrap_or(false))
}

/// Removes expired items, up to so many; how many.
pub(super) fn sweep(connection: &Connection, most: Option<usize>) -> Result<u64, Failure<StoreError>> {
    let removed = connection
        .prepare_cached(
            "DELETE FROM store_items WHERE revision IN \
            (SELECT revision FROM store_items WHERE expires_at <= ?1 LIMIT ?2)",
        )?
        .execute(params![microseconds(SystemTime::now()), limit(most)])?;
    Ok(removed as u64)
}
