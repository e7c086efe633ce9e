//! Row 48: a parameter that is none of the three.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, words: &[String]) -> Said {
    Said { topic: words.concat() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
