//! The trait behind `#[derive(State)]`.

use std::any::Any;
use std::sync::Arc;

use super::{FieldSet, RunOutput, RunValues, Update};
use crate::__private::DerivedState;
use crate::message::Message;

/// One field of a state: its facts for the checks and the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name.
    pub name: &'static str,
    /// The field's name in JSON: the one that serde writes.
    pub json: &'static str,
    /// The field's type, as written.
    pub ty: &'static str,
    /// The reducer's type, as written, or `None` if the last write wins: without a reducer, or with one that does not
    /// [fold](super::Reducer::FOLDS).
    pub reducer: Option<&'static str>,
    /// Whether the field has no value until it is written ([`Late`](super::Late)).
    pub late: bool,
    /// Whether the field is part of a run's input.
    pub input: bool,
    /// Whether the field is part of a run's output; if none is marked, all are.
    pub output: bool,
    /// Whether the field is left out of checkpoints: it is `untracked` or `managed`.
    pub untracked: bool,
}

/// The state of a graph: the trait behind `#[derive(State)]`. Only the derive implements it.
///
/// The derive also makes a module `<Name>Write` with a type for each field, which a node returns that writes it;
/// `<Name>Update` (every field optional); and, if fields are marked `#[state(input)]`, `<Name>Input` (those fields, all
/// required). If fields are marked `#[state(output)]`, it makes `<Name>Output` of them, which a run then returns instead
/// of the whole state, with late fields as plain values; and `<Name>Values`, with late fields as they are, for the
/// `values` stream.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Counter {
///     #[state(input, reduce = Sum)]
///     total: u64,
///     note: String,
/// }
///
/// let mut state = Counter::default();
/// state.apply(CounterUpdate::default().total(2).note("two".into()));
/// state.apply(CounterWrite::Total(3).into_update());
/// assert_eq!((state.total, state.note.as_str()), (5, "two"));
/// ```
///
/// The output of a run can be smaller than its state:
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Essay {
///     #[state(input)]
///     topic: String,
///     draft: Late<String>,
///     #[state(output)]
///     text: Late<String>,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(Essay)]
/// struct Written {
///     draft: String,
///     text: String,
/// }
///
/// #[node]
/// fn write(Essay { topic, .. }: &Essay) -> Written {
///     Written { draft: format!("{topic}?"), text: format!("{topic}!") }
/// }
///
/// graph! {
///     EssayGraph<Essay> {
///         START -> write -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let EssayOutput { text } = EssayGraph::new().run(EssayInput { topic: "Rust".into() }).await?;
/// // A plain `String`: the graph compiles only if every way to an end writes it.
/// assert_eq!(text, "Rust!");
/// # Ok(())
/// # }
/// ```
///
/// A state is `Clone + Default`: the derive requires both, and graphs use them through the derive's own methods, so
/// that a state without one of them is one error, at the struct, and not one more wherever the state is named.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the state of a graph",
    label = "not a graph state",
    note = "add `#[derive(State, Clone, Default)]` to `{Self}`"
)]
pub trait State: DerivedState<Full = <Self as State>::Update> + Send + Sync + Sized + 'static {
    /// The state's name.
    const NAME: &'static str;
    /// The fields, in the order in which they are declared.
    const FIELDS: &'static [Field];
    /// Every field, optional: all that a node can write.
    type Update: Update<Self>;
    /// The input of a run.
    type Input: Update<Self>;
    /// The output of a run: the state itself, or `<Name>Output` if fields are marked `#[state(output)]`.
    type Output: RunOutput<Self>;
    /// What the `values` stream shows: the state itself, or `<Name>Values`, the output with late fields that are late.
    type Values: RunValues<Self>;

    /// The initial state: its default.
    #[doc(hidden)]
    fn __initial() -> Self;

    /// The state, cloned.
    #[doc(hidden)]
    fn __clone(&self) -> Self;

    /// The update that writes nothing.
    #[doc(hidden)]
    fn __empty_update() -> Self::Update;

    /// The field that messages are pushed to, if any: see [`HasMessages`](super::HasMessages).
    #[doc(hidden)]
    const PUSHED: FieldSet = FieldSet::EMPTY;

    /// The fields that name a reducer other than by leaving it out or as `Overwrite`.
    #[doc(hidden)]
    const REDUCED: FieldSet = FieldSet::EMPTY;

    /// The fields whose reducers [combine](super::Combine).
    #[doc(hidden)]
    const COMBINES: FieldSet = FieldSet::EMPTY;

    /// The fields that it shares with its parent's state; `None` without one.
    #[doc(hidden)]
    const OUTWARD: Option<FieldSet> = None;

    /// Combines two successive updates into the first.
    #[doc(hidden)]
    fn __combine(_first: &mut Self::Update, _then: Self::Update) {}

    /// The value of the field with this index.
    #[doc(hidden)]
    fn __field(&self, _field: usize) -> &dyn Any {
        &()
    }

    /// Whether it has managed fields.
    #[doc(hidden)]
    const MANAGED: bool = false;

    /// Sets the managed fields.
    #[doc(hidden)]
    fn __manage(&mut self, _remaining_steps: usize) {}

    /// Folds an update into the state, field by field in declaration order.
    fn apply(&mut self, update: Self::Update);

    /// The late fields that are still unwritten.
    fn unwritten(&self) -> FieldSet {
        FieldSet::EMPTY
    }

    /// Completes a write to the field with this index: see [`Reducer::prepare`](super::Reducer).
    #[doc(hidden)]
    fn prepare_write(_field: usize, _write: &mut dyn Any) {}

    /// The messages in a write to the field with this index.
    #[doc(hidden)]
    fn messages_in(_field: usize, _write: &dyn Any) -> &[Message] {
        &[]
    }

    /// Visits the messages in the state, field by field.
    #[doc(hidden)]
    fn visit_messages(&self, _visit: &mut dyn FnMut(&[Message])) {}
}

/// The state, mutable: cloned first if it is shared.
#[inline]
pub(crate) fn to_mut<S: State>(state: &mut Arc<S>) -> &mut S {
    // Reading the counts spares every step a second `Arc::get_mut`, which locks. An exclusive reference to an unshared
    // `Arc` without weak references cannot become shared meanwhile.
    if Arc::strong_count(state) > 1 || Arc::weak_count(state) > 0 {
        *state = Arc::new(state.__clone());
    }
    match Arc::get_mut(state) {
        Some(state) => state,
        None => unreachable!("a new state is not shared"),
    }
}

/// The state by value: cloned if it is shared.
pub fn unwrap_or_copy<S: State>(state: Arc<S>) -> S {
    Arc::try_unwrap(state).unwrap_or_else(|shared| shared.__clone())
}

/// A hash of the meaning of `S`'s updates: its fields and their reducers (64-bit FNV-1a).
pub(crate) const fn fingerprint<S: State>() -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut i = 0;
    while i < S::FIELDS.len() {
        hash = hash_text(hash, S::FIELDS[i].name);
        if let Some(reducer) = S::FIELDS[i].reducer {
            hash = hash_text(hash, reducer);
        }
        hash = hash_text(hash, ";");
        i += 1;
    }
    hash
}

const fn hash_text(mut hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    // A separator that no text contains, so that `ab`, `c` and `a`, `bc` differ.
    (hash ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3)
}
