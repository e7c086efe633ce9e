//! A node that another module keeps to itself.
include!("../preamble.rs");

mod nodes {
    use super::*;

    #[node]
    async fn ask(_: &ChatState) -> Said {
        Said { topic: String::new() }
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> nodes::ask -> END;
    }
}

fn main() {}
