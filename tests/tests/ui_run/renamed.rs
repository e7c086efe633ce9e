//! graph-core under another name.

use graph_core as engine;
use graph_core::prelude::{State, Update, node, reducer};

pub(crate) mod other {
    pub(crate) use graph_core as engine;
}

#[derive(State, Clone, Debug, Default)]
#[state(crate = crate::renamed::other::engine)]
struct NameState {
    #[state(input)]
    name: String,
    #[state(reduce = join)]
    names: Vec<String>,
}

#[reducer(crate = crate::renamed::other::engine)]
fn join(current: &mut Vec<String>, new: String) {
    current.push(new);
}

#[derive(Update, Clone, Debug)]
#[update(NameState, crate = crate::renamed::other::engine)]
struct Named {
    names: String,
}

#[node(crate = crate::renamed::other::engine)]
fn name(NameState { name, .. }: &NameState) -> Named {
    Named { names: name.clone() }
}

engine::graph! {
    NameGraph<NameState> {
        START -> name -> END;
    }
}

#[tokio::test]
async fn it_runs() {
    let state = NameGraph::new().run(NameStateInput { name: "x".into() }).await.unwrap();
    assert_eq!(state.names, ["x"]);
}
