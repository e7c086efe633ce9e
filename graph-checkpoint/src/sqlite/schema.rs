//! The tables, and their migrations.

use rusqlite::{Connection, TransactionBehavior};

use super::pool::Failure;
use crate::fault::{Fault, of_a_later_release};

/// Each brings the tables to its version, the first to version 1. A released one is never changed.
const MIGRATIONS: [&str; 2] = [include_str!("schema_1.sql"), include_str!("schema_2.sql")];

/// Brings the tables to the newest version, in one transaction.
pub(super) fn migrate<E: Fault>(connection: &mut Connection) -> Result<(), Failure<E>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..));
    let missing = missing.ok_or_else(|| Failure::Other(of_a_later_release(version, MIGRATIONS.len())))?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
    Ok(transaction.commit()?)
}
