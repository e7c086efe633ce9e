//! Leases and fencing.

use std::time::Duration;

use graph_core::checkpoint::{CheckpointError, Lease, Saver};
use tokio::task::JoinSet;

use super::records::{append, append_steps, assert_stale, ok, step};

const LONG: Duration = Duration::from_hours(1);

async fn take(saver: &Saver, owner: &str, ttl: Duration) -> Lease {
    ok("lease", saver.lease("t", owner, ttl).await)
}

/// One owner at a time; epochs grow over release, expiry, and deletion; another owner is told how long to wait.
pub async fn leases(saver: Saver) {
    let first = take(&saver, "one", LONG).await;
    assert_eq!((&*first.thread, &*first.owner, first.ttl), ("t", "one", LONG));
    let busy = saver.lease("t", "two", LONG).await;
    let Err(CheckpointError::Leased { thread, owner, remaining }) = busy else { panic!("two owners: {busy:?}") };
    assert_eq!((&*thread, &*owner), ("t", "one"));
    assert!(remaining > Duration::ZERO && remaining <= LONG, "{remaining:?}");
    ok("lease", saver.lease("other", "two", LONG).await);

    let again = take(&saver, "one", LONG).await;
    assert!(again.epoch > first.epoch, "the owner's own new lease");
    assert_stale(&first, &saver.renew(&first, LONG).await);
    ok("release", saver.release(&first).await);
    assert!(saver.lease("t", "two", LONG).await.is_err(), "an old lease was released, not the current one");
    ok("release", saver.release(&again).await);
    let second = take(&saver, "two", Duration::ZERO).await;
    assert!(second.epoch > again.epoch, "after a release");
    assert_stale(&again, &saver.renew(&again, LONG).await);

    let renewed = ok("renew", saver.renew(&second, LONG).await);
    assert_eq!((renewed.epoch, renewed.ttl), (second.epoch, LONG), "its time had passed, but nobody had taken over");
    assert!(saver.lease("t", "one", LONG).await.is_err(), "renewed");
    ok("renew", saver.renew(&renewed, Duration::ZERO).await);
    let third = take(&saver, "one", LONG).await;
    assert!(third.epoch > second.epoch, "after its time");
    ok("delete", saver.delete("t", Some(&third)).await);
    let fourth = take(&saver, "two", LONG).await;
    assert!(fourth.epoch > third.epoch, "after the thread was deleted");

    let mut owners = JoinSet::new();
    for owner in 0..8 {
        let saver = saver.clone();
        owners.spawn(async move { saver.lease("fresh", &format!("owner {owner}"), LONG).await.is_ok() });
    }
    let taken = owners.join_all().await.into_iter().filter(|taken| *taken).count();
    assert_eq!(taken, 1, "owners of one lease");
}

/// Under a lease that is not the current one, nothing is saved.
pub async fn fencing(saver: Saver) {
    append_steps(&saver, "t", 2).await;
    let before = ok("load", saver.load("t", None).await);
    let old = take(&saver, "one", Duration::ZERO).await;
    let new = take(&saver, "two", LONG).await;
    assert_stale(&old, &saver.append("t", step(3, Some(2), Some(2)), Some(&old)).await);
    assert_eq!(ok("load", saver.load("t", None).await), before, "a stale lease");
    ok("append", saver.append("t", step(3, Some(2), Some(2)), Some(&new)).await);
    let conflict = saver.append("t", step(4, Some(2), Some(2)), Some(&new)).await;
    assert!(matches!(conflict, Err(CheckpointError::Conflict { .. })), "a lease is no way around: {conflict:?}");

    let other = ok("lease", saver.lease("other", "two", LONG).await);
    let foreign = saver.append("t", step(4, Some(3), Some(3)), Some(&other)).await;
    assert_stale(&other, &foreign);
    ok("release", saver.release(&new).await);
    assert_stale(&new, &saver.append("t", step(4, Some(3), Some(3)), Some(&new)).await);
    let last = take(&saver, "two", LONG).await;
    ok("delete", saver.delete("t", Some(&last)).await);
    assert_stale(&last, &saver.append("t", step(1, None, None), Some(&last)).await);
    assert_eq!(ok("load", saver.load("t", None).await).last, None, "a deleted thread came back");
}

/// While somebody holds a lease, nothing changes the thread without it; once its time has passed, anybody may.
pub async fn exclusion(saver: Saver) {
    append_steps(&saver, "t", 2).await;
    append_steps(&saver, "other", 1).await;
    let before = ok("load", saver.load("t", None).await);
    let held = take(&saver, "one", LONG).await;
    ok("lease", saver.lease("new", "one", LONG).await);
    for (call, result) in [
        ("append", saver.append("t", step(3, Some(2), Some(2)), None).await),
        ("append", saver.append("t", step(3, Some(1), Some(1)), None).await),
        ("append", saver.append("new", step(1, None, None), None).await),
        ("delete", saver.delete("t", None).await),
        ("copy", saver.copy("other", "new").await),
    ] {
        let Err(CheckpointError::Leased { owner, remaining, .. }) = result else {
            panic!("`{call}` without the lease that another owner holds gave {result:?}")
        };
        assert!(owner == "one" && remaining > Duration::ZERO && remaining <= LONG, "{owner}: {remaining:?}");
    }
    assert_eq!(ok("load", saver.load("t", None).await), before, "changed without its lease");
    assert_eq!(ok("load", saver.load("new", None).await).last, None, "made without its lease");
    let again = take(&saver, "one", LONG).await;
    assert_stale(&held, &saver.delete("t", Some(&held)).await);
    assert_eq!(ok("load", saver.load("t", None).await), before, "deleted under a stale lease");
    ok("append", saver.append("t", step(3, Some(2), Some(2)), Some(&again)).await);
    ok("append", saver.append("other", step(2, Some(1), Some(1)), None).await);
    ok("copy", saver.copy("t", "copy").await);
    ok("append", saver.append("copy", step(4, Some(3), Some(3)), None).await);

    ok("release", saver.release(&again).await);
    ok("append", saver.append("t", step(4, Some(3), Some(3)), None).await);
    take(&saver, "two", Duration::ZERO).await;
    ok("append", saver.append("t", step(5, Some(4), Some(4)), None).await);
    ok("delete", saver.delete("t", None).await);
    assert_eq!(ok("load", saver.load("t", None).await).last, None, "deleted");
}

/// Once a lease is taken over, nothing is saved under the old one, also if an append under it has begun before.
pub async fn takeover(saver: Saver) {
    for round in 0..30 {
        let thread = format!("t{round}");
        append(&saver, &thread, step(1, None, None)).await;
        let old = ok("lease", saver.lease(&thread, "one", Duration::ZERO).await);
        let mut writers = JoinSet::new();
        for writer in 0..4 {
            let (saver, old) = (saver.clone(), old.clone());
            writers.spawn(async move { append_until_stale(&saver, &old, writer).await });
        }
        while ok("load", saver.load(&old.thread, None).await).records.len() < 3 {
            tokio::task::yield_now().await;
        }
        ok("lease", saver.lease(&old.thread, "two", LONG).await);
        let last = ok("load", saver.load(&old.thread, None).await).last;
        writers.join_all().await;
        let end = ok("load", saver.load(&old.thread, None).await).last;
        assert_eq!(end, last, "something was saved under a lease after another owner had taken it over");
    }
}

/// Appends steps under a lease, against other writers, until it is stale.
async fn append_until_stale(saver: &Saver, lease: &Lease, writer: u128) {
    for number in 1.. {
        // A saver that never waits would keep the next owner from running.
        tokio::task::yield_now().await;
        let last = ok("load", saver.load(&lease.thread, None).await).last.map(|id| id.as_u128());
        match saver.append(&lease.thread, step(number * 10 + writer, last, last), Some(lease)).await {
            Ok(()) | Err(CheckpointError::Conflict { .. }) => {}
            Err(CheckpointError::StaleLease { .. }) => return,
            Err(error) => panic!("an append under a lease failed: {error}"),
        }
    }
}
