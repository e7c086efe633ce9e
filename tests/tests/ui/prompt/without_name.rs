use graph_core::prelude::*;

prompt! {
    { user: "hi" }
}

fn main() {}
