//! Defaults without parentheses.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        defaults retry;

        START -> ask -> answer -> END;
    }
}

fn main() {}
