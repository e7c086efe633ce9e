//! Row 28: one name for two nodes.
include!("../preamble.rs");

mod a {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "a".into() }
    }
}

mod b {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "b".into() }
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> a::ask -> b::ask -> END;
    }
}

fn main() {}
