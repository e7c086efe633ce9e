//! Row 1: through a `pub use`.
include!("../preamble.rs");

mod nodes {
    mod inner {
        use crate::*;

        #[node]
        pub(crate) async fn ask(_: &ChatState) -> Said {
            Said { topic: "ask".into() }
        }
    }
    pub(crate) use inner::ask;
}

graph! {
    ChatGraph<ChatState> {
        START -> nodes::ask -> nodes::answer -> END;
    }
}

fn main() {}
