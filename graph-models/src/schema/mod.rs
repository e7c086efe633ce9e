//! The JSON Schemas of tools, in the dialects of the providers.
//!
//! A schema is what `schemars` makes of Rust's types, or what somebody has written by hand. Each provider understands
//! another part of JSON Schema, and refuses a request, or forgets what it was told, where it meets something else.
// Not every protocol needs all of it.
#![cfg_attr(
    not(all(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai")),
    allow(dead_code)
)]
mod inline;
mod simplify;
mod strict;
#[cfg(test)]
mod tests;
mod walk;

use graph_core::model::{ModelError, Strict, ToolSpec};
use serde_json::Value;

use crate::history::unsupported;

/// The part of JSON Schema that a provider understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Nearly all of it: OpenAI without strict tools, Anthropic.
    Full,
    /// Neither references nor `null`, and a type at each node: Gemini, and the prompt templates of Ollama's models.
    Plain,
}

/// A schema in a dialect.
pub(crate) fn lower(schema: &Value, dialect: Dialect) -> Value {
    let mut schema = inline::references(schema, dialect);
    simplify::simplify(&mut schema, dialect);
    schema
}

/// The schema of a reply for OpenAI's protocols, and whether the provider is to enforce it: where it can.
pub(crate) fn of_format(schema: &Value, is_strict: bool) -> (Value, bool) {
    match is_strict.then(|| strict::strict(schema)).flatten() {
        Some(schema) => (schema, true),
        None => (lower(schema, Dialect::Full), false),
    }
}

/// The parameters of a tool for OpenAI's protocols, and whether the provider is to enforce them; `auto` is whether it can.
pub(crate) fn of_openai(spec: &ToolSpec, auto: bool) -> Result<(Value, bool), ModelError> {
    let is_wanted = match spec.strict {
        Strict::Auto => auto,
        Strict::On => true,
        Strict::Off => false,
    };
    match is_wanted.then(|| strict::strict(&spec.parameters)).flatten() {
        Some(schema) => Ok((schema, true)),
        None if spec.strict == Strict::On => Err(unsupported(&format!(
            "a strict schema of the tool `{}`: its parameters have parts of any form",
            spec.name
        ))),
        None => Ok((lower(&spec.parameters, Dialect::Full), false)),
    }
}
