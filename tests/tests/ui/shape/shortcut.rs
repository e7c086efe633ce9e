//! Row 52: an edge past a node, to where that leads.
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
async fn meet(_: &ChatState) -> Said {
    Said { topic: "meet".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> fork -> [b, meet];
        b -> meet -> END;
    }
}

fn main() {}
