use graph_core::prelude::*;

prompt! {
    Ask {
        user: "A set: {a, b",
    }
}

fn main() {}
