//! Row 143: a subgraph that declares the store, in a graph that does not.
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
#[state(parent = ParentState)]
struct ChildState {
    #[state(shared)]
    foo: String,
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
        store;

        START -> add -> END;
    }
}

graph! {
    ParentGraph<ParentState> {
        START -> greet -> ChildGraph as child -> END;
    }
}

fn main() {}
