//! Row 6: a circle that nothing leads to.
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

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
        a -> b;
        b -> |state| if state.count > 3 { END } else { a };
    }
}

fn main() {}
