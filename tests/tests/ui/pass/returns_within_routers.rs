//! A `return` in a router is that of a closure or a function within it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    words: Vec2,
    #[state(output, reduce = Append)]
    log: Vec<String>,
}

/// A list that is no collection to the state.
#[derive(Clone, Debug, Default)]
struct Vec2(Vec<u64>);

#[node]
fn plan(_: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec!["plan".into()])
}

#[node]
fn tell(_: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec!["tell".into()])
}

graph! {
    Stories<Story> {
        START -> |Story { words, .. }| {
            fn is_long(count: usize) -> bool {
                if count > 1 {
                    return true;
                }
                false
            }
            let weigh = |word: &u64| {
                if *word > 2 {
                    return 1;
                }
                0
            };
            let weight: u64 = words.0.iter().map(weigh).sum();
            let found = words.0.iter().find(|word| return **word > 7).is_some();
            let kind = if is_long(words.0.len()) || found { 1 } else { 0 };
            match (weight, kind) {
                (0, 0) => END,
                (0, _) => plan,
                _ => tell,
            }
        };
        plan -> END;
        tell -> END;
    }
}

fn main() {
    let run = |words: &[u64]| Stories::new().run(StoryInput { words: Vec2(words.to_vec()) }).blocking().unwrap().log;
    assert_eq!(run(&[1]), [""; 0]);
    assert_eq!(run(&[1, 1]), ["plan"]);
    assert_eq!(run(&[3]), ["tell"]);
}
