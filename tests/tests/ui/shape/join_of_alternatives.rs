//! Row 45: a join that waits for ever.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn a(_: &ChatState) -> Said {
    Said { topic: "a".into() }
}

#[node]
async fn b(_: &ChatState) -> Said {
    Said { topic: "b".into() }
}

#[node]
async fn c(_: &ChatState) -> Said {
    Said { topic: "c".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { a } else { b };
        [a, b] -> c;
        c -> END;
    }
}

fn main() {}
