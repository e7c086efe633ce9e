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

#[node]
async fn calls(Log { log }: &Log, cx: &Context<Calling>) -> NodeResult<Line> {
    // Its own store is ignored, like its limits.
    let own = Noting::new().store(InMemoryStore::new());
    let state = own.run(given(&log[0])).as_child_of(cx).await?;
    Ok(line(state.log[1].clone()))
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
    assert_eq!(Calling::new().store(store.clone()).run(given("e")).await.unwrap().log, ["e", "5"], "in a called graph");
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

/// LangGraph's recording 43: two runs of one thread, each for another user.
#[tokio::test]
async fn two_users_of_one_thread_are_remembered_apart() {
    struct User(&'static str);

    #[node]
    async fn n(cx: &Context<Remembering>) -> NodeResult<Line> {
        let memory = cx.store()?.collection::<Value>(["u", cx.context().0]);
        memory.put("k", &json!({ "v": 1 })).await?;
        Ok(line(memory.get("k").await?.unwrap().to_string()))
    }

    graph! {
        Remembering<Log> {
            context User;

            START -> n -> END;
        }
    }

    let store = Store::new(InMemoryStore::new());
    let app = Remembering::new().store(store.clone()).checkpointer(MemorySaver::new());
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
