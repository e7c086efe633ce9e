//! The log: order, compare-and-swap, deletion, copies, sizes.

use graph_core::checkpoint::{CheckpointError, HistoryQuery, RecordKind, Saver};
use tokio::task::JoinSet;

use super::records::{append, append_steps, id, numbers, ok, pending, step};

/// Records come back in order and as they were, and one that does not follow the last changes nothing.
pub async fn order(saver: Saver) {
    assert_eq!(ok("load", saver.load("t", None).await).records, [], "of an unknown thread");
    let records = append_steps(&saver, "t", 40).await;
    let lineage = ok("load", saver.load("t", None).await);
    assert_eq!(lineage.records, records);
    assert_eq!(lineage.last, Some(id(40)));
    for wrong in [step(50, None, None), step(50, Some(39), Some(39)), step(50, Some(99), Some(40)), pending(50, 1, 40)]
    {
        let after = wrong.after;
        let result = saver.append("t", wrong, None).await;
        assert!(matches!(result, Err(CheckpointError::Conflict { .. })), "after {after:?}, not 40: {result:?}");
    }
    let first_of_another = saver.append("u", step(1, Some(40), None), None).await;
    assert!(matches!(first_of_another, Err(CheckpointError::Conflict { .. })), "{first_of_another:?}");
    assert_eq!(ok("load", saver.load("t", None).await), lineage, "after rejected records");
    assert_eq!(ok("load", saver.load("u", None).await).last, None, "after a rejected first record");
}

/// Of several records that follow the same one at the same time, exactly one is saved.
pub async fn conflicts(saver: Saver) {
    const WRITERS: u128 = 8;
    let mut last: Option<u128> = None;
    for round in 1..=10_u128 {
        let mut writers = JoinSet::new();
        for writer in 1..=WRITERS {
            let (saver, record) = (saver.clone(), step(round * 100 + writer, last, last));
            writers.spawn(async move {
                tokio::task::yield_now().await;
                let number = record.id.as_u128();
                match saver.append("t", record, None).await {
                    Ok(()) => Some(number),
                    Err(CheckpointError::Conflict { .. }) => None,
                    Err(error) => panic!("a writer that came too late got another error than a conflict: {error}"),
                }
            });
        }
        let saved: Vec<u128> = writers.join_all().await.into_iter().flatten().collect();
        assert_eq!(saved.len(), 1, "of {WRITERS} records after {last:?}, these were saved: {saved:?}");
        assert_eq!(ok("load", saver.load("t", None).await).last, Some(id(saved[0])));
        last = saved.first().copied();
    }
    let history = ok("history", saver.history("t", &HistoryQuery::new()).await);
    assert_eq!(history.len(), 10, "one checkpoint a round");
}

/// A deleted thread is gone with all its parts, its id can be used again, and no other thread is touched.
pub async fn deletion(saver: Saver) {
    ok("delete", saver.delete("t", None).await);
    append_steps(&saver, "t", 3).await;
    append(&saver, "t", pending(4, 3, 3)).await;
    let other = append_steps(&saver, "other", 2).await;
    ok("delete", saver.delete("t", None).await);
    let lineage = ok("load", saver.load("t", None).await);
    assert_eq!((lineage.records, lineage.last), (Vec::new(), None), "a deleted thread");
    assert_eq!(ok("history", saver.history("t", &HistoryQuery::new()).await), []);
    assert_eq!(ok("size", saver.size("t").await), 0);
    assert_eq!(ok("load", saver.load("other", None).await).records, other);
    let again = append_steps(&saver, "t", 3).await;
    assert_eq!(ok("load", saver.load("t", None).await).records, again, "nothing of the deleted thread comes back");
}

/// A copy has all records, goes its own way, and overwrites no thread.
pub async fn copy(saver: Saver) {
    let missing = saver.copy("t", "copy").await;
    assert!(matches!(&missing, Err(CheckpointError::UnknownThread { thread }) if thread == "t"), "{missing:?}");
    append_steps(&saver, "t", 3).await;
    append(&saver, "t", step(4, Some(3), Some(1))).await;
    append(&saver, "t", pending(5, 4, 4)).await;
    ok("copy", saver.copy("t", "copy").await);
    for at in [None, Some(id(3))] {
        let (old, new) = (saver.load("t", at).await, saver.load("copy", at).await);
        assert_eq!(ok("load", old), ok("load", new), "at {at:?}");
    }
    assert_eq!(ok("size", saver.size("t").await), ok("size", saver.size("copy").await));
    append(&saver, "copy", step(6, Some(5), Some(4))).await;
    assert_eq!(ok("load", saver.load("t", None).await).last, Some(id(5)), "a copy was continued");
    for to in ["copy", "t"] {
        let taken = saver.copy("t", to).await;
        assert!(matches!(&taken, Err(CheckpointError::ThreadExists { thread }) if thread == to), "{taken:?}");
    }
    ok("delete", saver.delete("t", None).await);
    assert_eq!(numbers(&ok("load", saver.load("copy", None).await).records), [1, 4, 6], "the original was deleted");
}

/// A snapshot of 8 MiB comes back as it was, and the size of a thread counts it.
pub async fn large_states(saver: Saver) {
    let mut record = step(1, None, None);
    let state: Vec<u8> = (0..8_u32 << 20).map(|at| (at ^ (at >> 9)) as u8).collect();
    if let RecordKind::Step(step) = &mut record.kind {
        step.snapshot = Some(state.clone());
    }
    append(&saver, "t", record.clone()).await;
    assert_eq!(ok("size", saver.size("other").await), 0, "an unknown thread");
    assert!(ok("size", saver.size("t").await) >= state.len() as u64);
    let records = ok("load", saver.load("t", None).await).records;
    assert!(records == [record], "8 MiB came back as something else");
    let query = HistoryQuery::new().without_snapshots();
    let history = ok("history", saver.history("t", &query).await);
    assert_eq!((numbers(&history), history[0].has_snapshot()), (vec![1], false));
}
