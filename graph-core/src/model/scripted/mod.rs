//! A model that plays what a test wrote down.
mod model;
mod playback;
mod turn;

pub use model::ScriptedModel;
pub(super) use playback::play;
pub use turn::Turn;

#[cfg(test)]
mod tests;
