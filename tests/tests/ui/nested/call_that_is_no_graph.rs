//! Row 98: what is called is no graph.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ParentState {
    #[state(input)]
    foo: String,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ParentState)]
struct Greeted {
    foo: String,
}

#[node]
async fn greet(_: &ParentState) -> Greeted {
    Greeted { foo: "hi".into() }
}

#[derive(State, Clone, Debug, Default)]
struct ChildState {
    count: u32,
}

#[derive(Update, Clone, Debug)]
#[update(ChildState)]
struct Counted {
    count: u32,
}

#[node]
async fn add(ChildState { count, .. }: &ChildState) -> Counted {
    Counted { count: count + 1 }
}

graph! {
    ChildGraph<ChildState> {
        START -> add -> END;
    }
}

#[node]
async fn call(_: &ParentState, cx: &Context<ParentGraph>) -> NodeResult<Greeted> {
    let count = ChildGraph::new().run(ChildStateUpdate::default()).as_child_of(cx).await?.count;
    Ok(Greeted { foo: count.to_string() })
}

graph! {
    ParentGraph<ParentState> {
        calls ChildGraph, Greeted;

        START -> greet -> call -> END;
    }
}

fn main() {}
