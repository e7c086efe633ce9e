//! What is checked of a graph by constant evaluation: facts of several macros, which no macro sees together.
//!
//! Each check is a `#[track_caller] const fn` that `graph!` calls in a `const _` spanned at the user's own token: a
//! panic in it is a compile error at that token, found by `cargo check`.

use super::text::Text;
use crate::node::NodeInfo;
use crate::state::State;

/// That a node which an ordinary edge leads to takes no input of its own, nor the state as one.
///
/// # Panics
/// If it takes one.
#[track_caller]
pub const fn takes_no_input<S: State>(info: NodeInfo, takes_state: bool) {
    if takes_state {
        let text = Text::new().push("`").push(info.name).push("` takes the state by value; write `&");
        panic!("{}", text.push(S::NAME).push("`").as_str());
    }
    if info.takes_input {
        panic!("{}", Text::new().push("`").push(info.name).push("` needs an input; reach it by `for`").as_str());
    }
}
