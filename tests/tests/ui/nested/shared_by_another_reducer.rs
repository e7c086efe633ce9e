//! Row 63: the subgraph keeps the largest count, its parent adds it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(reduce = Sum)]
    count: u64,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Draft {
    #[state(shared, reduce = Max)]
    count: u64,
}

#[node]
fn look(Draft { count, .. }: &Draft) -> DraftWrite::Count {
    DraftWrite::Count(count + 1)
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
