//! What is checked of a graph by constant evaluation: facts of several macros, which no macro sees together.
//!
//! Each check is a `#[track_caller] const fn` that `graph!` calls in a `const _` spanned at the user's own token: a
//! panic in it is a compile error at that token, found by `cargo check`.

use super::text::Text;
use crate::node::NodeInfo;

/// That a node which an ordinary edge leads to takes no input of its own.
///
/// # Panics
/// If it takes one.
#[track_caller]
pub const fn takes_no_input(info: NodeInfo) {
    if info.takes_input {
        panic!("{}", Text::new().push("`").push(info.name).push("` needs an input; reach it by `for`").as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::takes_no_input;
    use crate::node::{NodeInfo, Policy};
    use crate::state::FieldSet;

    const fn info(takes_input: bool) -> NodeInfo {
        let none = FieldSet::EMPTY;
        NodeInfo {
            name: "write",
            reads: none,
            writes: none,
            must_write: none,
            replaces: none,
            takes_input,
            policy: Policy::NONE,
        }
    }

    const _: () = takes_no_input(info(false));

    #[test]
    #[should_panic(expected = "`write` needs an input; reach it by `for`")]
    fn a_node_with_an_input_has_to_be_sent_one() {
        takes_no_input(info(true));
    }
}
