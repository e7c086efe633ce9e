//! The one-line functions behind `#[node]` and `graph!`.

use std::any::Any;

use crate::node::{NodeFn, NodeInfo, Policy};

/// The input of a node that takes none.
///
/// That it takes none is checked by a constant beside the edge; a second error from here would only be noise.
pub fn no_input<I: 'static>() -> I {
    let mut unit = Some(());
    match (&mut unit as &mut dyn Any).downcast_mut::<Option<I>>().and_then(Option::take) {
        Some(input) => input,
        None => never(),
    }
}

/// A task's input, cloned. That it can be is a bound of [`NodeFn`], checked where the node is.
pub fn clone_input<N: NodeFn>(input: &N::Input) -> N::Input {
    input.clone()
}

/// A node of a graph that has policies for those of its nodes that have none of their own.
#[must_use]
pub const fn with_defaults(mut info: NodeInfo, defaults: Policy) -> NodeInfo {
    info.policy = info.policy.or(defaults, info.is_async);
    info
}

/// The body of what stands in for code that a macro has reported an error in.
pub fn never<T>() -> T {
    unreachable!("this stands in for code that did not compile")
}
