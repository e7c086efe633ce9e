//! Helpers shared by the tests of all crates; users do not need them.
pub mod golden;
pub mod log_order;
pub mod part_order;
mod plain;
pub mod ui;
