//! Checkpoints as a tree: forks, inputs, pending writes, the history.

use graph_core::checkpoint::{CheckpointError, HistoryQuery, Saver, Source};

use super::records::{append, append_steps, id, numbers, ok, pending, set_input, set_snapshot, step};

async fn load(saver: &Saver, at: Option<u128>) -> Vec<u128> {
    numbers(&ok("load", saver.load("t", at.map(id)).await).records)
}

/// A checkpoint is restored along its parents from the nearest snapshot, whatever stands between them in the log.
pub async fn forks(saver: Saver) {
    append_steps(&saver, "t", 3).await;
    append(&saver, "t", step(4, Some(3), Some(2))).await;
    append(&saver, "t", step(5, Some(4), Some(3))).await;
    let mut whole = step(6, Some(5), Some(4));
    set_snapshot(&mut whole);
    append(&saver, "t", whole).await;
    append(&saver, "t", step(7, Some(6), Some(6))).await;
    append(&saver, "t", step(8, Some(7), Some(1))).await;
    assert_eq!(load(&saver, None).await, [1, 8], "the newest");
    for (at, lineage) in
        [(1, vec![1]), (3, vec![1, 2, 3]), (4, vec![1, 2, 4]), (5, vec![1, 2, 3, 5]), (6, vec![6]), (7, vec![6, 7])]
    {
        assert_eq!(load(&saver, Some(at)).await, lineage, "at {at}");
        assert_eq!(ok("load", saver.load("t", Some(id(at))).await).last, Some(id(8)), "the log ends elsewhere");
    }
    for thread in ["t", "unknown"] {
        let unknown = saver.load(thread, Some(id(99))).await;
        assert!(matches!(unknown, Err(CheckpointError::UnknownCheckpoint { .. })), "{thread}: {unknown:?}");
    }
}

/// An input's own checkpoint is restored from before it, also if the record that applies it has a snapshot.
pub async fn inputs(saver: Saver) {
    append_steps(&saver, "t", 2).await;
    for (number, whole) in [(3, false), (4, true)] {
        let mut record = step(number, Some(number - 1), Some(number - 1));
        set_input(&mut record, 100 + number);
        if whole {
            set_snapshot(&mut record);
        }
        append(&saver, "t", record).await;
    }
    append(&saver, "t", pending(5, 4, 4)).await;
    assert_eq!(load(&saver, Some(103)).await, [1, 2, 3]);
    assert_eq!(load(&saver, Some(104)).await, [1, 2, 3, 4], "without pending writes, which come later");
    assert_eq!(load(&saver, Some(4)).await, [4, 5]);
    assert_eq!(load(&saver, None).await, [4, 5]);
}

/// Pending writes come with their checkpoint only, in the order of the log.
pub async fn pending_writes(saver: Saver) {
    append_steps(&saver, "t", 1).await;
    let first = pending(2, 1, 1);
    append(&saver, "t", first.clone()).await;
    append(&saver, "t", step(3, Some(2), Some(1))).await;
    append(&saver, "t", pending(4, 3, 3)).await;
    append(&saver, "t", pending(5, 4, 1)).await;
    append(&saver, "t", pending(6, 5, 3)).await;
    let lineage = ok("load", saver.load("t", None).await);
    assert_eq!((numbers(&lineage.records), lineage.last), (vec![1, 3, 4, 6], Some(id(6))));
    let of_first = ok("load", saver.load("t", Some(id(1))).await).records;
    assert_eq!(numbers(&of_first), [1, 2, 5]);
    assert_eq!(of_first[1], first, "as it was");
    let no_checkpoint = saver.load("t", Some(id(2))).await;
    assert!(matches!(no_checkpoint, Err(CheckpointError::UnknownCheckpoint { .. })), "{no_checkpoint:?}");
}

/// Checkpoints come newest first; filters, alone and together, select among all of them.
pub async fn history(saver: Saver) {
    append_steps(&saver, "t", 2).await;
    append(&saver, "t", pending(3, 2, 2)).await;
    let mut input = step(4, Some(3), Some(2));
    set_input(&mut input, 104);
    append(&saver, "t", input.clone()).await;
    append(&saver, "t", step(5, Some(4), Some(4))).await;
    append_steps(&saver, "other", 3).await;
    let all = HistoryQuery::new;
    let cases = [
        (all(), vec![5, 4, 2, 1]),
        (all().limit(2), vec![5, 4]),
        (all().limit(0), vec![]),
        (all().before(id(4)), vec![2, 1]),
        (all().before(id(104)), vec![2, 1]),
        (all().before(id(1)), vec![]),
        (all().before(id(5)).limit(2), vec![4, 2]),
        (all().source(Source::Input), vec![4]),
        (all().source(Source::Loop), vec![5, 4, 2, 1]),
        (all().step(2), vec![2]),
        (all().step(3), vec![4]),
        (all().step(3).source(Source::Loop), vec![]),
        (all().step(4).source(Source::Input), vec![]),
        (all().step(-7), vec![]),
        (all().source(Source::Input).limit(1).before(id(5)), vec![4]),
    ];
    for (query, expected) in cases {
        assert_eq!(numbers(&ok("history", saver.history("t", &query).await)), expected, "{query:?}");
    }
    let whole = ok("history", saver.history("t", &all()).await);
    assert!(whole[1] == input && whole[3].has_snapshot(), "as they were");
    let bare = ok("history", saver.history("t", &all().without_snapshots()).await);
    assert!(bare[1] == input && !bare[3].has_snapshot());
    assert_eq!(ok("history", saver.history("unknown", &all()).await), []);
    for missing in [99, 3] {
        let unknown = saver.history("t", &all().before(id(missing))).await;
        assert!(matches!(unknown, Err(CheckpointError::UnknownCheckpoint { .. })), "before {missing}: {unknown:?}");
    }
}
