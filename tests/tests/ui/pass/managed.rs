//! Managed fields, under whatever name, in a state of which every other field is folded, and in one of nothing else.
use graph_core::prelude::*;
use graph_core::state::RemainingSteps as Left;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
struct Story {
    #[state(managed)]
    pub left: Left,
    #[state(reduce = Append)]
    log: Vec<String>,
    #[state(managed)]
    #[serde(skip)]
    r#final: IsLastStep,
}

#[derive(State, Clone, Debug, Default)]
struct Nothing {
    #[state(managed)]
    left: Left,
}

/// Both return the whole update: it does not write the managed fields, so they do not race.
#[node]
fn tell(Story { left, r#final, .. }: &Story) -> StoryUpdate {
    StoryUpdate::default().log(vec![format!("tell {left} {}", r#final.get())])
}

#[node]
fn note(&Story { left, .. }: &Story) -> StoryUpdate {
    StoryUpdate::default().log(vec![format!("note {}", left.get())])
}

#[node(cache(ttl = "1m"))]
fn cached(Story { left, .. }: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec![left.to_string()])
}

#[node]
fn wait(Nothing { left }: &Nothing) -> () {
    assert!(*left < 5);
}

graph! {
    StoryGraph<Story> {
        START -> [tell, note];
        [tell, note] -> cached -> END;
    }
}

graph! {
    Waiting<Nothing> {
        START -> wait -> END;
    }
}

fn main() {
    let story = StoryGraph::new().recursion_limit(2).run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!(story.log, ["note 1", "tell 1 false", "0"]);
    assert!(story.r#final.get());
    Waiting::new().recursion_limit(5).run(NothingUpdate::default()).blocking().unwrap();
}
