//! Helpers shared by the tests of all crates; users do not need them.
#![allow(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

pub mod golden;
pub mod kit;
pub mod log_order;
pub mod part_order;
mod plain;
pub mod ui;
