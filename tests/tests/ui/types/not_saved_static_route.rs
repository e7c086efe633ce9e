//! Row 38: a route with a `&'static str`, which no saved value can become again.
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

#[derive(Serialize, Deserialize)]
enum Verdict {
    Good,
    Bad(&'static str),
}

#[node]
async fn judge(Story { topic, .. }: &Story) -> Command<StoryWrite::Topic, Verdict> {
    let verdict = if topic.is_empty() { Verdict::Bad("no topic") } else { Verdict::Good };
    Command::new(StoryWrite::Topic(topic.clone()), verdict)
}

graph! {
    Stories<Story> {
        START -> judge;
        judge -> |_, verdict| match verdict {
            Verdict::Good => tell,
            Verdict::Bad(_) => plan,
        };
        tell -> END;
        plan -> END;
    }
}

fn main() {
    let _ = Stories::new().checkpointer(MemorySaver::new());
}
