//! The tables, and their migrations.

use deadpool_postgres::{Client, GenericClient};
use tokio_postgres::IsolationLevel;

use super::failure::Failure;
use crate::fault::{Fault, of_a_later_release};

/// Each brings the tables to its version, the first to version 1. A released one is never changed.
const MIGRATIONS: [&str; 2] = [include_str!("schema_1.sql"), include_str!("schema_2.sql")];

/// Brings the tables to the newest version, in one transaction and under a lock, so that several processes may do it at
/// the same time. Tables of the newest version need no other rights than those to read and write them.
pub(super) async fn migrate<E: Fault>(client: &mut Client) -> Result<(), Failure<E>> {
    if missing::<E>(client).await?.is_empty() {
        return Ok(());
    }
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    // A number that means nothing: the bytes of "graphckp".
    transaction.batch_execute("SELECT pg_advisory_xact_lock(7454127468667169648)").await?;
    // Not created only if `missing` says so: a connection may not know yet what another has created before the lock.
    transaction
        .batch_execute(
            "CREATE SCHEMA IF NOT EXISTS graph_checkpoint; \
            CREATE TABLE IF NOT EXISTS graph_checkpoint.migrations ( \
              version bigint PRIMARY KEY, \
              applied_at timestamptz NOT NULL DEFAULT now() \
            )",
        )
        .await?;
    for migration in missing::<E>(&transaction).await? {
        transaction.batch_execute(migration).await?;
        let next = "INSERT INTO graph_checkpoint.migrations (version) \
            SELECT coalesce(max(version), 0) + 1 FROM graph_checkpoint.migrations";
        transaction.execute(next, &[]).await?;
    }
    Ok(transaction.commit().await?)
}

/// The migrations that the tables lack: all of them where there are no tables.
async fn missing<E: Fault>(client: &impl GenericClient) -> Result<&'static [&'static str], Failure<E>> {
    let tables = client.query_one("SELECT to_regclass('graph_checkpoint.migrations') IS NOT NULL", &[]).await?;
    let mut version: i64 = 0;
    if tables.try_get(0)? {
        let newest = "SELECT coalesce(max(version), 0) FROM graph_checkpoint.migrations";
        version = client.query_one(newest, &[]).await?.try_get(0)?;
    }
    let missing = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..));
    missing.ok_or_else(|| Failure::Other(of_a_later_release(version, MIGRATIONS.len())))
}
