//! Thread ids are data: all of them are kept exactly, and none is a pattern or a statement.

use graph_core::checkpoint::{
    CheckpointError, HistoryQuery, MAX_THREAD_ID, Retention, Saver, ThreadsQuery, WholeState,
};

use super::records::{append, append_steps, id, ok, step};

/// Each id is a thread of its own and comes back exactly; the ids that no thread can have are one error.
pub async fn odd_ids(saver: Saver) {
    let longest = "é".repeat(MAX_THREAD_ID / 2);
    let odd = [
        "a",
        "A",
        " a",
        "a ",
        "\u{e9}",
        "e\u{301}",
        "ß",
        "SS",
        "İ",
        "i",
        "日本語",
        "🦀",
        "\u{200b}",
        "\u{feff}a",
        "\n",
        "\t",
        "\u{1}",
        "\u{10ffff}",
        "a/b",
        "a:b",
        "a\\b",
        "0",
        "00",
        "-1",
        "1e3",
        "null",
        &longest,
    ];
    keep_apart(&saver, &odd).await;
    let too_long = "x".repeat(MAX_THREAD_ID + 1);
    for bad in ["", "\0", "a\0b", &too_long] {
        let errors = [
            saver.append(bad, step(1, None, None), None).await.err(),
            saver.load(bad, None).await.err(),
            saver.history(bad, &HistoryQuery::new()).await.err(),
            saver.delete(bad, None).await.err(),
            saver.prune(bad, &Retention::last(1)).await.err(),
            saver.add_snapshot(bad, id(1), WholeState::default()).await.err(),
            saver.copy("a", bad).await.err(),
            saver.size(bad).await.err(),
        ];
        for error in errors {
            assert!(matches!(error, Some(CheckpointError::InvalidThreadId { .. })), "{bad:?}: {error:?}");
        }
    }
}

/// Ids that are statements, patterns or formats elsewhere.
pub async fn ids_are_data(saver: Saver) {
    let payloads = [
        "' OR '1'='1",
        "'; DROP TABLE threads; --",
        "\"; DELETE FROM checkpoints; --",
        "%",
        "_",
        "*",
        "?",
        "[a-z]*",
        "?1",
        "$1",
        ":id",
        "@id",
        "{}",
        "{\"$ne\": null}",
        "a') UNION SELECT 1 --",
        "\\x27",
        "%27",
        "\u{2019}",
        "a%",
        "ab",
    ];
    keep_apart(&saver, &payloads).await;
}

async fn keep_apart(saver: &Saver, ids: &[&str]) {
    for (at, thread) in ids.iter().enumerate() {
        append(saver, thread, step(1_000 + at as u128, None, None)).await;
    }
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    assert_eq!(list(saver, &ThreadsQuery::new()).await, sorted, "each is listed exactly");
    let mut leases = Vec::new();
    for (at, thread) in ids.iter().enumerate() {
        let last = ok("load", saver.load(thread, None).await).last;
        assert_eq!(last, Some(id(1_000 + at as u128)), "{thread:?}");
        let lease = ok("lease", saver.lease(thread, thread, std::time::Duration::from_hours(1)).await);
        assert_eq!((&*lease.thread, &*lease.owner), (*thread, *thread));
        leases.push(lease);
    }
    for (at, thread) in ids.iter().enumerate() {
        ok("delete", saver.delete(thread, Some(&leases[at])).await);
        let mut left = ids[at + 1..].to_vec();
        left.sort_unstable();
        assert_eq!(list(saver, &ThreadsQuery::new()).await, left, "only {thread:?} was deleted");
    }
}

/// Threads are listed by the bytes of their ids, page by page, each with the time of its last record.
pub async fn listing(saver: Saver) {
    assert_eq!(list(&saver, &ThreadsQuery::new()).await, Vec::<String>::new());
    for thread in ["b", "é", "a", "Z", "aa"] {
        append_steps(&saver, thread, 1).await;
    }
    assert_eq!(list(&saver, &ThreadsQuery::new()).await, ["Z", "a", "aa", "b", "é"]);
    assert_eq!(list(&saver, &ThreadsQuery::new().limit(2)).await, ["Z", "a"]);
    assert_eq!(list(&saver, &ThreadsQuery::new().after("a").limit(2)).await, ["aa", "b"]);
    assert_eq!(list(&saver, &ThreadsQuery::new().after("no such thread")).await, ["é"]);
    let second = step(2, Some(1), Some(1));
    let made = second.at;
    append(&saver, "b", second).await;
    let infos = ok("threads", saver.threads(&ThreadsQuery::new()).await);
    let at = infos.iter().find(|info| info.id == "b").map(|info| info.updated_at);
    let off = at.map(|at| made.duration_since(at).unwrap_or_else(|error| error.duration()));
    assert!(off.is_some_and(|off| off.as_millis() == 0), "listed as of {at:?}, made at {made:?}");
    ok("lease", saver.lease("only leased", "one", std::time::Duration::from_hours(1)).await);
    assert_eq!(list(&saver, &ThreadsQuery::new()).await.len(), 5, "a lease makes no thread");
}

async fn list(saver: &Saver, query: &ThreadsQuery) -> Vec<String> {
    ok("threads", saver.threads(query).await).into_iter().map(|info| info.id).collect()
}
