//! Updates that are applied in the order in which nodes end.

use graph_core::run::TaskState;

use super::*;

#[node]
async fn item((name, millis): (char, u64)) -> Line {
    sleep(Duration::from_millis(millis)).await;
    line(name)
}

#[node]
async fn last(_: &Log) -> Line {
    sleep(Duration::from_millis(10)).await;
    line("last")
}

#[node]
async fn first(_: &Log) -> Line {
    sleep(Duration::from_millis(40)).await;
    line("first")
}

graph! {
    Ordered<Log> {
        START -> |_| [first, for task in [('a', 30), ('b', 5), ('c', 20)] { item(task) }, last];
        first -> END;
        item -> END;
        last -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn updates_are_applied_by_node_name_then_those_of_sent_tasks_however_the_nodes_end() {
    let mut run = Ordered::new().run(nothing()).updates();
    let mut ended = Vec::new();
    while let Some(update) = run.next().await {
        let (OrderedUpdate::First(line) | OrderedUpdate::Item(line) | OrderedUpdate::Last(line)) = update.unwrap();
        ended.extend(line.log);
    }
    assert_eq!(ended, ["b", "last", "c", "a", "first"], "they end in another order");
    assert_eq!(run.output().unwrap().log, ["first", "last", "a", "b", "c"]);
}

graph! {
    Swapped<Log> {
        START -> |_| [last, for task in [('a', 30), ('b', 5), ('c', 20)] { item(task) }, first];
        last -> END;
        item -> END;
        first -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn sent_tasks_start_first_then_nodes_by_name_in_whatever_order_the_graph_mentions_them() {
    let mut tasks = Swapped::new().run(nothing()).tasks();
    let mut starts = Vec::new();
    while let Some(task) = tasks.next().await {
        let task = task.unwrap();
        starts.extend(matches!(task.state, TaskState::Started { .. }).then(|| task.node.name()));
    }
    assert_eq!(starts, ["item", "item", "item", "first", "last"]);
    assert_eq!(tasks.output().unwrap().log, ["first", "last", "a", "b", "c"]);
}
