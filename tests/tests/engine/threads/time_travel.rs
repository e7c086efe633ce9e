//! The checkpoints of a thread: reading, replaying, forking, and changing them.

use futures_util::StreamExt as _;
use graph_core::checkpoint::Source;
use graph_core::prelude::*;
use graph_core::thread::Snapshot;

use crate::kit::{Line, Log, given, line, nothing};

#[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Trace {
    #[state(input)]
    x: i64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

fn at(node: &str, x: i64) -> TraceWrite::Log {
    TraceWrite::Log(vec![format!("{node}(x={x})")])
}

#[node]
fn a(Trace { x, .. }: &Trace) -> (TraceWrite::Log, Option<TraceWrite::X>) {
    (at("a", *x), None)
}

#[node]
fn b(Trace { x, .. }: &Trace) -> TraceWrite::Log {
    at("b", *x)
}

#[node]
fn c(Trace { x, .. }: &Trace) -> TraceWrite::Log {
    at("c", *x)
}

graph! {
    Abc<Trace> {
        START -> a -> b -> c -> END;
    }
}

async fn all<G: Graph>(thread: &Thread<G>) -> Vec<Snapshot<G>> {
    thread.history().map(Result::unwrap).collect().await
}

fn seen<G: Graph>(snapshots: &[Snapshot<G>]) -> Vec<(&'static str, i64, Vec<G::Node>)> {
    snapshots.iter().map(|snapshot| (snapshot.source.name(), snapshot.step, snapshot.next.clone())).collect()
}

/// LangGraph's recording 21: run, replay before `b`, fork before `b` with another x.
#[tokio::test]
async fn a_replay_and_a_fork_are_branches_with_the_numbers_of_langgraph() {
    use AbcNode::{A, B, C};
    let thread = Abc::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(TraceInput { x: 1 }).await.unwrap();
    let before_b = all(&thread).await.into_iter().find(|snapshot| snapshot.next == [B]).unwrap();

    let replayed = thread.at(before_b.id.unwrap()).continue_run().await.unwrap();
    assert_eq!(replayed.log, ["a(x=1)", "b(x=1)", "c(x=1)"]);
    let update = AbcUpdate::A((TraceWrite::Log(vec![]), Some(TraceWrite::X(99))));
    let forked = thread.at(before_b.id.unwrap()).update(update).await.unwrap();
    assert_eq!((forked.next.clone(), forked.parent), (vec![B], before_b.id));
    assert_eq!(thread.continue_run().await.unwrap().log, ["a(x=1)", "b(x=99)", "c(x=99)"]);

    let history = all(&thread).await;
    let expected = [
        ("loop", 4, vec![]),
        ("loop", 3, vec![C]),
        ("update", 2, vec![B]),
        ("loop", 4, vec![]),
        ("loop", 3, vec![C]),
        ("fork", 2, vec![B]),
        ("loop", 3, vec![]),
        ("loop", 2, vec![C]),
        ("loop", 1, vec![B]),
        ("loop", 0, vec![A]),
        ("input", -1, vec![]),
    ];
    assert_eq!(seen(&history), expected);
    let parents: Vec<_> = history.iter().map(|snapshot| snapshot.parent).collect();
    for (index, parent) in [(0, 1), (1, 2), (2, 8), (3, 4), (4, 5), (5, 8), (6, 7), (7, 8), (8, 9), (9, 10)] {
        assert_eq!(parents[index], history[parent].id, "{index}");
    }
    assert_eq!(parents[10], None);
    // Each branch is as it was.
    assert_eq!(thread.at(history[6].id.unwrap()).state().await.unwrap().values.log, ["a(x=1)", "b(x=1)", "c(x=1)"]);
    let input = thread.at(history[10].id.unwrap()).state().await.unwrap();
    assert_eq!((input.source, input.step, input.values.x), (Source::Input, -1, 0), "the state before the input");
}

#[tokio::test]
async fn a_history_is_filtered_and_read_in_pages() {
    let thread = Abc::new().checkpointer(MemorySaver::new()).thread("t");
    for x in 0..20 {
        thread.run(TraceInput { x }).await.unwrap();
    }
    let history = all(&thread).await;
    assert_eq!(history.len(), 20 * 5);
    let ids: std::collections::HashSet<_> = history.iter().map(|snapshot| snapshot.id).collect();
    assert_eq!(ids.len(), history.len(), "each once");
    assert!(history.windows(2).all(|pair| pair[0].parent == pair[1].id), "each follows the one behind it");
    assert_eq!(history[0].values.log.len(), 60);
    let inputs: Vec<_> = thread.history().source(Source::Input).collect().await;
    assert_eq!(inputs.len(), 20);
    let some: Vec<_> = thread.history().limit(7).map(|snapshot| snapshot.unwrap().id).collect().await;
    assert_eq!(some, history[..7].iter().map(|snapshot| snapshot.id).collect::<Vec<_>>());
    let older: Vec<_> = thread.history().before(history[4].id.unwrap()).limit(1).collect().await;
    assert_eq!(older.into_iter().next().unwrap().unwrap().step, history[5].step);
    assert!(Abc::new().checkpointer(MemorySaver::new()).thread("nobody").history().next().await.is_none());
}

#[node]
fn left(_: &Log) -> Line {
    line("left")
}

#[node]
fn right(_: &Log) -> NodeResult<Line> {
    Err(NodeError::msg("closed"))
}

#[node]
fn join(_: &Log) -> Line {
    line("join")
}

graph! {
    Fork<Log> {
        START -> [left, right];
        [left, right] -> join -> END;
    }
}

#[tokio::test]
async fn an_update_stands_for_a_node_that_cannot_run() {
    let thread = Fork::new().checkpointer(MemorySaver::new()).thread("t");
    assert!(thread.run(nothing()).await.is_err());
    let failed = thread.state().await.unwrap();
    let errors: Vec<_> = failed.tasks.iter().filter_map(|task| Some((task.node, task.error.clone()?))).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].0 == ForkNode::Right && errors[0].1.contains("closed"), "{errors:?}");

    let updated = thread.update(ForkUpdate::Right(line("by hand"))).await.unwrap();
    assert_eq!((updated.source, updated.next.clone()), (Source::Update, vec![ForkNode::Left]));
    assert_eq!(thread.continue_run().await.unwrap().log, ["by hand", "left", "join"]);
}

#[tokio::test]
async fn several_updates_are_one_step_and_the_first_of_a_new_thread() {
    let thread = Fork::new().checkpointer(MemorySaver::new()).thread("new");
    let both = [ForkUpdate::Left(line("l")), ForkUpdate::Right(line("r"))];
    let updated = thread.update_all(both).await.unwrap();
    assert_eq!((updated.step, updated.next.clone(), updated.parent), (0, vec![ForkNode::Join], None));
    assert_eq!(thread.continue_run().await.unwrap().log, ["l", "r", "join"]);
    assert_eq!(thread.history().map(Result::unwrap).collect::<Vec<_>>().await.len(), 2);
}

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask;

#[node]
async fn ask(_: &Log, cx: &Context<Asking>) -> NodeResult<Line> {
    Ok(line(cx.interrupt(Ask).await?))
}

graph! {
    Asking<Log> {
        interrupt Ask;

        START -> ask -> END;
    }
}

#[tokio::test]
async fn a_replay_asks_again() {
    let thread = Asking::new().checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("hello")).outcome().await.unwrap().interrupted().unwrap();
    let asked = thread.state().await.unwrap();
    assert_eq!(thread.resume("first".to_owned()).await.unwrap().log, ["hello", "first"]);

    let again = thread.at(asked.id.unwrap());
    let pending = again.continue_run().outcome().await.unwrap().interrupted().unwrap();
    assert_ne!(pending.iter().next().unwrap().id, asked.interrupts().next().unwrap().id);
    assert_eq!(thread.resume("second".to_owned()).await.unwrap().log, ["hello", "second"]);
    let ends = all(&thread).await.into_iter().filter(|snapshot| snapshot.next.is_empty() && snapshot.step > 0);
    assert_eq!(ends.count(), 2, "both answers are in the thread");
}
