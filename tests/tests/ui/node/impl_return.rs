//! Row 48: an `impl Trait` return.
include!("../preamble.rs");

#[node]
fn ask(_: &ChatState) -> impl Future<Output = Said> {
    async { Said { topic: String::new() } }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
