//! Defaults in two places.
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
        defaults(retry);
        defaults(timeout = "30s");

        START -> ask -> answer -> END;
    }
}

fn main() {}
