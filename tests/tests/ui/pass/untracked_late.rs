//! Late fields that are not saved: without a checkpointer, and with one where none is bound.
use graph_core::checkpoint::MemorySaver;
use graph_core::graph::Graph;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    topic: String,
    #[state(untracked)]
    joke: Late<String>,
    #[state(untracked)]
    secret: String,
}

#[node]
fn tell(Story { secret, .. }: &Story) -> (StoryWrite::Joke, StoryWrite::Secret) {
    (StoryWrite::Joke(format!("a joke{secret}")), StoryWrite::Secret("!".into()))
}

#[node]
fn rate(Story { joke, .. }: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(joke.clone())
}

#[node]
fn look(state: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(state.joke.get().cloned().unwrap_or_default())
}

graph! {
    Unsaved<Story> {
        START -> tell -> rate -> END;
    }
}

graph! {
    Kept<Story> {
        START -> tell -> look -> END;
    }
}

/// Generic over the graph: nothing is asked of it but that it is one.
fn name<G: Graph>(_: &App<G>) -> &'static str {
    G::NAME
}

fn main() {
    let story = Unsaved::new().run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!(story.topic, "a joke");
    let app = Kept::new();
    assert_eq!(name(&app), "Kept");
    let app = app.checkpointer(MemorySaver::new());
    let story = app.thread("1").run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!(story.topic, "a joke");
}
