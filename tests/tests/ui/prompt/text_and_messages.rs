use graph_core::prelude::*;

prompt! {
    Ask {
        ..history, user: "{history}",
    }
}

fn main() {}
