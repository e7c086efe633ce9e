//! Retention: what is deleted, and what has to stay.

use std::time::{Duration, SystemTime};

use graph_core::checkpoint::{CheckpointError, HistoryQuery, KeptState, Pruned, Record, Retention, Saver, WholeState};
use tokio::task::JoinSet;

use super::records::{append, append_steps, id, numbers, ok, pending, set_input, set_snapshot, step};

async fn listed(saver: &Saver) -> Vec<u128> {
    numbers(&ok("history", saver.history("t", &HistoryQuery::new()).await))
}

async fn prune(saver: &Saver, retention: Retention) -> Pruned {
    let before = ok("size", saver.size("t").await);
    let pruned = ok("prune", saver.prune("t", &retention).await);
    let after = ok("size", saver.size("t").await);
    assert_eq!(pruned.bytes, before - after, "the bytes that were freed");
    pruned
}

async fn assert_unknown(saver: &Saver, at: u128) {
    let loaded = saver.load("t", Some(id(at))).await;
    assert!(matches!(loaded, Err(CheckpointError::UnknownCheckpoint { .. })), "{at} is pruned, and gave {loaded:?}");
}

/// The last checkpoints stay, with what they are restored from and the pending writes, and the thread goes on.
pub async fn retention(saver: Saver) {
    assert_eq!(prune(&saver, Retention::last(1)).await, Pruned::default(), "an unknown thread");
    append_steps(&saver, "t", 4).await;
    append(&saver, "t", pending(5, 4, 4)).await;
    let mut whole = step(6, Some(5), Some(4));
    set_snapshot(&mut whole);
    append(&saver, "t", whole).await;
    append(&saver, "t", step(7, Some(6), Some(6))).await;
    append(&saver, "t", step(8, Some(7), Some(7))).await;
    append(&saver, "t", pending(9, 8, 8)).await;
    append(&saver, "t", pending(10, 9, 7)).await;
    append_steps(&saver, "other", 3).await;
    let newest = ok("load", saver.load("t", None).await);

    assert_eq!(prune(&saver, Retention::last(4)).await.checkpoints, 0, "4 is restored from 1, 2 and 3");
    assert_eq!(listed(&saver).await, [8, 7, 6, 4, 3, 2, 1]);
    let pruned = prune(&saver, Retention::last(2)).await;
    assert_eq!((pruned.checkpoints, pruned.bytes > 0), (4, true));
    assert_eq!(listed(&saver).await, [8, 7, 6], "6 has the snapshot of 7");
    assert_eq!(ok("load", saver.load("t", None).await), newest, "pruning changed the newest checkpoint");
    assert_eq!(numbers(&ok("load", saver.load("t", Some(id(7))).await).records), [6, 7, 10]);
    for gone in 1..=5 {
        assert_unknown(&saver, gone).await;
        let before = saver.history("t", &HistoryQuery::new().before(id(gone))).await;
        assert!(matches!(before, Err(CheckpointError::UnknownCheckpoint { .. })), "before {gone}: {before:?}");
    }
    assert_eq!(prune(&saver, Retention::last(2)).await, Pruned::default(), "twice");
    prune(&saver, Retention::last(0)).await;
    assert_eq!(listed(&saver).await, [8, 7, 6], "the newest always stays");

    append(&saver, "t", step(11, Some(10), Some(8))).await;
    assert_eq!(numbers(&ok("load", saver.load("t", None).await).records), [6, 7, 8, 11], "the thread goes on");
    ok("copy", saver.copy("t", "copy").await);
    assert_eq!(ok("load", saver.load("copy", None).await), ok("load", saver.load("t", None).await));
    assert_eq!(numbers(&ok("load", saver.load("other", None).await).records), [1, 2, 3], "another thread");
    ok("delete", saver.delete("t", None).await);
    assert_eq!(ok("size", saver.size("t").await), 0);
}

/// The lineages of all branches stay whose checkpoints are kept; a branch does not begin at a checkpoint that is gone.
pub async fn retention_of_branches(saver: Saver) {
    append_steps(&saver, "t", 3).await;
    let mut whole = step(4, Some(3), Some(3));
    set_snapshot(&mut whole);
    append(&saver, "t", whole).await;
    append(&saver, "t", step(5, Some(4), Some(4))).await;
    append(&saver, "t", step(6, Some(5), Some(2))).await;
    prune(&saver, Retention::last(2)).await;
    assert_eq!(listed(&saver).await, [6, 5, 4, 2, 1], "3 is no ancestor that 6 needs, and 4 has a snapshot");
    for (at, lineage) in [(6, vec![1, 2, 6]), (5, vec![4, 5])] {
        assert_eq!(numbers(&ok("load", saver.load("t", Some(id(at))).await).records), lineage);
    }
    let lost = saver.append("t", step(7, Some(6), Some(3)), None).await;
    let is_named = matches!(&lost, Err(CheckpointError::UnknownCheckpoint { checkpoint, .. }) if *checkpoint == id(3));
    assert!(is_named, "a branch from a pruned checkpoint, which could not be restored: {lost:?}");
    let late = saver.append("t", step(7, Some(5), Some(3)), None).await;
    assert!(matches!(late, Err(CheckpointError::Conflict { .. })), "a conflict comes first: {late:?}");
    let mut whole = step(7, Some(6), Some(3));
    set_snapshot(&mut whole);
    append(&saver, "t", whole).await;
    assert_eq!(numbers(&ok("load", saver.load("t", None).await).records), [7], "with a snapshot, it can");
}

/// An input's own checkpoint is restored from the one before, and goes with it.
pub async fn retention_of_inputs(saver: Saver) {
    append_steps(&saver, "t", 2).await;
    let mut applied = step(3, Some(2), Some(2));
    set_input(&mut applied, 103);
    append(&saver, "t", applied).await;
    prune(&saver, Retention::last(1)).await;
    assert_eq!(numbers(&ok("load", saver.load("t", Some(id(103))).await).records), [1, 2, 3], "all are needed");
    ok("add_snapshot", saver.add_snapshot("t", id(3), WholeState::new(vec![9; 50])).await);
    assert_eq!(prune(&saver, Retention::last(1)).await.checkpoints, 2);
    assert_unknown(&saver, 103).await;
    assert_eq!(numbers(&ok("load", saver.load("t", None).await).records), [3]);
}

/// What is not too old stays, whatever its number.
pub async fn retention_by_age(saver: Saver) {
    let old = SystemTime::now() - Duration::from_hours(48);
    let made = |mut record: Record, at: SystemTime| {
        set_snapshot(&mut record);
        record.at = at;
        record
    };
    for number in 1..=4 {
        let before = (number > 1).then(|| number - 1);
        append(&saver, "t", made(step(number, before, before), old)).await;
    }
    for number in 5..=6 {
        append(&saver, "t", made(step(number, Some(number - 1), Some(number - 1)), SystemTime::now())).await;
    }
    let day = Duration::from_hours(24);
    assert_eq!(prune(&saver, Retention::newer_than(Duration::MAX)).await.checkpoints, 0);
    prune(&saver, Retention::last(3).and_newer_than(day)).await;
    assert_eq!(listed(&saver).await, [6, 5, 4], "the last 3 of them");
    prune(&saver, Retention::newer_than(day)).await;
    assert_eq!(listed(&saver).await, [6, 5]);
    prune(&saver, Retention::newer_than(Duration::ZERO)).await;
    assert_eq!(listed(&saver).await, [6], "the newest always stays");
}

/// A snapshot may be added to any checkpoint, and others are then restored from it.
pub async fn added_snapshots(saver: Saver) {
    append_steps(&saver, "t", 4).await;
    append(&saver, "t", pending(5, 4, 4)).await;
    let before = ok("load", saver.load("t", None).await);
    let mut added = WholeState::new(vec![9; 50]);
    added.kept = vec![KeptState { key: id(30), graph: "child".into(), state: vec![3; 20] }];
    ok("add_snapshot", saver.add_snapshot("t", id(3), added.clone()).await);
    let lineage = ok("load", saver.load("t", None).await);
    assert_eq!((numbers(&lineage.records), lineage.last), (vec![3, 4, 5], Some(id(5))));
    let snapshot = |record: &Record| record.as_step().and_then(|step| step.snapshot.clone());
    assert_eq!(snapshot(&lineage.records[0]), Some(added.snapshot));
    assert_eq!(lineage.records[0].as_step().map(|step| &step.kept), Some(&added.kept), "of subgraphs, too");
    let mut whole = before.records[2].clone();
    set_snapshot(&mut whole);
    assert_eq!(lineage.records[0].at, whole.at, "nothing else has changed");
    assert_eq!(lineage.records[1..], before.records[3..], "nothing else has changed");
    ok("add_snapshot", saver.add_snapshot("t", id(3), WholeState::new(vec![8; 50])).await);
    let again = ok("load", saver.load("t", Some(id(3))).await).records;
    assert_eq!(snapshot(&again[0]), Some(vec![9; 50]), "a checkpoint keeps the snapshot that it has");
    for (thread, missing) in [("t", 99), ("t", 5), ("unknown", 1)] {
        let unknown = saver.add_snapshot(thread, id(missing), WholeState::new(vec![1])).await;
        assert!(matches!(unknown, Err(CheckpointError::UnknownCheckpoint { .. })), "{thread}, {missing}: {unknown:?}");
    }
    append(&saver, "t", step(6, Some(5), Some(4))).await;
}

/// Pruning disturbs no writer, and what is kept can be restored all the time.
pub async fn retention_beside_writers(saver: Saver) {
    append(&saver, "t", step(1, None, None)).await;
    let mut pruning = JoinSet::new();
    for _ in 0..2 {
        let saver = saver.clone();
        pruning.spawn(async move {
            loop {
                ok("prune", saver.prune("t", &Retention::last(2)).await);
                tokio::task::yield_now().await;
            }
        });
    }
    let mut refused = 0;
    let mut last = 1;
    for number in 2..=80 {
        // Every fourth is a branch from a checkpoint that may be pruned under it.
        let parent = if number % 4 == 0 { last.max(4) - 3 } else { last };
        let mut record = step(number, Some(last), Some(parent));
        if number % 8 == 1 {
            set_snapshot(&mut record);
        }
        match saver.append("t", record, None).await {
            Ok(()) => last = number,
            Err(CheckpointError::UnknownCheckpoint { .. }) if parent != last => refused += 1,
            Err(error) => panic!("an append beside a prune failed: {error}"),
        }
        let records = ok("load", saver.load("t", None).await).records;
        assert!(records[0].has_snapshot(), "after {refused} refused, {:?} cannot be restored", numbers(&records));
        tokio::task::yield_now().await;
    }
}
