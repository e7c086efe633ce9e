//! A subgraph reads a shared late field that its parent has written: `shared, input`.
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
        plan -> |Story { laughs, .. }| if *laughs > 0 { END } else { tell };
        tell -> ReviewGraph as review -> END;
    }
}

fn main() {
    let state = Stories::new().run(StoryInput { topic: "cats".into() }).blocking().unwrap();
    assert_eq!(state.laughs, 4);
    // By itself, the graph is given the field.
    let state = ReviewGraph::new().run(ReviewInput { joke: "a joke".into() }).blocking().unwrap();
    assert_eq!(state.laughs, 6);
}
