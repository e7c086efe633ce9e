//! The tables, and their migrations.

use graph_core::checkpoint::CheckpointError;
use rusqlite::{Connection, TransactionBehavior};

use super::pool::Failure;

/// Each brings the tables to its version, the first to version 1. A released one is never changed.
const MIGRATIONS: [&str; 1] = [include_str!("schema_1.sql")];

/// Brings the tables to the newest version, in one transaction.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..)).ok_or_else(|| {
        let (newest, error) = (MIGRATIONS.len(), "the tables are of version");
        CheckpointError::Saver(format!("{error} {version}, and this release knows them up to {newest}").into())
    })?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    Ok(transaction.commit()?)
}
