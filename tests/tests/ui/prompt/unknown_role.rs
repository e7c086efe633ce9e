use graph_core::prelude::*;

prompt! {
    Ask {
        assistent: "hi {name}",
    }
}

fn main() {}
