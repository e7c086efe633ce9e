//! A default that is of another type.
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
        defaults(retry(max_attempts = "3"));

        START -> ask -> answer -> END;
    }
}

fn main() {}
