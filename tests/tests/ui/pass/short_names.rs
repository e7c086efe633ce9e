//! Graphs and states with names of one letter, as generated code could give to its own type parameters.
use graph_core::prelude::*;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Partial(u8);

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct S {
    #[state(input)]
    a: Partial,
    #[state(reduce = Append)]
    e: Vec<Partial>,
}

#[node]
fn u(state: &S) -> SWrite::E {
    SWrite::E(vec![state.a.clone()])
}

graph! { A<S> { START -> u -> END; } }
graph! { D<S> { START -> A as u -> END; } }
graph! { E<S> { START -> D as a -> END; } }
graph! { K<S> { START -> E as a -> END; } }
graph! { G<S> { START -> K as a -> END; } }
graph! { C<S> { START -> G as a -> END; } }
graph! { T<S> { START -> C as a -> END; } }

fn main() {
    let app = T::new().checkpointer(MemorySaver::new());
    let s = app.thread("1").run(SInput { a: Partial(7) }).blocking().unwrap();
    assert_eq!(s.e, [Partial(7)]);
}
