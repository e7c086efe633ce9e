//! Row 53: a node that changes the state, and returns nothing.
include!("../preamble.rs");

#[node]
async fn ask(state: &mut ChatState) {
    state.count += 1;
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
