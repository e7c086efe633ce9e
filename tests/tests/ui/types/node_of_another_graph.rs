//! Row 5: a node that takes the context of another graph.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState, cx: &Context<OtherGraph>) -> Said {
    Said { topic: cx.node().into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> answer -> END;
    }
}

graph! {
    OtherGraph<ChatState> {
        START -> answer -> END;
    }
}

fn main() {}
