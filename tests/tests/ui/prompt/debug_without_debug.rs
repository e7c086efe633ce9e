use graph_core::prelude::*;

prompt! {
    Ask {
        user: "What is {point:?}?",
    }
}

struct Point;

fn main() {
    let _ = Ask { point: Point }.prompt();
}
