//! What a node asks.

use serde::Serialize;

use crate::__private::{AnswerOrStub, AskedOrStub, Readable};

/// What a node asks a human, and the type of the answer: `#[derive(Interrupt)]` implements it.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
/// #[interrupt(resume = bool)]
/// struct Approve {
///     amount: u64,
/// }
/// # fn is_interrupt<I: Interrupt<Resume = bool>>() {}
/// # is_interrupt::<Approve>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an interrupt",
    label = "no node can ask this",
    note = "add `#[derive(Interrupt)]` and `#[interrupt(resume = Answer)]`, with the type of the answer"
)]
pub trait Interrupt: Send + Sync + Sized + 'static {
    /// Its name, under which it is saved.
    const NAME: &'static str;
    /// The type of the answer.
    type Resume: Send + Sync + 'static;

    #[doc(hidden)]
    type Form: AskedOrStub<Self>;
    #[doc(hidden)]
    type ResumeForm: AnswerOrStub<Self::Resume>;
}

/// What `#[derive(Interrupt)]` needs of a type: it is saved until it is answered, and shown more than once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Clone + Serialize + Deserialize` to be asked",
    label = "it is saved until it is answered",
    note = "add `#[derive(Clone, Serialize, Deserialize)]` to `{Self}`"
)]
pub trait Asked: Clone + Serialize + Readable + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Serialize + Readable + Send + Sync + 'static> Asked for T {}

/// What an answer has to be: it is saved before the node runs again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be an answer",
    label = "it is saved before the node runs again",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait AnswerType: Serialize + Readable + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Readable + Send + Sync + 'static> AnswerType for T {}
