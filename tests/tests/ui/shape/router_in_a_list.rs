//! A router inside a list.
include!("../preamble.rs");

#[node]
async fn a(_: &ChatState) -> Said {
    Said { topic: "a".into() }
}

#[node]
async fn b(_: &ChatState) -> Said {
    Said { topic: "b".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> [a, |_| b];
        a -> END;
        b -> END;
    }
}

fn main() {}
