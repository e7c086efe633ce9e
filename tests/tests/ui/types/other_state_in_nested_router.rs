//! Row 4: in a nested router.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[derive(State, Clone, Debug, Default)]
struct OtherState {
    note: String,
}

#[derive(Update, Clone, Debug)]
#[update(OtherState)]
struct Noted {
    note: String,
}

#[node]
async fn write(_: &OtherState) -> Noted {
    Noted { note: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 {
            match state.topic.len() { 0 => END, _ => write }
        } else { END };
        write -> END;
    }
}

fn main() {}
