//! Nested graphs: the same one twice, several levels, one that contains itself, one reached by `for`, one that a node
//! calls.

use graph_core::graph::{Provide, SubgraphOrigin};
use graph_core::prelude::*;
use graph_core::run::Namespace;
use graph_core::state::Write;

use crate::kit::{Line, Log, LogInput, items, line, nothing};

struct InnerDeps(&'static str);

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Inner {
    #[state(shared, reduce = Append)]
    log: Vec<String>,
    count: u32,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Inner)]
struct InnerLine {
    log: Vec<String>,
    count: u32,
}

fn inner(text: impl Into<String>, count: u32) -> InnerLine {
    InnerLine { log: vec![text.into()], count }
}

#[node]
async fn one(Inner { log, .. }: &Inner, cx: &Context<InnerGraph>) -> InnerLine {
    inner(format!("{} sees {}", cx.deps().0, log.len()), 1)
}

#[node]
async fn two(Inner { count, .. }: &Inner) -> InnerLine {
    inner("two", count + 1)
}

graph! {
    InnerGraph<Inner, InnerDeps> {
        START -> one -> two -> END;
    }
}

struct OuterDeps {
    inner: InnerDeps,
}

impl Provide<InnerDeps> for OuterDeps {
    fn provide(&self) -> &InnerDeps {
        &self.inner
    }
}

graph! {
    Middle<Log, OuterDeps> {
        START -> InnerGraph as first -> InnerGraph as second -> END;
    }
}

#[node]
async fn begin() -> Line {
    line("begin")
}

graph! {
    Outer<Log, OuterDeps> {
        START -> begin -> Middle as middle -> END;
    }
}

fn outer() -> App<Outer> {
    Outer::new(OuterDeps { inner: InnerDeps("inner") })
}

#[tokio::test]
async fn what_a_nest_added_is_folded_in_once() {
    let log = outer().run(nothing()).await.unwrap().log;
    assert_eq!(log, ["begin", "inner sees 1", "two", "inner sees 3", "two"]);
}

#[tokio::test]
async fn what_comes_back_is_what_was_added() {
    let updates = items(outer().run(nothing()).updates()).await;
    let OuterUpdate::Middle(back) = &updates[1] else { panic!("{updates:?}") };
    let Write::Merge(added) = &back.log else { panic!("{back:?}") };
    assert_eq!(added.len(), 4);
    assert_eq!(updates.len(), 2);
}

#[tokio::test]
async fn each_level_is_told_under_its_namespace() {
    let told = items(outer().run(nothing()).subgraphs().updates()).await;
    let mut seen = Vec::new();
    for item in told {
        let nodes = |namespace: &Namespace| {
            let nodes: Vec<_> = namespace.segments().iter().map(|segment| segment.node).collect();
            nodes.join("|")
        };
        seen.push(match item {
            WithSubgraphs::Own(update) => format!(": {}", update.node()),
            WithSubgraphs::Subgraph(namespace, OuterSubgraph::Middle(update)) => {
                format!("{}: {}", nodes(&namespace), update.node())
            }
            WithSubgraphs::Subgraph(namespace, OuterSubgraph::MiddleNested(MiddleSubgraph::First(update))) => {
                format!("{}: {}", nodes(&namespace), update.node())
            }
            WithSubgraphs::Subgraph(namespace, OuterSubgraph::MiddleNested(MiddleSubgraph::Second(update))) => {
                format!("{}: {}", nodes(&namespace), update.node())
            }
        });
    }
    assert_eq!(
        seen,
        [
            ": begin",
            "middle|first: one",
            "middle|first: two",
            "middle: first",
            "middle|second: one",
            "middle|second: two",
            "middle: second",
            ": middle"
        ]
    );
    let told = items(outer().run(nothing()).subgraphs().updates()).await;
    let namespaces: Vec<_> = told
        .iter()
        .filter_map(|item| match item {
            WithSubgraphs::Subgraph(namespace, _) => Some(namespace.segments()[0].task),
            WithSubgraphs::Own(_) => None,
        })
        .collect();
    assert!(namespaces.iter().all(|task| *task == namespaces[0]), "all of one task");
}

/// `graph.node`, whichever subgraph it is of.
fn origin<T>(item: WithSubgraphs<T, impl SubgraphOrigin>) -> Option<String> {
    match item {
        WithSubgraphs::Own(_) => None,
        WithSubgraphs::Subgraph(_, item) => Some(format!("{}.{}", item.graph(), item.node().unwrap_or("-"))),
    }
}

#[tokio::test]
async fn an_item_names_its_graph_and_node_whichever_subgraph_it_is_of() {
    let nodes =
        ["InnerGraph.one", "InnerGraph.two", "Middle.first", "InnerGraph.one", "InnerGraph.two", "Middle.second"];
    let run = || outer().run(nothing()).subgraphs();
    let updates: Vec<_> = items(run().updates()).await.into_iter().filter_map(origin).collect();
    assert_eq!(updates, nodes);
    let mut tasks: Vec<_> = items(run().tasks()).await.into_iter().filter_map(origin).collect();
    tasks.dedup();
    assert_eq!(tasks.len(), 8, "around the tasks of its nodes, that of `first`, and that of `second`: {tasks:?}");
    let values: Vec<_> = items(run().values()).await.into_iter().filter_map(origin).collect();
    assert_eq!(&values[..2], ["Middle.-", "InnerGraph.-"]);
    let debug: Vec<_> = items(run().debug()).await.into_iter().filter_map(origin).collect();
    assert_eq!(&debug[..2], ["Middle.first", "InnerGraph.one"]);
    let events: Vec<_> = items(run().events()).await.into_iter().filter_map(origin).collect();
    assert_eq!(&events[..3], ["Middle.-", "Middle.first", "InnerGraph.-"]);
    let whole = items(run().stream(Mode::UPDATES)).await.into_iter().filter_map(|part| match part {
        Part::Subgraph(inside) => Some(format!("{}.{}", inside.part.graph(), inside.part.node().unwrap_or("-"))),
        _ => None,
    });
    assert_eq!(whole.collect::<Vec<_>>(), nodes);
    let deep: Vec<_> =
        items(Deep::new().run(nothing()).subgraphs().updates()).await.into_iter().filter_map(origin).collect();
    let all = "descend descend descend deeper ascend deeper ascend";
    assert_eq!(deep, all.split(' ').map(|node| format!("Deep.{node}")).collect::<Vec<_>>());
}

/// A graph that contains itself: counts down, and adds a line on the way back.
#[node]
async fn descend(Log { log }: &Log) -> Line {
    line(format!("down {}", log.len()))
}

#[node]
async fn ascend(Log { log }: &Log) -> Line {
    line(format!("up {}", log.len()))
}

graph! {
    Deep<Log> {
        START -> descend;
        descend -> |state| if state.log.len() < 4 { Deep as deeper } else { END };
        deeper -> ascend -> END;
    }
}

#[tokio::test]
async fn a_graph_can_contain_itself() {
    let log = Deep::new().run(nothing()).await.unwrap().log;
    assert_eq!(log, ["down 0", "down 1", "down 2", "down 3", "up 4", "up 5", "up 6"]);
    let depth = |item: &WithSubgraphs<DeepUpdate, DeepSubgraph>| match item {
        WithSubgraphs::Own(_) => 0,
        WithSubgraphs::Subgraph(namespace, _) => namespace.segments().len(),
    };
    let told = items(Deep::new().run(nothing()).subgraphs().updates()).await;
    assert_eq!(told.iter().map(depth).collect::<Vec<_>>(), [0, 1, 2, 3, 2, 2, 1, 1, 0, 0]);
    let json = items(Deep::new().run(nothing()).subgraphs().stream(Mode::UPDATES)).await;
    let json: Vec<_> = json.iter().map(|part| serde_json::to_value(part).unwrap()).collect();
    assert_eq!(json[3]["ns"].as_array().unwrap().len(), 3);
    assert_eq!(json[3]["data"]["descend"]["log"], serde_json::json!(["down 3"]));
}

/// A subgraph with a task input, sent by `for`.
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Log)]
struct Section {
    #[state(input)]
    title: String,
    #[state(shared, reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Section)]
struct Written {
    log: Vec<String>,
}

#[node]
async fn write(Section { title, .. }: &Section) -> Written {
    Written { log: vec![format!("about {title}")] }
}

graph! {
    WriteSection<Section> {
        START -> write -> END;
    }
}

graph! {
    Report<Log> {
        START -> |state| for title in &state.log { (WriteSection as section)(SectionInput { title: title.clone() }) };
        section -> END;
    }
}

#[tokio::test]
async fn a_subgraph_can_be_sent_its_input() {
    let log = LogInput { log: vec!["a".into(), "b".into()] };
    assert_eq!(Report::new().run(log).await.unwrap().log, ["a", "b", "about a", "about b"]);
}

/// A graph that a node runs itself, twice.
#[node]
async fn ask_twice(cx: &Context<Caller>) -> NodeResult<Line> {
    let mut found = Vec::new();
    for title in ["x", "y"] {
        let run = WriteSection::new().run(SectionInput { title: title.into() });
        found.extend(run.as_child_of(cx).await?.log);
    }
    Ok(Line { log: found })
}

graph! {
    Caller<Log> {
        calls WriteSection;

        START -> ask_twice -> END;
    }
}

#[tokio::test]
async fn a_graph_that_a_node_runs_is_in_the_stream() {
    assert_eq!(Caller::new().run(nothing()).await.unwrap().log, ["about x", "about y"]);
    let told = items(Caller::new().run(nothing()).subgraphs().updates()).await;
    let [WithSubgraphs::Subgraph(first, one), WithSubgraphs::Subgraph(second, _), WithSubgraphs::Own(_)] = &*told
    else {
        panic!("{told:?}")
    };
    assert_eq!(format!("{one:?}"), r#"WriteSection(Write(Written { log: ["about x"] }))"#);
    assert_eq!((first.segments()[0].call, second.segments()[0].call), (0, 1));
    // The second graph of one task has a number, as in LangGraph.
    assert_eq!(serde_json::to_value(second).unwrap()[1], "1");
}
