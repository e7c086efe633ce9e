//! The one-line functions behind `#[node]` and `graph!`.

use std::any::Any;

use crate::node::{NodeFn, NodeInfo, Policy};

/// The input of a node without a task input.
///
/// A constant at the edge checks that it has none; an error here would only repeat it.
pub fn no_input<I: 'static>() -> I {
    let mut unit = Some(());
    match (&mut unit as &mut dyn Any).downcast_mut::<Option<I>>().and_then(Option::take) {
        Some(input) => input,
        None => never(),
    }
}

/// A task's input, cloned. [`NodeFn`] requires `Clone`, so a missing one is reported at the node.
pub fn clone_input<N: NodeFn>(input: &N::Input) -> N::Input {
    input.clone()
}

/// The facts of a node in a graph with default policies.
#[must_use]
pub const fn with_defaults(mut info: NodeInfo, defaults: Policy) -> NodeInfo {
    info.policy = info.policy.or(defaults, info.is_async);
    info
}

/// The body of stubs: code after an error, which never runs.
pub fn never<T>() -> T {
    unreachable!("this stands in for code that did not compile")
}
