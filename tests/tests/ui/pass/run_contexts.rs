//! Contexts of runs: with a default, without, through a type alias, of a graph that has another inside.
include!("../preamble.rs");

struct Session {
    user: String,
}

type Who = Session;

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    Said { topic: cx.context().user.clone() }
}

#[node]
async fn count(_: &ChatState, cx: &Context<Counting>) -> Said {
    Said { topic: cx.context().to_string() }
}

/// A node may have the name of the item.
#[node]
async fn context(_: &ChatState) -> Said {
    Said { topic: "context".into() }
}

graph! {
    ChatGraph<ChatState> {
        context Who;

        START -> ask -> context -> END;
    }
}

graph! {
    Counting<ChatState> {
        context u32;

        START -> context;
        context -> count -> END;
    }
}

fn runs(input: ChatStateInput) -> Run<Counting> {
    Counting::new().run(input)
}

fn main() {
    let input = || ChatStateInput { topic: String::new() };
    assert_eq!(runs(input()).blocking().unwrap().topic, "0");
    assert_eq!(runs(input()).context(7).blocking().unwrap().topic, "7");
    let session = Session { user: "Ada".into() };
    assert_eq!(ChatGraph::new().run(input()).context(session).blocking().unwrap().topic, "context");
}
