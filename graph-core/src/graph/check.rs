//! What is checked of a graph by constant evaluation: facts of several macros, which no macro sees together.
//!
//! Each check is a `#[track_caller] const fn` that `graph!` calls in a `const _` spanned at the user's own token: a
//! panic in it is a compile error at that token, found by `cargo check`.

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

/// A message that is put together while compiling.
struct Text {
    bytes: [u8; Self::LIMIT],
    len: usize,
}

impl Text {
    const LIMIT: usize = 512;

    const fn new() -> Self {
        Self { bytes: [0; Self::LIMIT], len: 0 }
    }

    /// Adds a piece; what does not fit is left out.
    const fn push(mut self, piece: &str) -> Self {
        let piece = piece.as_bytes();
        let mut i = 0;
        if self.len + piece.len() <= Self::LIMIT {
            while i < piece.len() {
                self.bytes[self.len] = piece[i];
                self.len += 1;
                i += 1;
            }
        }
        self
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::takes_no_input;
    use crate::node::NodeInfo;
    use crate::state::FieldSet;

    const fn info(takes_input: bool) -> NodeInfo {
        let none = FieldSet::EMPTY;
        NodeInfo { name: "write", reads: none, writes: none, must_write: none, replaces: none, takes_input }
    }

    const _: () = takes_no_input(info(false));

    #[test]
    #[should_panic(expected = "`write` needs an input; reach it by `for`")]
    fn a_node_with_an_input_has_to_be_sent_one() {
        takes_no_input(info(true));
    }
}
