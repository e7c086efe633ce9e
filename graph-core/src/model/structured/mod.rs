//! Values in the place of texts: what a model answers, as a Rust type.
mod ask;
mod mode;
mod output;
mod read;
mod stream;
#[cfg(test)]
mod tests;

pub use ask::Structured;
pub use mode::StructuredMode;
pub use output::StructuredOutput;
pub use stream::{PartialValue, StructuredReply};
