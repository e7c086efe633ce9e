//! Row 4: a node of another module, over that module's state of the same name.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

mod other {
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default)]
    pub(crate) struct ChatState {
        note: String,
    }

    #[derive(Update, Clone, Debug)]
    #[update(ChatState)]
    pub(crate) struct Noted {
        note: String,
    }

    #[node]
    pub(crate) async fn write(_: &ChatState) -> Noted {
        Noted { note: String::new() }
    }
}
pub(crate) use other::write;

graph! {
    ChatGraph<ChatState> {
        START -> ask -> write -> END;
    }
}

fn main() {}
