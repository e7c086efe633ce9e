//! What the tests across the crates share: nothing that a user of the crates needs.
pub mod golden;
mod plain;
pub mod ui;
