//! Updates: writes to some of the state's fields.

use super::{FieldSet, State};
use crate::__private::Generated;
use crate::message::Message;

/// A write to some fields of `S`: a write of the state's own module (`PageWrite::Words` writes the field `words` of
/// `Page`), a struct with `#[derive(Update)] #[update(S)]`, a tuple of updates, an `Option` of one, or `()`. Only the
/// derives implement it.
///
/// A tuple writes what its parts write, which are different fields. An `Option` may write and surely writes nothing;
/// `()` writes nothing.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Page {
///     #[state(input)]
///     title: String,
///     words: u64,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(Page)]
/// struct Counted {
///     words: u64,
/// }
///
/// let mut page = Page::default();
/// page.apply(Counted { words: 7 }.into_update());
/// assert_eq!(page.words, 7);
/// page.apply((PageWrite::Title("Crabs".into()), Some(PageWrite::Words(9))).into_update());
/// assert_eq!((page.title.as_str(), page.words), ("Crabs", 9));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an update of the state `{S}`",
    label = "not an update of `{S}`",
    note = "an update of it is a write such as `{S}Write::Field`, a struct with `#[derive(Update)] #[update({S})]`, or a tuple or an `Option` of such"
)]
pub trait Update<S>: CloneUpdate + Send + Sync + 'static {
    /// The fields that may be written.
    const WRITES: FieldSet;
    /// The fields that are always written.
    const MUST_WRITE: FieldSet;
    /// The fields that are overwritten instead of folded in.
    const REPLACES: FieldSet = FieldSet::EMPTY;
    /// The fields that it writes more than once, which is an error of a node that returns it.
    #[doc(hidden)]
    const TWICE: FieldSet = FieldSet::EMPTY;
    #[doc(hidden)]
    const __GENERATED: Generated;

    /// Completes the writes with their impure parts (ids, clocks), once, before the update is streamed, saved and
    /// applied.
    fn prepare(&mut self);

    /// The same writes as the state's full update.
    fn into_update(self) -> S::Update
    where
        S: State;

    /// The fields that this value writes.
    fn written(&self) -> FieldSet;

    /// Visits the messages among the writes, field by field.
    fn visit_messages(&self, visit: &mut dyn FnMut(&[Message]));
}

/// An update's `Clone`: updates are applied, streamed and saved.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the update `{Self}` has no `Clone`, and a graph copies what it streams and saves",
    label = "add `Clone` to its derives",
    note = "an update derives `Update` and `Clone`: `#[derive(Update, Clone)]`"
)]
pub trait CloneUpdate {
    fn clone_update(&self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<U: Clone> CloneUpdate for U {
    fn clone_update(&self) -> U {
        self.clone()
    }
}

/// [`Update`] without its associated type: the engine's view of any node's update.
#[doc(hidden)]
pub trait DynUpdate<S> {
    fn prepare(&mut self);
    fn written(&self) -> FieldSet;
    fn visit_messages(&self, visit: &mut dyn FnMut(&[Message]));
}

impl<S, U: Update<S>> DynUpdate<S> for U {
    fn prepare(&mut self) {
        Update::prepare(self);
    }

    fn written(&self) -> FieldSet {
        Update::written(self)
    }

    fn visit_messages(&self, visit: &mut dyn FnMut(&[Message])) {
        Update::visit_messages(self, visit);
    }
}
