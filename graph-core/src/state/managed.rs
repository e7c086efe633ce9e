//! Managed values: fields that the engine sets before each super-step.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A value of a field under `#[state(managed)]`: [`RemainingSteps`] or [`IsLastStep`].
///
/// The engine sets such a field before each super-step. No node writes it: it is no part of updates and inputs, and it
/// is never saved. A subgraph's state has its own, about the steps of the subgraph's run.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a managed value",
    label = "not set by the engine",
    note = "a managed field is a `RemainingSteps` or an `IsLastStep`"
)]
pub trait Managed: Sized {
    /// The value where so many super-steps are left.
    #[doc(hidden)]
    fn __at(remaining_steps: usize) -> Self;
}

/// The number of super-steps left after this one: 0 in the last one that the recursion limit allows.
///
/// A router sees what the nodes before it saw: at 0, no node that it chooses can run. A router of START sees the whole
/// limit. Outside a run, the default is [`usize::MAX`], as if there were no limit. In JSON it is a number; with
/// `#[serde(skip)]` the field is left out, as LangGraph does.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Search {
///     #[state(reduce = Append)]
///     found: Vec<String>,
///     #[state(managed)]
///     remaining: RemainingSteps,
/// }
///
/// #[node]
/// fn look(Search { remaining, .. }: &Search) -> SearchWrite::Found {
///     SearchWrite::Found(vec![format!("{remaining} steps are left")])
/// }
///
/// #[node]
/// fn conclude(_: &Search) -> SearchWrite::Found {
///     SearchWrite::Found(vec!["enough".into()])
/// }
///
/// graph! {
///     SearchGraph<Search> {
///         START -> look;
///         look -> |Search { remaining, .. }| if *remaining > 1 { look } else { conclude };
///         conclude -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let search = SearchGraph::new().recursion_limit(3).run(SearchUpdate::default()).await?;
/// assert_eq!(search.found, ["2 steps are left", "1 steps are left", "enough"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RemainingSteps(usize);

impl RemainingSteps {
    /// So many steps: for a test that calls a node.
    #[must_use]
    pub const fn new(steps: usize) -> Self {
        Self(steps)
    }

    /// The number of super-steps.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0
    }
}

impl Default for RemainingSteps {
    fn default() -> Self {
        Self(usize::MAX)
    }
}

impl PartialEq<usize> for RemainingSteps {
    fn eq(&self, steps: &usize) -> bool {
        self.0 == *steps
    }
}

impl PartialOrd<usize> for RemainingSteps {
    fn partial_cmp(&self, steps: &usize) -> Option<Ordering> {
        self.0.partial_cmp(steps)
    }
}

impl fmt::Display for RemainingSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Managed for RemainingSteps {
    fn __at(remaining_steps: usize) -> Self {
        Self(remaining_steps)
    }
}

/// Whether this is the last super-step that the recursion limit allows: [`RemainingSteps`] is 0. Its default, outside a
/// run, is `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IsLastStep(bool);

impl IsLastStep {
    /// Whether it is: for a test that calls a node.
    #[must_use]
    pub const fn new(is_last: bool) -> Self {
        Self(is_last)
    }

    /// Whether it is the last step.
    #[must_use]
    pub const fn get(self) -> bool {
        self.0
    }
}

impl Managed for IsLastStep {
    fn __at(remaining_steps: usize) -> Self {
        Self(remaining_steps == 0)
    }
}
