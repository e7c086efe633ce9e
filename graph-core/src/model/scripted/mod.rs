//! A model that plays a test's script.
mod model;
mod playback;
mod turn;

pub use model::ScriptedModel;
pub(super) use playback::play;
pub use turn::Turn;

#[cfg(test)]
mod tests;
