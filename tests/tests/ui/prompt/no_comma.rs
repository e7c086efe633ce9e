use graph_core::prelude::*;

prompt! {
    Ask {
        user: "a" user: "b",
    }
}

fn main() {}
