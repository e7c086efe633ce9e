//! A parent that does not write what its subgraph demands.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    joke: Late<String>,
    laughs: u64,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Review {
    #[state(shared, input)]
    joke: Late<String>,
    #[state(shared)]
    laughs: u64,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Told {
    joke: String,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Planned {
    topic: String,
}

#[derive(Update, Clone, Debug)]
#[update(Review)]
struct Laughed {
    laughs: u64,
}

#[node]
fn plan(Story { topic, .. }: &Story) -> Planned {
    Planned { topic: topic.clone() }
}

#[node]
fn tell(Story { topic, .. }: &Story) -> Told {
    Told { joke: topic.clone() }
}

#[node]
fn laugh(Review { joke, .. }: &Review) -> Laughed {
    Laughed { laughs: joke.len() as u64 }
}

graph! {
    ReviewGraph<Review> {
        START -> laugh -> END;
    }
}

graph! {
    Stories<Story> {
        START -> plan;
        plan -> |Story { laughs, .. }| if *laughs > 0 { tell } else { ReviewGraph as review };
        tell -> review -> END;
    }
}

fn main() {}
