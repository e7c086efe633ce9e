//! The built-in model: rules instead of a language model, and it says so.
//!
//! Every example runs with it without a key and without a network, and the same prompt always gives the same text. Each
//! kind of request has its own file.
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
