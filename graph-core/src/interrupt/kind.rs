//! The kinds of interrupts of a graph, without their types.

use std::any::{TypeId, type_name};

use serde_json::Value;

use super::Interrupt;
use crate::__private::AnswerOrStub;
use crate::erased::Misfit;

type FromJson = fn(Value) -> Result<Vec<u8>, Misfit>;

/// One kind of interrupt that a graph declares.
#[derive(Clone, Copy, Debug)]
pub struct InterruptKind {
    #[doc(hidden)]
    pub name: &'static str,
    pub(crate) answer_type: fn() -> TypeId,
    pub(crate) answer_name: fn() -> &'static str,
    /// The saved form of an answer that a client has sent.
    pub(crate) answer_from_json: FromJson,
}

impl InterruptKind {
    /// The kind of what is no interrupt.
    pub(crate) const fn of_none(answer_from_json: FromJson) -> Self {
        Self { name: "", answer_type: TypeId::of::<()>, answer_name: type_name::<()>, answer_from_json }
    }

    /// The kind of `I`.
    #[must_use]
    pub const fn of<I: Interrupt>() -> Self {
        Self {
            name: I::NAME,
            answer_type: TypeId::of::<I::Resume>,
            answer_name: type_name::<I::Resume>,
            answer_from_json: I::ResumeForm::save_json,
        }
    }
}
