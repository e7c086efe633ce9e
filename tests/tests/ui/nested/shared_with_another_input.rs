//! Row 63: reducers that take different writes.
use graph_core::prelude::*;

#[reducer(combine = both)]
fn push(list: &mut Vec<String>, new: String) {
    list.push(new);
}

fn both(first: &mut String, then: String) {
    first.push_str(&then);
}

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(reduce = push)]
    log: Vec<String>,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Draft {
    #[state(shared, reduce = Append)]
    log: Vec<String>,
}

#[node]
fn look(_: &Draft) -> DraftWrite::Log {
    DraftWrite::Log(vec!["seen".into()])
}

graph! {
    DraftGraph<Draft> {
        START -> look -> END;
    }
}

graph! {
    StoryGraph<Story> {
        START -> DraftGraph as draft -> END;
    }
}

fn main() {}
