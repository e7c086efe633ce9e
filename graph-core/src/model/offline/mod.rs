//! The built-in model: rules, no language model, and it says so.
//!
//! It makes every example run without a key and without a network, and gives the same text for the same prompt. What it
//! understands stands in one file for each thing.
mod arithmetic;
mod chat;
mod counting;
mod model;
mod name;
mod plan;
mod request;
mod schema;
mod summary;
mod tools;
mod words;

pub use model::OfflineModel;

#[cfg(test)]
mod tests;
