//! Whether a shared field is folded in the same way by a subgraph's state and by its parent's.

use std::marker::PhantomData;

use super::{Is, No, never};
use crate::graph::text::Text;
use crate::state::{FieldSet, State, Write};

/// A state whose field with this index is folded by `R`.
pub trait FoldedBy<const FIELD: usize, R> {}

/// Whether the field with this index of `P` is folded by `R`.
pub struct FoldedByProbe<P, const FIELD: usize, R>(PhantomData<(P, R)>);

impl<P, const FIELD: usize, R> No for FoldedByProbe<P, FIELD, R> {}

impl<P: FoldedBy<FIELD, R>, const FIELD: usize, R> FoldedByProbe<P, FIELD, R> {
    pub const YES: bool = true;
}

/// Whether a field that a subgraph's state folds is written alike in its parent `P`: by the same reducer, or by
/// overwriting in both. Of an unknown field rustc says that it is unknown.
#[must_use]
pub const fn is_folded_alike<P: State>(field: usize, is_folded_by_same: bool, overwrites: bool) -> bool {
    field >= P::FIELDS.len() || is_folded_by_same || (overwrites && !P::REDUCED.contains(field))
}

/// Checks that a shared field is folded by the same reducer in both states.
///
/// # Panics
/// If it is not.
#[track_caller]
pub const fn folded_alike<C: State, P: State>(name: &str, reducer: &str, is_alike: bool) {
    if is_alike {
        return;
    }
    let outside = P::FIELDS[FieldSet::index::<P>(name)].reducer;
    let text = Text::new().push("`").push(name).push("` is folded by `").push(reducer).push("` in `").push(C::NAME);
    let text = match outside {
        Some(other) if crate::state::same(other, reducer) => {
            let text = text.push("`, and by another `").push(other).push("` in `").push(P::NAME);
            text.push("`, which shares it\nhelp: fold it by one reducer in both")
        }
        Some(other) => {
            let text = text.push("`, and by `").push(other).push("` in `").push(P::NAME);
            text.push("`, which shares it\nhelp: write `reduce = ").push(other).push("` here too")
        }
        None => {
            let text = text.push("`, and overwritten in `").push(P::NAME).push("`, which shares it");
            text.push("\nhelp: write `reduce = ").push(reducer).push("` in `").push(P::NAME).push("` too")
        }
    };
    let text = text.push(", or `reduce = Overwrite` here: then `").push(C::NAME);
    panic!("{}", text.push("` replaces the value when it ends").as_str());
}

/// What a subgraph's state gives back to a folded field, for the parent's slot. `Answer` is whether both fold alike; if
/// not, that was reported.
#[diagnostic::on_unimplemented(
    message = "a shared field is of another type in the parent",
    label = "its writes are `{Self}` here, and `{Slot}` in the parent",
    note = "a shared field has one type in both states; only one of them may be `Late`"
)]
pub trait GiveTo<Slot, Answer>: Sized {
    fn give_to(self, slot: &mut Slot);
}

impl<W> GiveTo<W, Is<true>> for W {
    fn give_to(self, slot: &mut W) {
        *slot = self;
    }
}

/// Folded by `Overwrite` under another name here, and without a reducer there.
impl<V> GiveTo<Option<V>, Is<true>> for Write<V, V> {
    fn give_to(self, slot: &mut Option<V>) {
        *slot = match self {
            Self::Nothing => None,
            Self::Merge(value) | Self::Replace(value) => Some(value),
        };
    }
}

impl<W, Slot> GiveTo<Slot, Is<false>> for W {
    fn give_to(self, _: &mut Slot) {
        never::<()>();
    }
}
