//! The kinds of interrupts of a graph, without their types.

use std::any::{TypeId, type_name};

use super::Interrupt;

/// One kind of interrupt that a graph declares.
#[derive(Clone, Copy, Debug)]
pub struct InterruptKind {
    #[doc(hidden)]
    pub name: &'static str,
    pub(crate) answer_type: fn() -> TypeId,
    pub(crate) answer_name: fn() -> &'static str,
}

impl InterruptKind {
    /// The kind of what is no interrupt.
    pub const NONE: Self = Self { name: "", answer_type: TypeId::of::<()>, answer_name: type_name::<()> };

    /// The kind of `I`.
    #[must_use]
    pub const fn of<I: Interrupt>() -> Self {
        Self { name: I::NAME, answer_type: TypeId::of::<I::Resume>, answer_name: type_name::<I::Resume> }
    }
}
