//! What the type of a state's field is: the type decides, not its spelling.

use std::marker::PhantomData;

use super::No;
use crate::graph::text::Text;
use crate::state::{Late, Managed};

/// Whether `F` is a [`Late`].
pub struct LateProbe<F>(PhantomData<F>);

impl<F> No for LateProbe<F> {}

impl<T> LateProbe<Late<T>> {
    pub const YES: bool = true;
}

/// Whether `F` is a collection: something that grows by what it holds.
///
/// A text is none, for it does not give out what it holds by itself; and an `Option` of a collection is none: it is a
/// value that is there or not, and a write replaces it.
pub struct CollectionProbe<F>(PhantomData<F>);

impl<F> No for CollectionProbe<F> {}

impl<F: IntoIterator + Extend<<F as IntoIterator>::Item> + Default> CollectionProbe<F> {
    pub const YES: bool = true;
}

/// Whether `F` is a managed value.
pub struct ManagedProbe<F>(PhantomData<F>);

impl<F> No for ManagedProbe<F> {}

impl<F: Managed> ManagedProbe<F> {
    pub const YES: bool = true;
}

/// What a field without a reducer is, by its type.
#[derive(Clone, Copy, Debug)]
pub struct FieldFacts {
    /// The field's name.
    pub name: &'static str,
    /// The field's type, as written.
    pub ty: &'static str,
    pub is_late: bool,
    pub is_collection: bool,
    pub is_managed: bool,
    /// Which of `Append`, `Merge` and `Union` fits it.
    pub fits: [bool; 3],
}

/// Checks that a field is what its spelling says: a plain value, which a write replaces.
///
/// # Panics
/// If it is late under another name, a managed value, or a collection that does not say what a write does to it.
#[track_caller]
pub const fn is_plain(field: FieldFacts) {
    let FieldFacts { name, ty, is_late, is_collection, is_managed, fits } = field;
    let text = Text::new().push("`").push(name);
    if is_late {
        let text = text.push("` is a `Late`, which its type `").push(ty).push("` hides\nhelp: write `Late<..>` itself");
        panic!("{}", text.push(", so that whoever reads the state sees that the field may be unwritten").as_str());
    }
    if is_managed {
        let text = text.push("` is a `").push(ty).push("`, which the engine sets, and no node writes");
        panic!("{}", text.push("\nhelp: mark it `#[state(managed)]`").as_str());
    }
    if is_collection {
        let fitting = match fits {
            [true, ..] => "Append",
            [_, true, _] => "Merge",
            [.., true] => "Union",
            _ => "..",
        };
        let text =
            text.push("` is a collection and does not say what a write does to it\nhelp: say `#[state(reduce = ");
        let text = text.push(fitting).push(")]` to add to it, or `#[state(reduce = Overwrite)]` to replace it");
        panic!("{}", text.as_str());
    }
}

/// Checks that a field that is spelled `Late` is one.
///
/// # Panics
/// If it is another type of that name.
#[track_caller]
pub const fn is_late(name: &str, yes: bool) {
    if !yes {
        let text = Text::new().push("`").push(name).push("` is a `Late`, but not the one of `graph_core`");
        panic!("{}", text.push("\nhelp: import the other type under another name").as_str());
    }
}

/// Checks that a reducer that is spelled `Overwrite` overwrites.
///
/// # Panics
/// If it folds.
#[track_caller]
pub const fn overwrites(name: &str, folds: bool) {
    if folds {
        let text = Text::new().push("`").push(name).push("` has a reducer `Overwrite` that folds writes in");
        panic!(
            "{}",
            text.push(
                "\nhelp: give that reducer another name: `Overwrite` is how a field says that the last write wins"
            )
            .as_str()
        );
    }
}

/// The reducer's name, if it folds writes in; otherwise the last write wins, as without a reducer.
#[must_use]
pub const fn if_it_folds(folds: bool, name: &'static str) -> Option<&'static str> {
    if folds { Some(name) } else { None }
}

/// A reducer for a collection that has none, which was reported: its race would be the same mistake again.
#[must_use]
pub const fn unsaid(is_collection: bool) -> Option<&'static str> {
    if is_collection { Some("") } else { None }
}
