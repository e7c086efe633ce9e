//! A write of a private field of another module's state.
use graph_core::prelude::*;

mod chat {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    pub struct ChatState {
        #[state(input)]
        pub topic: String,
        secret: u64,
    }

    impl ChatState {
        pub fn secret(&self) -> u64 {
            self.secret
        }
    }
}
use chat::*;

#[node]
async fn ask(state: &ChatState) -> ChatStateWrite::Secret {
    panic!("{}", state.secret())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
