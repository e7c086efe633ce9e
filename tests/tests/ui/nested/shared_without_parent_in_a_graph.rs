//! Row 31: a shared field of a state that names no parent, in graphs.
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

#[node]
async fn plan(Story { count, .. }: &Story) -> StoryWrite::Count {
    StoryWrite::Count(count + 1)
}

#[node]
async fn tell(Story { topic, .. }: &Story) -> StoryWrite::Joke {
    StoryWrite::Joke(topic.clone())
}

#[derive(State, Clone, Debug, Default)]
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
    Children<Child> {
        START -> look -> END;
    }
}

graph! {
    Twice<Child> {
        START -> Children as first -> Children as second -> END;
    }
}

graph! {
    Stories<Story> {
        START -> plan -> Children as child -> note -> END;
    }
}

fn main() {}
