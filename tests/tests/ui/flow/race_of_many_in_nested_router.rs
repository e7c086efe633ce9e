//! Row 25: in a nested router, in a list.
include!("../preamble.rs");

#[node]
async fn write(line: String) -> Said {
    Said { topic: line }
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> note;
        note -> |state| if state.count > 3 { END } else {
            match state.topic.len() { 0 => [for line in &state.log { write(line.clone()) }], _ => END }
        };
        write -> END;
    }
}

fn main() {}
