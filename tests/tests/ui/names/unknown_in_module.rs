//! Row 1: in another module.
include!("../preamble.rs");

mod nodes {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "ask".into() }
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> nodes::aks -> END;
    }
}

fn main() {}
