//! Row 97: a reducer that does not say how two inputs become one, of a field that a subgraph may write twice.
use graph_core::prelude::*;

#[reducer]
fn longest(current: &mut String, new: String) {
    if new.len() > current.len() {
        *current = new;
    }
}

#[derive(State, Clone, Debug, Default)]
struct ParentState {
    #[state(input)]
    foo: String,
    #[state(reduce = longest)]
    log: String,
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
    #[state(shared, reduce = longest)]
    log: String,
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

#[derive(Update, Clone, Debug)]
#[update(ChildState)]
struct Told {
    log: String,
}

#[node]
async fn tell(_: &ChildState) -> Told {
    Told { log: "told".into() }
}

graph! {
    ChildGraph<ChildState> {
        START -> add -> tell -> END;
    }
}

graph! {
    ParentGraph<ParentState> {
        START -> greet -> ChildGraph as child -> END;
    }
}

fn main() {}
