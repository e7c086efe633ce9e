//! `for` edges: a task per item, each with its own input.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::prelude::*;
use tokio::time::sleep;

use crate::kit::{Line, Log, given, items, line, nothing};

/// Takes longer for earlier items, so that tasks end in reverse order.
#[node]
async fn work(item: String) -> Line {
    let pause = 100 - item.bytes().map(u64::from).sum::<u64>() % 100;
    sleep(Duration::from_millis(pause)).await;
    line(format!("work on {item}"))
}

#[node]
fn gather(Log { log, .. }: &Log) -> Line {
    line(format!("gathered {}", log.len()))
}

#[node]
fn side(_: &Log) -> Line {
    line("side")
}

fn log(lines: &[&str]) -> LogInput {
    LogInput { log: lines.iter().map(|line| (*line).to_owned()).collect() }
}

use crate::kit::LogInput;

mod entry {
    use super::*;

    static ASKED: AtomicUsize = AtomicUsize::new(0);

    graph! {
        Entry<Log> {
            START -> |Log { log, .. }| if log.is_empty() { side } else { for item in log { work(item.clone()) } };
            work -> |Log { log, .. }| {
                ASKED.fetch_add(1, Ordering::SeqCst);
                if log.is_empty() { END } else { gather }
            };
            side -> END;
            gather -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn start_may_send_and_payloads_keep_their_order_whatever_ends_first() {
        ASKED.store(0, Ordering::SeqCst);
        let mut updates = Entry::new().run(log(&["a", "b", "c"])).updates();
        let mut ended = Vec::new();
        while let Some(update) = updates.next().await {
            if let EntryUpdate::Work(Line { log }) = update.unwrap() {
                ended.extend(log);
            }
        }
        assert_eq!(ended, ["work on c", "work on b", "work on a"]);
        let state = updates.output().unwrap();
        assert_eq!(state.log, ["a", "b", "c", "work on a", "work on b", "work on c", "gathered 6"]);
        assert_eq!(ASKED.load(Ordering::SeqCst), 1, "the router is asked once for the node, not for each task");
    }

    #[tokio::test]
    async fn start_may_choose() {
        assert_eq!(Entry::new().run(nothing()).await.unwrap().log, ["side"]);
    }
}

mod nothing_to_send {
    use super::*;

    #[node]
    fn plan(_: &Log) -> Line {
        line("plan")
    }

    fn to_send(log: &[String]) -> impl Iterator<Item = &String> {
        log.iter().filter(|line| line.starts_with("item"))
    }

    graph! {
        Edges<Log> {
            START -> plan -> |Log { log, .. }| for item in to_send(log) { work(item.clone()) };
            work -> gather -> END;
        }
    }

    graph! {
        Routed<Log> {
            START -> plan -> |Log { log, .. }| for item in to_send(log) { work(item.clone()) };
            work -> |Log { log, .. }| if log.len() > 1 { gather } else { END };
            gather -> END;
        }
    }

    graph! {
        Joined<Log> {
            START -> [plan, side];
            plan -> |Log { log, .. }| for item in to_send(log) { work(item.clone()) };
            [work, side] -> gather -> END;
        }
    }

    #[tokio::test]
    async fn over_nothing_a_for_edge_goes_on_where_its_node_would_have_gone_on() {
        assert_eq!(Edges::new().run(nothing()).await.unwrap().log, ["plan", "gathered 1"]);
        assert_eq!(Edges::new().run(given("item")).await.unwrap().log, ["item", "plan", "work on item", "gathered 3"]);
    }

    #[tokio::test]
    async fn over_nothing_the_router_of_the_skipped_node_is_asked() {
        assert_eq!(Routed::new().run(nothing()).await.unwrap().log, ["plan"]);
        assert_eq!(Routed::new().run(given("in")).await.unwrap().log, ["in", "plan", "gathered 2"]);
    }

    #[tokio::test]
    async fn over_nothing_the_skipped_node_has_arrived_at_its_join() {
        assert_eq!(Joined::new().run(nothing()).await.unwrap().log, ["plan", "side", "gathered 2"]);
        let state = Joined::new().run(given("item")).await.unwrap();
        assert_eq!(state.log, ["item", "plan", "side", "work on item", "gathered 4"]);
    }
}

mod two_edges {
    use super::*;

    #[node]
    fn vowels(_: &Log) -> Line {
        line("vowels")
    }

    #[node]
    fn others(_: &Log) -> Line {
        line("others")
    }

    graph! {
        Both<Log> {
            START -> [vowels, others];
            vowels -> |Log { log, .. }| for item in log.iter().filter(|item| *item == "a") { work(item.clone()) };
            others -> |Log { log, .. }| for item in log.iter().filter(|item| *item == "b") { work(item.clone()) };
            work -> gather -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_for_edges_to_one_node_are_one_step() {
        let state = Both::new().run(log(&["b", "a"])).await.unwrap();
        assert_eq!(state.log, ["b", "a", "others", "vowels", "work on b", "work on a", "gathered 6"]);
    }

    #[tokio::test(start_paused = true)]
    async fn one_for_edge_over_nothing_waits_for_the_tasks_of_the_other() {
        let updates = items(Both::new().run(log(&["b"])).updates()).await;
        let nodes: Vec<_> = updates.iter().map(|update| update.node().name()).collect();
        assert_eq!(nodes, ["others", "vowels", "work", "gather"]);
    }
}
