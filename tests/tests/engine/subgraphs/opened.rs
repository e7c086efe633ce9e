//! Graphs as nodes of graphs.
#![allow(clippy::disallowed_names, reason = "the names of LangGraph's own example")]

use graph_core::prelude::*;
use graph_core::run::Nested;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ParentState {
    #[state(input)]
    foo: String,
    escalated: bool,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = ParentState)]
struct ChildState {
    #[state(shared)]
    foo: String,
    bar: Late<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChildState)]
struct Bar {
    bar: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChildState)]
struct Foo {
    foo: String,
}

#[node]
async fn fetch_bar(_: &ChildState) -> Bar {
    Bar { bar: "bar".into() }
}

#[node]
async fn add_bar(ChildState { foo, bar }: &ChildState) -> Foo {
    Foo { foo: format!("{foo}{bar}") }
}

graph! {
    ChildGraph<ChildState> {
        /// A second way out: the parent must say where it leads.
        exit TooLong;

        START -> fetch_bar -> add_bar;
        add_bar -> |state| if state.foo.len() > 80 { END::TooLong } else { END };
    }
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ParentState)]
struct Greeted {
    foo: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ParentState)]
struct Escalated {
    escalated: bool,
}

#[node]
async fn greet(ParentState { foo, .. }: &ParentState) -> Greeted {
    Greeted { foo: format!("hi! {foo}") }
}

#[node]
async fn escalate(_: &ParentState) -> Escalated {
    Escalated { escalated: true }
}

graph! {
    ParentGraph<ParentState> {
        START -> greet -> ChildGraph as child;
        child -> |_, exit| match exit {
            ChildGraphExit::End => END,
            ChildGraphExit::TooLong => escalate,
        };
        escalate -> END;
    }
}

#[tokio::test]
async fn a_subgraph_is_one_node_and_with_subgraphs_what_it_does() {
    let app = ParentGraph::new();
    let mut updates = app.run(ParentStateInput { foo: "foo".into() }).updates();
    let mut seen = Vec::new();
    while let Some(update) = updates.next().await {
        seen.push(match update.unwrap() {
            ParentGraphUpdate::Greet(Greeted { foo }) => foo,
            ParentGraphUpdate::Child(shared) => format!("child {}", shared.foo),
            ParentGraphUpdate::Escalate(_) => "escalated".into(),
        });
    }
    assert_eq!(seen, ["hi! foo", "child hi! foobar"]);

    let mut updates = app.run(ParentStateInput { foo: "foo".into() }).subgraphs().updates();
    let mut seen = Vec::new();
    while let Some(update) = updates.next().await {
        seen.push(match update.unwrap() {
            Nested::Here(update) => format!("{update:?}"),
            Nested::Inside(namespace, ParentGraphInside::Child(ChildGraphUpdate::FetchBar(Bar { bar }))) => {
                assert!(namespace.to_string().starts_with("child:"));
                bar
            }
            Nested::Inside(_, ParentGraphInside::Child(ChildGraphUpdate::AddBar(Foo { foo }))) => foo,
        });
    }
    assert_eq!(
        seen,
        [
            r#"Greet(Greeted { foo: "hi! foo" })"#,
            "bar",
            "hi! foobar",
            r#"Child(ChildStateShared { foo: "hi! foobar" })"#
        ]
    );
    let state = app.run(ParentStateInput { foo: "x".repeat(90) }).await.unwrap();
    assert!(state.escalated);
}

#[test]
fn a_subgraph_is_opened_on_request() {
    let mermaid = ParentGraph::opened(1).mermaid();
    let inside = mermaid.split("\tsubgraph child\n").nth(1).unwrap().split("\tend\n").next().unwrap();
    assert!(inside.contains("fetch_bar(fetch_bar)"), "{mermaid}");
    // The way behind each exit comes out of it.
    assert!(
        mermaid.contains("child\\3a__end_TooLong__ -. &nbsp;ChildGraphExit::TooLong&nbsp; .-> escalate;"),
        "{mermaid}"
    );
    assert!(mermaid.contains("greet --> child\\3a__start__;"), "{mermaid}");
    assert!(ParentGraph::opened(1).dot().contains("label=\"child\";"));
    assert!(ParentGraph::opened(1).ascii().contains("child: add_bar"));
    assert_eq!(ParentGraph::opened(0).mermaid(), ParentGraph::mermaid());
}
