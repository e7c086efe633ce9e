//! Row 127: a misspelt field of an exit, and a parent that reads it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Child {
    #[state(shared)]
    topic: String,
    #[state(shared)]
    joke: Late<String>,
}

#[node]
async fn look(Child { topic, .. }: &Child) -> ChildWrite::Joke {
    ChildWrite::Joke(topic.clone())
}

#[node]
async fn note(Story { joke, .. }: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec![joke.clone()])
}

graph! {
    Search<Child> {
        exit Found { jok };

        START -> |state| if state.topic.is_empty() { END } else { look };
        look -> END::Found;
    }
}

graph! {
    Stories<Story> {
        START -> Search as search;
        search -> |_, exit| match exit {
            SearchExit::Found => note,
            SearchExit::End => END,
        };
        note -> END;
    }
}

fn main() {}
