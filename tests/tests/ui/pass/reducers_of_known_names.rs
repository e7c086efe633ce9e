//! Reducers of one's own under names of graph-core's, written as paths; and graph-core's by a path and by another name.
use graph_core::prelude::*;
use graph_core::state::Append as AndThen;

mod own {
    use graph_core::state::Reducer;

    /// Folds one line, where graph-core's takes a list.
    pub struct Append;

    impl Reducer<Vec<String>> for Append {
        type Input = String;

        fn reduce(current: &mut Vec<String>, input: String) {
            current.push(input);
        }
    }
}

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    #[state(reduce = own::Append)]
    lines: Vec<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
    #[state(reduce = graph_core::state::Append)]
    words: Vec<String>,
    #[state(reduce = AndThen)]
    text: String,
    #[state(reduce = AddMessages)]
    messages: Vec<Message>,
    #[state(reduce = Sum)]
    count: u64,
}

#[node]
fn tell(
    Story { topic, .. }: &Story,
) -> (StoryWrite::Lines, StoryWrite::Log, StoryWrite::Words, StoryWrite::Text, StoryWrite::Count) {
    let list = || vec![topic.clone()];
    (
        StoryWrite::Lines(topic.clone()),
        StoryWrite::Log(list()),
        StoryWrite::Words(list()),
        StoryWrite::Text(topic.clone()),
        StoryWrite::Count(1),
    )
}

graph! {
    Stories<Story> {
        START -> tell as first -> tell as second -> END;
    }
}

fn main() {
    let story = Stories::new().run(StoryInput { topic: "cats".into() }).blocking().unwrap();
    assert_eq!(story.lines, ["cats", "cats"]);
    assert_eq!((story.log, story.words), (story.lines.clone(), story.lines));
    assert_eq!((&*story.text, story.count), ("catscats", 2));
}
