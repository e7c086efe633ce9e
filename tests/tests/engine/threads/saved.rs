//! The saved log, and the state loaded from it.

use std::collections::BTreeMap;

use graph_core::checkpoint::Record;
use graph_core::prelude::*;

use crate::kit::RecordingSaver;

#[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Rich {
    #[state(input)]
    n: u64,
    #[state(reduce = Append)]
    list: Vec<String>,
    #[state(reduce = Sum)]
    sum: f64,
    #[state(reduce = Max)]
    max: i64,
    #[state(reduce = Merge)]
    map: BTreeMap<String, u64>,
    #[state(reduce = AddMessages)]
    messages: Vec<Message>,
    maybe: Option<u64>,
    late: Late<u64>,
    late_maybe: Late<Option<u64>>,
    #[state(untracked, reduce = Append)]
    secret: Vec<String>,
    #[state(untracked)]
    handle: Late<String>,
}

/// Every kind of write, one after the other.
#[node]
fn writes(state: &RichState) -> RichUpdate {
    let n = state.n + 1;
    let update = RichUpdate::default().n(n).handle(format!("hidden {n}")).secret(vec![format!("hidden {n}")]);
    match n % 10 {
        0 => update.clear_list().replace_sum(0.1).maybe(None),
        1 => update.list(vec![n.to_string(), "é\"\n".to_owned()]).late(n),
        2 => update.sum(0.1 + n as f64 / 3.0).max(-(n as i64)),
        3 => update.map(BTreeMap::from([(n.to_string(), n), ("same".to_owned(), n)])),
        4 => update.messages(Message::user(n.to_string()).into()),
        5 => update.maybe(Some(n)).replace_list(vec!["replaced".to_owned()]).late_maybe(None),
        6 => update.maybe(Some(0)).clear_map(),
        7 => update.sum(1e-320).max(i64::MAX).late_maybe(Some(n)),
        8 => update.messages(vec![Message::assistant("a").with_id("a"), Message::user("b")].into()),
        _ => update.messages(Message::remove("a").into()),
    }
}

use Rich as RichState;

graph! {
    Writing<Rich> {
        START -> writes;
        writes -> |Rich { n, .. }| if *n % 100 == 0 { END } else { writes };
    }
}

fn visible(state: &Rich) -> Rich {
    Rich { secret: Vec::new(), handle: Late::default(), ..state.clone() }
}

#[tokio::test]
async fn a_hundred_steps_are_read_back_as_they_were_at_each() {
    let thread = Writing::new().checkpointer(MemorySaver::new()).thread("t");
    let mut checkpoints = thread.run(RichInput { n: 0 }).checkpoints();
    let mut seen = 0;
    assert_eq!(checkpoints.next().await.unwrap().unwrap().step, -1, "the input's own");
    while let Some(told) = checkpoints.next().await {
        let (told, saved) = (told.unwrap(), thread.state().await.unwrap());
        assert_eq!(saved.step, told.step);
        assert_eq!(*saved.values, visible(&told.values), "step {}", told.step);
        seen += 1;
    }
    assert_eq!(seen, 101);
    let state = checkpoints.output().unwrap();
    assert!(!state.messages.is_empty() && !state.secret.is_empty() && state.late_maybe.is_written());
}

#[tokio::test]
async fn a_whole_snapshot_is_saved_first_and_every_thirty_two_entries_whatever_the_runs() {
    let saver = RecordingSaver::default();
    let thread = Writing::new().checkpointer(saver.clone()).thread("t");
    thread.run(RichInput { n: 0 }).await.unwrap();
    thread.run(RichInput { n: 98 }).await.unwrap();
    let whole: Vec<_> = saver.records().iter().filter(|record| record.has_snapshot()).map(Record::super_step).collect();
    assert_eq!(whole, [0, 32, 64, 96]);
}

#[tokio::test]
async fn untracked_fields_are_never_saved_and_begin_fresh() {
    let saver = RecordingSaver::default();
    let thread = Writing::new().checkpointer(saver.clone()).thread("t");
    let state = thread.run(RichInput { n: 0 }).await.unwrap();
    assert_eq!((state.secret.len(), &state.handle), (100, &Late::new("hidden 100".to_owned())), "a run has them");
    let records = saver.records();
    assert_eq!(records.len(), 101);
    for record in records.iter().filter_map(Record::as_step) {
        let writes = record.writes.iter().map(|write| &write.update);
        for bytes in writes.chain(&record.snapshot).chain(&record.next) {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("hidden") && !text.contains("secret") && !text.contains("handle"), "{text}");
        }
    }
    let saved = thread.state().await.unwrap();
    assert!(saved.values.secret.is_empty() && !saved.values.handle.is_written());
    let state = thread.run(RichInput { n: 98 }).await.unwrap();
    assert_eq!(state.secret, ["hidden 99", "hidden 100"]);
}

#[tokio::test]
async fn replacements_and_clearings_survive_the_log() {
    let thread = Writing::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(RichInput { n: 0 }).recursion_limit(10).await.unwrap_err();
    let saved = thread.state().await.unwrap();
    let Rich { list, sum, maybe, map, .. } = &*saved.values;
    assert_eq!((list.len(), *sum, *maybe, map.len()), (0, 0.1, None, 0));
    let state = thread.continue_run().recursion_limit(95).await.unwrap();
    assert_eq!(visible(&state), *thread.state().await.unwrap().values);
}
