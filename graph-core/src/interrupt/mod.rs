#![doc = include_str!("../docs/pages/interrupt.md")]
mod answers;
mod graph_interrupt;
mod id;
#[expect(clippy::module_inception, reason = "an interrupt is what this module is about")]
mod interrupt;
mod kind;
mod waiting;

pub use answers::Answers;
pub(crate) use answers::{Answer, AnswerTo};
#[doc(hidden)]
pub use graph_interrupt::GraphInterrupt;
pub use graph_interrupt::{AskedIn, Asks, NeverAsks, NoInterrupt, Resumes};
pub use id::InterruptId;
pub use interrupt::{AnswerType, Asked, Interrupt};
#[doc(hidden)]
pub use kind::InterruptKind;
pub use waiting::Waiting;
