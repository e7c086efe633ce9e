//! Row 25: many tasks that write a field without a reducer.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn write(line: String) -> Said {
    Said { topic: line }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| for line in &state.log { write(line.clone()) };
        write -> END;
    }
}

fn main() {}
