//! Row 135: an edge behind `task`.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Page {
    #[state(input)]
    text: String,
}

#[node]
async fn write(_: &Page) -> PageWrite::Text {
    PageWrite::Text(String::new())
}

graph! {
    Writing<Page> {
        task write -> END;
        START -> write;
    }
}

fn main() {}
