//! Leases, by the database's clock.

use std::time::Duration;

use graph_core::checkpoint::{CheckpointError, Lease};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::pool::Failure;

/// Milliseconds since 1970.
fn now(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)", [], |row| row.get(0))
}

fn until(now: i64, ttl: Duration) -> i64 {
    now.saturating_add(i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX))
}

pub(super) fn take(connection: &mut Connection, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some((holder, remaining)) = holder(&transaction, thread)?.filter(|(holder, _)| holder != owner) {
        return Err(CheckpointError::Leased { thread: thread.to_owned(), owner: holder, remaining }.into());
    }
    let now = now(&transaction)?;
    transaction.prepare_cached("DELETE FROM leases WHERE thread = ?1")?.execute([thread])?;
    transaction.prepare_cached("INSERT INTO leases (thread, owner, until) VALUES (?1, ?2, ?3)")?.execute(params![
        thread,
        owner,
        until(now, ttl)
    ])?;
    let epoch = transaction.last_insert_rowid().unsigned_abs();
    transaction.commit()?;
    Ok(Lease::new(thread, owner, epoch, ttl))
}

pub(super) fn renew(connection: &mut Connection, lease: &Lease, ttl: Duration) -> Result<Lease, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    check(&transaction, &lease.thread, lease)?;
    let until = until(now(&transaction)?, ttl);
    transaction
        .prepare_cached("UPDATE leases SET until = ?2 WHERE thread = ?1")?
        .execute(params![lease.thread, until])?;
    transaction.commit()?;
    Ok(Lease::new(&*lease.thread, &*lease.owner, lease.epoch, ttl))
}

pub(super) fn release(connection: &mut Connection, lease: &Lease) -> Result<(), Failure> {
    connection
        .prepare_cached("DELETE FROM leases WHERE thread = ?1 AND epoch = ?2")?
        .execute(params![lease.thread, epoch(lease)])?;
    Ok(())
}

/// Who holds the lease of a thread, and for how long, if its time has not passed.
fn holder(connection: &Connection, thread: &str) -> Result<Option<(String, Duration)>, Failure> {
    let held = connection
        .prepare_cached("SELECT owner, until FROM leases WHERE thread = ?1")?
        .query_row([thread], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((holder, until)) = held else { return Ok(None) };
    let now = now(connection)?;
    Ok((until > now).then(|| (holder, Duration::from_millis(until.abs_diff(now)))))
}

/// # Errors
/// A change under this lease, or under none, is refused.
pub(super) fn fence(connection: &Connection, thread: &str, lease: Option<&Lease>) -> Result<(), Failure> {
    let Some(lease) = lease else { return check_free(connection, thread) };
    check(connection, thread, lease)
}

/// # Errors
/// [`CheckpointError::Leased`] if somebody holds the lease of the thread.
pub(super) fn check_free(connection: &Connection, thread: &str) -> Result<(), Failure> {
    let Some((owner, remaining)) = holder(connection, thread)? else { return Ok(()) };
    Err(CheckpointError::Leased { thread: thread.to_owned(), owner, remaining }.into())
}

/// # Errors
/// [`CheckpointError::StaleLease`] if the lease is not the thread's current one.
fn check(connection: &Connection, thread: &str, lease: &Lease) -> Result<(), Failure> {
    let is_current = connection
        .prepare_cached("SELECT 1 FROM leases WHERE thread = ?1 AND epoch = ?2")?
        .exists(params![thread, epoch(lease)])?;
    if is_current {
        return Ok(());
    }
    let (thread, owner) = (thread.to_owned(), lease.owner.clone());
    Err(CheckpointError::StaleLease { thread, owner, epoch: lease.epoch }.into())
}

/// The epoch; -1, which none has, if it is none of this database.
fn epoch(lease: &Lease) -> i64 {
    i64::try_from(lease.epoch).unwrap_or(-1)
}
