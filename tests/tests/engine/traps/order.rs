//! Updates that are applied in the order in which nodes end.

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
async fn updates_are_applied_in_the_order_of_the_graph_however_the_nodes_end() {
    let mut run = Ordered::new().run(nothing()).updates();
    let mut ended = Vec::new();
    while let Some(update) = run.next().await {
        let (OrderedUpdate::First(line) | OrderedUpdate::Item(line) | OrderedUpdate::Last(line)) = update.unwrap();
        ended.extend(line.log);
    }
    assert_eq!(ended, ["b", "last", "c", "a", "first"], "they end in another order");
    assert_eq!(run.output().unwrap().log, ["first", "a", "b", "c", "last"]);
}
