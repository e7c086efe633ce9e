//! A node with an error that no run can carry.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Result<Said, Box<dyn std::error::Error>> {
    Ok(Said { topic: String::new() })
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
