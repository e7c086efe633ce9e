//! A timeout of a kind that there is not.
include!("../preamble.rs");

#[node(timeout(idel = "5s"))]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
