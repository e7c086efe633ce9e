//! A node whose error is a text.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Result<Said, String> {
    Err("no".to_owned())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
