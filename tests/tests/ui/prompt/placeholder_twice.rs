use graph_core::prelude::*;

prompt! {
    Ask {
        ..history, user: "hi", ..history,
    }
}

fn main() {}
