//! A subgraph with two exits: which of them is taken, and its expanded picture.

use graph_core::prelude::*;

use crate::kit::{Line, Log, given, line};

#[node]
fn fetch(_: &Log) -> Line {
    line("fetch")
}

#[node]
fn add(_: &Log) -> Line {
    line("add")
}

#[node]
fn greet(_: &Log) -> Line {
    line("greet")
}

#[node]
fn escalate(_: &Log) -> Line {
    line("escalate")
}

graph! {
    ChildGraph<Log> {
        /// A second exit: the parent must route it.
        exit TooLong;

        START -> fetch -> add;
        add -> |Log { log }| if log[0] == "long" { END::TooLong } else { END };
    }
}

graph! {
    ParentGraph<Log> {
        START -> greet -> ChildGraph as child;
        child -> |_, exit| match exit {
            ChildGraphExit::End => END,
            ChildGraphExit::TooLong => escalate,
        };
        escalate -> END;
    }
}

#[tokio::test]
async fn each_exit_of_a_subgraph_leads_where_the_parent_says() {
    let log = |text| async move { ParentGraph::new().run(given(text)).await.unwrap().log };
    assert_eq!(log("short").await, ["short", "greet", "fetch", "add"]);
    assert_eq!(log("long").await, ["long", "greet", "fetch", "add", "escalate"]);
}

#[test]
fn a_subgraph_is_opened_on_request() {
    let mermaid = ParentGraph::expanded(1).mermaid();
    let inside = mermaid.split("\tsubgraph child\n").nth(1).unwrap().split("\tend\n").next().unwrap();
    assert!(inside.contains("fetch(fetch)"), "{mermaid}");
    // Each exit has an edge to its target.
    assert!(
        mermaid.contains("child\\3a__end_TooLong__ -. &nbsp;ChildGraphExit::TooLong&nbsp; .-> escalate;"),
        "{mermaid}"
    );
    assert!(mermaid.contains("greet --> child\\3a__start__;"), "{mermaid}");
    assert!(ParentGraph::expanded(1).dot().contains("label=\"child\";"));
    assert!(ParentGraph::expanded(1).ascii().contains("child: add"));
    assert_eq!(ParentGraph::expanded(0).mermaid(), ParentGraph::mermaid());
}
