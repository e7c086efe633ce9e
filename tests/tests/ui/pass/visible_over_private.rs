//! Visible nodes and graphs over private states, updates, inputs and routes.
use graph_core::prelude::*;
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
}
#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Count {
    count: u64,
}
#[derive(Clone, Debug)]
struct Line(String);
mod nodes {
    use super::*;
    /// Plans.
    #[node]
    pub async fn plan(_: &Story) -> Count {
        Count { count: 1 }
    }
    #[node]
    pub(crate) async fn tell(line: Line, _: &Story) -> NodeResult<Command<(), Way>> {
        Ok({
            let _ = line.0;
            Command::new((), Way)
        })
    }
    #[node]
    pub(super) fn tick(_: u8) -> Count {
        Count { count: 1 }
    }
    #[node]
    pub fn go(_: &Story, _: &Context<StoryGraph>) -> () {}
    pub struct Deps2;
    pub(super) struct Way;
}
use nodes::Way;
struct Deps;
#[derive(Clone)]
struct Note;
graph! { pub StoryGraph<Story, Deps> { custom Note;
START -> nodes::plan; nodes::plan -> |state| for line in [Line(state.topic.clone())] { nodes::tell(line) }; nodes::tell -> |_, way| match way { Way => nodes::go }; nodes::go -> END; } }
mod fns {
    pub mod deep {
        #[allow(unused)]
        pub fn takes(_: &graph_core::run::App<super::super::StoryGraph>) {}
    }
}
#[allow(clippy::unused_unit, reason = "the type of a node that writes nothing")]
fn main() {
    let app = StoryGraph::new(Deps);
    fns::deep::takes(&app);
    let _ = (StoryGraph::TOPOLOGY, StoryGraph::mermaid(), StoryGraph::NAME, nodes::Deps2);
    let _x: fn(u8) -> Count = nodes::tick;
    fn clones<T: Clone + Copy + std::fmt::Debug>() {}
    clones::<StoryGraph>();
}
