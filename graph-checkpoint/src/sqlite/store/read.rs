//! Reading, searching and listing.

use std::time::SystemTime;

use graph_core::store::backend::{Find, Matches, Vectors};
use graph_core::store::{Item, Namespace, NamespacesQuery, StoreError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::super::convert::{microseconds, time};
use super::super::pool::Failure;
use super::namespace::{decode, encode, range};
use crate::row::Row;

fn now() -> i64 {
    microseconds(SystemTime::now())
}

/// A row of `store_items`, with its namespace as a text.
fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, Row)> {
    let expires_at: Option<i64> = row.get("expires_at")?;
    let item = Row {
        namespace: Namespace::default(),
        key: row.get("key")?,
        value: row.get("value")?,
        created_at: time(row.get("created_at")?),
        updated_at: time(row.get("updated_at")?),
        expires_at: expires_at.map(time),
    };
    Ok((row.get("namespace")?, item))
}

pub(super) fn get(
    connection: &mut Connection,
    namespace: &Namespace,
    key: &str,
) -> Result<Option<Item>, Failure<StoreError>> {
    let found = connection
        .prepare_cached(
            "SELECT namespace, key, created_at, updated_at, expires_at, value FROM store_items \
            WHERE namespace = ?1 AND key = ?2 AND (expires_at IS NULL OR expires_at > ?3)",
        )?
        .query_row(params![encode(namespace)?, key, now()], row)
        .optional()?;
    let Some((_, row)) = found else { return Ok(None) };
    Ok(Some(Row { namespace: namespace.clone(), ..row }.item()?))
}

pub(super) fn find(connection: &mut Connection, find: &Find) -> Result<Vec<Item>, Failure<StoreError>> {
    // What is read row by row is of one moment.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let (least, greatest) = range(&find.prefix)?;
    // Only the numbers are sorted, not the values.
    let mut revisions: Vec<i64> = transaction
        .prepare_cached(
            "SELECT revision FROM store_items WHERE namespace >= ?1 AND namespace <= ?2 \
            AND (expires_at IS NULL OR expires_at > ?3) ORDER BY revision DESC",
        )?
        .query_map(params![least, greatest, now()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut query = transaction.prepare_cached(
        "SELECT namespace, key, created_at, updated_at, expires_at, value, iif(?2, vectors, NULL) AS vectors \
        FROM store_items WHERE revision = ?1",
    )?;
    let mut find = find.clone();
    if find.filter.is_empty() && find.vector.is_none() {
        // All match: those before the page need not be read.
        revisions.drain(..find.offset.min(revisions.len()));
        find.offset = 0;
    }
    let mut matches = Matches::new(&find);
    for revision in revisions {
        let (namespace, row, bytes) = query.query_row(params![revision, find.vector.is_some()], |columns| {
            let (namespace, row) = row(columns)?;
            Ok((namespace, row, columns.get::<_, Option<Vec<u8>>>("vectors")?))
        })?;
        let row = Row { namespace: decode(&namespace)?, ..row };
        let vectors: Vectors = row.vectors(bytes.as_deref())?;
        if matches.add(row.item()?, &vectors)?.is_break() {
            break;
        }
    }
    Ok(matches.finish())
}

pub(super) fn namespaces(
    connection: &mut Connection,
    query: &NamespacesQuery,
) -> Result<Vec<Namespace>, Failure<StoreError>> {
    let (least, greatest) = range(&query.prefix)?;
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT namespace FROM store_items WHERE namespace >= ?1 AND namespace <= ?2 \
        AND (expires_at IS NULL OR expires_at > ?3)",
    )?;
    let texts = statement.query_map(params![least, greatest, now()], |row| row.get::<_, String>(0))?;
    let texts = texts.collect::<rusqlite::Result<Vec<_>>>()?;
    let namespaces = texts.iter().map(|text| decode(text)).collect::<Result<Vec<_>, _>>()?;
    Ok(query.select(namespaces))
}
