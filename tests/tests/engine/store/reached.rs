//! Nodes reach the store of their app: alone, in subgraphs, in graphs that they call, and on threads.

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::store::{InMemoryStore, Namespace, NamespacesQuery, Search, Store, StoreError};
use serde_json::{Value, json};

use crate::kit::{Line, Log, given, line};

/// Adds a line to what is remembered, and says how much that is.
#[node]
async fn note(Log { log }: &Log, cx: &RunContext) -> NodeResult<Line> {
    let notes = cx.store()?.collection::<String>(["notes", cx.run().graph]);
    notes.put(cx.task_id().to_string(), &log[0]).await?;
    Ok(line(notes.search(&Search::new()).await?.len().to_string()))
}

graph! { Noting<Log> { START -> note -> END; } }

graph! { Around<Log> { START -> Noting as inner -> END; } }

/// Runs the graph with a store of its own, then with that of this graph.
#[node]
async fn calls(Log { log }: &Log, cx: &Context<Calling>) -> NodeResult<Line> {
    let own = Noting::new().store(InMemoryStore::new()).run(given("own")).as_child_of(cx).await?;
    let shared = Noting::new().run(given(&log[0])).as_child_of(cx).await?;
    Ok(line(format!("{} {}", own.log[1], shared.log[1])))
}

graph! {
    Calling<Log> {
        calls Noting;

        START -> calls -> END;
    }
}

#[tokio::test]
async fn graphs_and_threads_share_what_they_were_given() {
    let store = Store::new(InMemoryStore::new());
    let app = Noting::new().store(store.clone());
    assert_eq!(app.run(given("a")).await.unwrap().log, ["a", "1"]);
    let saved = Noting::new().checkpointer(MemorySaver::new()).store(store.clone());
    assert_eq!(saved.thread("one").run(given("b")).await.unwrap().log, ["b", "2"]);
    let saved = Noting::new().store(store.clone()).checkpointer(MemorySaver::new());
    assert_eq!(saved.thread("two").run(given("c")).await.unwrap().log, ["c", "3"]);
    assert_eq!(Around::new().store(store.clone()).run(given("d")).await.unwrap().log, ["d", "4"], "in a subgraph");
    assert_eq!(
        Calling::new().store(store.clone()).run(given("e")).await.unwrap().log,
        ["e", "1 5"],
        "in called graphs"
    );
    assert_eq!(app.run(given("f")).parallel().await.unwrap().log, ["f", "6"]);
    let all = store.collection::<String>(Namespace::default()).search(&Search::new()).await.unwrap();
    let all: Vec<_> = all.iter().map(|item| &*item.value).collect();
    assert_eq!(all, ["f", "e", "d", "c", "b", "a"]);
}

#[tokio::test]
async fn without_a_store_the_error_names_graph_and_node_and_is_not_tried_again() {
    #[node(retry(max_attempts = 3))]
    async fn recalls(cx: &RunContext) -> NodeResult<Line> {
        Ok(line(cx.store()?.collection::<String>(["notes"]).get("a").await?.unwrap_or_default()))
    }

    graph! { Forgetful<Log> { START -> recalls -> END; } }

    let error = Forgetful::new().run(given("a")).await.unwrap_err();
    let Error::Node { attempt: 1, source, .. } = error else { panic!("{error}") };
    let said = "node `recalls` of `Forgetful` asks for the store, and the app was given none; set it with `.store(..)`";
    assert_eq!(source.to_string(), said);
    assert!(matches!(RunContext::detached().store(), Err(StoreError::NoStore { .. })));
}

/// A node whose graph declares the store, and another graph's collection.
#[node]
async fn counts(cx: &Context<Counting>) -> NodeResult<Line> {
    let counts = cx.store().collection::<u32>([cx.deps().0]);
    let count = counts.get("count").await?.unwrap_or_default() + 1;
    counts.put("count", &count).await?;
    Ok(line(count.to_string()))
}

#[derive(Clone)]
struct Place(&'static str);

graph! {
    Counting<Log, Place> {
        store;

        START -> counts -> END;
    }
}

#[node]
async fn calls_it(cx: &Context<Outer>) -> NodeResult<Line> {
    let counting = Counting::new(Place("called"), cx.store().clone());
    Ok(line(counting.run(given("go")).as_child_of(cx).await?.log[1].clone()))
}

graph! {
    Outer<Log, Place> {
        store;
        calls Counting;

        START -> Counting as inner -> calls_it -> Counting as again -> END;
    }
}

#[tokio::test]
async fn a_graph_that_declares_the_store_always_has_it() {
    let store = Store::new(InMemoryStore::new());
    let app = Outer::new(Place("inside"), store.clone());
    assert_eq!(app.run(given("go")).await.unwrap().log, ["go", "1", "1", "2"]);
    let saved = app.clone().checkpointer(MemorySaver::new()).thread("t");
    assert_eq!(saved.run(given("go")).await.unwrap().log, ["go", "3", "2", "4"]);
    let other = app.store(InMemoryStore::new());
    assert_eq!(other.run(given("go")).await.unwrap().log, ["go", "1", "1", "2"], "another one in its place");
    assert_eq!(store.collection::<u32>(["inside"]).get("count").await.unwrap(), Some(4));
}

#[workflow(Visits, deps = Place, store)]
async fn visits(by: u32, cx: &Context<Visits>) -> NodeResult<u32> {
    let visits = cx.store().collection::<u32>([cx.deps().0]);
    let all = visits.get("all").await?.unwrap_or_default() + by;
    visits.put("all", &all).await?;
    Ok(all)
}

#[tokio::test]
async fn a_workflow_declares_the_store_as_an_option() {
    let app = Visits::new(Place("site"), InMemoryStore::new()).checkpointer(MemorySaver::new());
    assert_eq!(app.thread("monday").run(VisitsInput { by: 2 }).await.unwrap(), 2);
    assert_eq!(app.thread("friday").run(VisitsInput { by: 3 }).await.unwrap(), 5);
}

/// A node may be called like the item.
#[node]
async fn store(_: &Log) -> Line {
    line("stored")
}

graph! {
    Storing<Log> {
        store -> END;
        START -> store;
        store;
    }
}

#[tokio::test]
async fn a_node_may_be_called_store() {
    assert_eq!(Storing::new(InMemoryStore::new()).run(given("go")).await.unwrap().log, ["go", "stored"]);
}

/// LangGraph's recording 43: two runs of one thread, each for another user.
#[tokio::test]
async fn two_users_of_one_thread_are_remembered_apart() {
    struct User(&'static str);

    #[node]
    async fn n(cx: &Context<Remembering>) -> NodeResult<Line> {
        let memory = cx.store().collection::<Value>(["u", cx.context().0]);
        memory.put("k", &json!({ "v": 1 })).await?;
        Ok(line(memory.get("k").await?.unwrap().to_string()))
    }

    graph! {
        Remembering<Log> {
            context User;
            store;

            START -> n -> END;
        }
    }

    let store = Store::new(InMemoryStore::new());
    let app = Remembering::new(store.clone()).checkpointer(MemorySaver::new());
    for user in ["ann", "bob"] {
        let log = app.thread("t").run(given("go")).context(User(user)).await.unwrap().log;
        assert_eq!(log.last().unwrap(), r#"{"v":1}"#);
    }
    let users = store.namespaces(&NamespacesQuery::new()).await.unwrap();
    assert_eq!(users, [["u", "ann"].into(), ["u", "bob"].into()]);
    for user in users {
        let items = store.collection::<Value>(user.clone()).search(&Search::new()).await.unwrap();
        let items: Vec<_> = items.iter().map(|item| (&item.namespace, &*item.key, &item.value)).collect();
        assert_eq!(items, [(&user, "k", &json!({ "v": 1 }))]);
    }
}
