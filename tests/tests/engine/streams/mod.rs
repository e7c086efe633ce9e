//! What a run tells while it runs: the parts of each mode, and their order.

mod emit;
mod events;
mod json;
mod order;
mod parts;
mod pushes;
mod tasks;
mod tokens;
mod values;
mod wakes;
