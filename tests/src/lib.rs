//! Helpers shared by the tests of all crates; users do not need them.
pub mod golden;
mod plain;
pub mod ui;
