//! Row 48: parameters.
include!("../preamble.rs");

#[node]
async fn ask<T: Clone>(_: &ChatState) -> Said {
    Said { topic: std::any::type_name::<T>().into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
