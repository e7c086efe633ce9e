use graph_core::prelude::*;

prompt! {
    Ask {
        
    }
}

fn main() {}
