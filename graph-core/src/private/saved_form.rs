//! Whether all values of a graph can be saved.

use std::marker::PhantomData;

use crate::checkpoint::{Saved, SavedFields, SavedForm, SavedRoute, SavedTask};
use crate::graph::Graph;

/// Finds out whether all values of `G` can be saved.
pub struct SavedFormProbe<G>(PhantomData<G>);

impl<G: Graph> SavedFormProbe<G>
where
    G::State: Saved + SavedFields,
    G::Task: for<'any> SavedTask<'any>,
    G::Route: for<'any> SavedRoute<'any>,
{
    pub const FORM: Option<SavedForm<G>> = Some(SavedForm::new());
}

/// The answer if they cannot.
pub trait NoSavedForm<G: Graph> {
    const FORM: Option<SavedForm<G>> = None;
}

impl<G: Graph> NoSavedForm<G> for SavedFormProbe<G> {}
