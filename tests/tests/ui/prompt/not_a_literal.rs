use graph_core::prelude::*;

prompt! {
    Ask {
        user: QUESTION,
    }
}

fn main() {}
