//! Answers to interrupts.

use std::any::{TypeId, type_name};

use super::{AnswerType, InterruptId, InterruptKind, Resumes};
use crate::checkpoint::FormatError;
use crate::checkpoint::format::write_value;
use crate::graph::Graph;
use crate::tool::ToolReply;

/// Answers to several interrupts of a thread: see [`Thread::resume_with`](crate::thread::Thread::resume_with).
///
/// Interrupts without an answer wait on.
pub struct Answers<G: Graph> {
    answers: Vec<Answer>,
    graph: std::marker::PhantomData<fn() -> G>,
}

/// One answer, encoded.
pub(crate) struct Answer {
    pub to: AnswerTo,
    pub answer_type: TypeId,
    pub answer_name: &'static str,
    pub value: Result<Vec<u8>, FormatError>,
}

/// Which interrupts an answer is for.
pub(crate) enum AnswerTo {
    /// The only one of this kind that waits.
    TheOnly(&'static str),
    /// The one with this id.
    Id(InterruptId),
    /// That of the call with this id, of a tool that runs elsewhere.
    Call(String),
}

impl<G: Graph> Answers<G> {
    /// No answers.
    #[must_use]
    pub fn new() -> Self {
        Self { answers: Vec::new(), graph: std::marker::PhantomData }
    }

    /// Answers the interrupt with this id.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "the answer is given away")]
    pub fn to<A: AnswerType, I>(mut self, id: InterruptId, answer: A) -> Self
    where
        G: Resumes<A, I>,
    {
        self.answers.push(Answer::new(AnswerTo::Id(id), &answer));
        self
    }

    /// Answers the call of a [tool that runs elsewhere](crate::tool::ExternalCall), by the id of the call.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "the answer is given away")]
    pub fn to_call<I>(mut self, call_id: impl Into<String>, reply: ToolReply) -> Self
    where
        G: Resumes<ToolReply, I>,
    {
        self.answers.push(Answer::new(AnswerTo::Call(call_id.into()), &reply));
        self
    }

    pub(crate) fn the_only<A: AnswerType>(kind: &'static str, answer: &A) -> Self {
        Self { answers: vec![Answer::new(AnswerTo::TheOnly(kind), answer)], graph: std::marker::PhantomData }
    }

    pub(crate) fn into_vec(self) -> Vec<Answer> {
        self.answers
    }
}

impl<G: Graph> Default for Answers<G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<G: Graph> std::fmt::Debug for Answers<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answers").field("count", &self.answers.len()).finish_non_exhaustive()
    }
}

impl Answer {
    fn new<A: AnswerType>(to: AnswerTo, answer: &A) -> Self {
        let (answer_type, answer_name) = (TypeId::of::<A>(), type_name::<A>());
        Self { to, answer_type, answer_name, value: write_value(answer) }
    }

    /// Whether it can answer an interrupt of this kind.
    pub(crate) fn fits(&self, kind: &InterruptKind) -> bool {
        (kind.answer_type)() == self.answer_type
    }
}
