use graph_core::prelude::*;

prompt! {
    Ask {
        user: "Tell me a joke about {}.",
    }
}

fn main() {}
