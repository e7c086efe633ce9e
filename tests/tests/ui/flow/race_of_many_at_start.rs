//! Row 25: in the first edge.
include!("../preamble.rs");

#[node]
async fn write(line: String) -> Said {
    Said { topic: line }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| for line in &state.log { write(line.clone()) };
        write -> END;
    }
}

fn main() {}
