//! Row 98: a run on a thread as a child of a node's run.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChildState {
    #[state(input)]
    count: u32,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
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
async fn call(_: &ChildState, cx: &Context<ParentGraph>) -> NodeResult<Counted> {
    let thread = ChildGraph::new().checkpointer(MemorySaver::new()).thread("1");
    let count = thread.run(ChildStateInput { count: 1 }).as_child_of(cx).await?.count;
    Ok(Counted { count })
}

graph! {
    ParentGraph<ChildState> {
        calls ChildGraph;

        START -> call -> END;
    }
}

fn main() {}
