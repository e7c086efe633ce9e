//! Row 93: an exit in a list with a node.
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
        exit TooLong;

        START -> add;
        add -> |state| if state.count > 80 { [add, END::TooLong] } else { END };
    }
}

fn main() {}
