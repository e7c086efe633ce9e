use graph_core::prelude::*;

prompt! {
    Ask {
        user: "{n:x}",
    }
}

fn main() {}
