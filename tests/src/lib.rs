//! What the tests across the crates share: nothing that a user of the crates needs.
pub mod golden;
pub mod log_order;
pub mod part_order;
mod plain;
pub mod ui;
