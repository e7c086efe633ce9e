//! Leases, by the database's clock.

use std::time::Duration;

use deadpool_postgres::{Client, GenericClient};
use graph_core::checkpoint::{CheckpointError, Lease};
use tokio_postgres::IsolationLevel;

use super::convert::milliseconds;
use super::failure::Failure;

pub(super) async fn take(client: &mut Client, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, Failure> {
    let transaction = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    // Locks the row, whether or not it changes it.
    let claim = transaction
        .prepare_cached(
            "INSERT INTO graph_checkpoint.leases AS held (thread, owner, epoch, until) \
            VALUES ($1, $2, 0, clock_timestamp()) \
            ON CONFLICT (thread) DO UPDATE SET owner = excluded.owner \
            WHERE held.owner = excluded.owner OR held.until <= clock_timestamp()",
        )
        .await?;
    if transaction.execute(&claim, &[&thread, &owner]).await? == 0 {
        let holder = "SELECT owner, greatest(ceil(extract(epoch FROM until - clock_timestamp()) * 1000), 0)::bigint \
            FROM graph_checkpoint.leases WHERE thread = $1";
        let holder = transaction.query_one(holder, &[&thread]).await?;
        return Err(leased(thread, holder.try_get(0)?, holder.try_get(1)?));
    }
    // Only now: an epoch from before the lock might be smaller than that of a lease that came and went in between.
    let begin = transaction
        .prepare_cached(
            "UPDATE graph_checkpoint.leases SET epoch = nextval('graph_checkpoint.epochs'), \
            until = clock_timestamp() + $2::bigint * interval '1 millisecond' WHERE thread = $1 RETURNING epoch",
        )
        .await?;
    let epoch: i64 = transaction.query_one(&begin, &[&thread, &milliseconds(ttl)]).await?.try_get(0)?;
    transaction.commit().await?;
    Ok(Lease::new(thread, owner, epoch.unsigned_abs(), ttl))
}

pub(super) async fn renew(client: &Client, lease: &Lease, ttl: Duration) -> Result<Lease, Failure> {
    let renew = client
        .prepare_cached(
            "UPDATE graph_checkpoint.leases SET until = clock_timestamp() + $3::bigint * interval '1 millisecond' \
            WHERE thread = $1 AND epoch = $2",
        )
        .await?;
    if client.execute(&renew, &[&lease.thread, &epoch(lease), &milliseconds(ttl)]).await? == 0 {
        return Err(stale(&lease.thread, lease));
    }
    Ok(Lease::new(&*lease.thread, &*lease.owner, lease.epoch, ttl))
}

pub(super) async fn release(client: &Client, lease: &Lease) -> Result<(), Failure> {
    let release = client.prepare_cached("DELETE FROM graph_checkpoint.leases WHERE thread = $1 AND epoch = $2").await?;
    client.execute(&release, &[&lease.thread, &epoch(lease)]).await?;
    Ok(())
}

/// Locks the lease of a thread, so that other owners wait for the end of the transaction.
///
/// # Errors
/// A change under this lease, or under none, is refused.
pub(super) async fn fence(
    transaction: &impl GenericClient,
    thread: &str,
    lease: Option<&Lease>,
) -> Result<(), Failure> {
    let current = "SELECT epoch, owner, ceil(extract(epoch FROM until - clock_timestamp()) * 1000)::bigint \
        FROM graph_checkpoint.leases WHERE thread = $1 FOR UPDATE";
    let current = transaction.query_opt(current, &[&thread]).await?;
    match (lease, current) {
        (None, None) => Ok(()),
        (Some(lease), None) => Err(stale(thread, lease)),
        (Some(lease), Some(row)) if row.try_get::<_, i64>(0)? != epoch(lease) => Err(stale(thread, lease)),
        (Some(_), Some(_)) => Ok(()),
        (None, Some(row)) => match row.try_get(2)? {
            remaining if remaining > 0 => Err(leased(thread, row.try_get(1)?, remaining)),
            _ => Ok(()),
        },
    }
}

/// With the milliseconds that it lasts.
pub(super) fn leased(thread: &str, owner: String, remaining: i64) -> Failure {
    let remaining = Duration::from_millis(remaining.unsigned_abs());
    CheckpointError::Leased { thread: thread.to_owned(), owner, remaining }.into()
}

pub(super) fn stale(thread: &str, lease: &Lease) -> Failure {
    CheckpointError::StaleLease { thread: thread.to_owned(), owner: lease.owner.clone(), epoch: lease.epoch }.into()
}

/// The epoch; -1, which none has, if it is none of this database.
pub(super) fn epoch(lease: &Lease) -> i64 {
    i64::try_from(lease.epoch).unwrap_or(-1)
}
