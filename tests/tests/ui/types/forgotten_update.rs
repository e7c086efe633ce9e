//! Row 40: a consumer that forgets a node.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> answer -> END;
    }
}

fn print(update: ChatGraphUpdate) {
    match update {
        ChatGraphUpdate::Ask(said) => println!("{}", said.topic),
    }
}

fn main() {
    let _ = print;
}
