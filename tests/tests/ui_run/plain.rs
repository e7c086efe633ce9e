//! Types without serde and Debug: the graph works, only the features that need them are missing.

use graph_core::prelude::*;

#[derive(Clone, Default)]
pub(super) struct Opaque;

#[derive(State, Clone, Default)]
pub(super) struct PlainState {
    a: Opaque,
    b: Opaque,
    #[state(input, reduce = Keep)]
    c: Opaque,
    #[state(input)]
    d: Opaque,
}

enum Keep {}

impl Reducer<Opaque> for Keep {
    type Input = Opaque;

    fn reduce(_: &mut Opaque, _: Opaque) {}
}

#[derive(Update, Clone)]
#[update(PlainState)]
pub(super) struct Wrote {
    a: Opaque,
}

#[node]
fn first(_: &PlainState) -> Wrote {
    Wrote { a: Opaque }
}

#[node]
fn second(_: &PlainState) -> Wrote {
    Wrote { a: Opaque }
}

graph! {
    pub(super) PlainGraph<PlainState, Opaque> {
        START -> first -> second -> END;
    }
}

#[tokio::test]
async fn it_runs() {
    let input = PlainStateInput { c: Opaque, d: Opaque };
    let PlainState { a: Opaque, b: Opaque, .. } = PlainGraph::new(Opaque).run(input).await.unwrap();
}
