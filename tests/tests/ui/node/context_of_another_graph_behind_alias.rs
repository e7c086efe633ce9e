//! Row 5: an alias of another graph's context.
include!("../preamble.rs");

type Cx = Context<OtherGraph>;

#[node]
async fn ask(_: &ChatState, cx: &Cx) -> Said {
    Said { topic: cx.node().into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

graph! {
    OtherGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
