//! Shared fields that are folded alike, whatever their reducers are called, or overwritten by the subgraph.
use graph_core::prelude::*;
use graph_core::state::Overwrite as LastWins;

type Adding = Sum;

mod reducers {
    use graph_core::prelude::*;

    #[reducer(combine = longest)]
    pub fn longest(current: &mut String, new: String) {
        if new.len() > current.len() {
            *current = new;
        }
    }
}

use reducers::longest as keep_longest;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(reduce = Adding)]
    count: u64,
    #[state(reduce = reducers::longest)]
    title: String,
    #[state(reduce = Append)]
    log: Vec<String>,
    #[state(reduce = LastWins)]
    notes: Vec<String>,
    #[state(reduce = Overwrite)]
    plan: Vec<String>,
    last: String,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Draft {
    #[state(shared, reduce = graph_core::state::Sum)]
    count: u64,
    #[state(shared, reduce = keep_longest)]
    title: String,
    // The subgraph replaces what its parent folds.
    #[state(shared, reduce = Overwrite)]
    log: Vec<String>,
    #[state(shared, reduce = graph_core::state::Overwrite)]
    notes: Vec<String>,
    #[state(shared, reduce = LastWins)]
    plan: Vec<String>,
    #[state(shared, reduce = LastWins)]
    last: String,
}

#[node]
fn draft(Draft { count, .. }: &Draft) -> DraftUpdate {
    let list = |text: &str| vec![text.to_owned()];
    let update = DraftUpdate::default().count(count + 1).title("longer".into()).log(list("log"));
    update.notes(list("notes")).plan(list("plan")).last("last".into())
}

graph! {
    DraftGraph<Draft> {
        START -> draft -> END;
    }
}

graph! {
    StoryGraph<Story> {
        START -> DraftGraph as draft -> END;
    }
}

fn main() {
    let input = StoryUpdate::default().count(3).title("long".into()).log(vec!["before".into()]);
    let story = StoryGraph::new().run(input).blocking().unwrap();
    assert_eq!((story.count, &*story.title, &*story.last), (7, "longer", "last"));
    assert_eq!((story.log, story.notes, story.plan), (vec!["log".to_owned()], vec!["notes".into()], vec!["plan".into()]));
}
