//! A list that is followed by a router.
include!("../preamble.rs");

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
        START -> [a, b];
        [a, b] -> |state| if state.count > 3 { c } else { END };
        c -> END;
    }
}

fn main() {}
