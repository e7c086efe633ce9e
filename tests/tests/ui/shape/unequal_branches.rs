//! Row 52: branches of unequal length that meet.
include!("../preamble.rs");

#[node]
async fn fork(_: &ChatState) -> Said {
    Said { topic: "fork".into() }
}

#[node]
async fn b(_: &ChatState) -> Said {
    Said { topic: "b".into() }
}

#[node]
async fn c(_: &ChatState) -> Said {
    Said { topic: "c".into() }
}

#[node]
async fn c2(_: &ChatState) -> Said {
    Said { topic: "c2".into() }
}

#[node]
async fn meet(_: &ChatState) -> Said {
    Said { topic: "meet".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> fork -> [b, c];
        b -> meet;
        c -> c2 -> meet;
        meet -> END;
    }
}

fn main() {}
