//! Row 48: a method.
include!("../preamble.rs");

struct Asker;

impl Asker {
    #[node]
    async fn ask(&self, _: &ChatState) -> Said {
        Said { topic: String::new() }
    }
}

fn main() {}
