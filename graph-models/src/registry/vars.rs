//! The environment variables of a provider.
#![cfg_attr(not(any(feature = "anthropic", feature = "gemini", feature = "openai")), allow(dead_code))]
use std::env::VarError;

use graph_core::model::ModelError;
use secrecy::SecretString;

use super::ModelNameError;

/// The environment variables of a provider.
pub(super) struct Vars<'a> {
    pub(super) provider: &'static str,
    pub(super) var: &'a dyn Fn(&str) -> Result<String, VarError>,
}

impl Vars<'_> {
    /// A variable, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Result<Option<String>, ModelNameError> {
        match (self.var)(name) {
            Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(config(name, "is not Unicode text".to_owned())),
        }
    }

    /// The key in the first of these variables that is set. Without a base URL it is required.
    pub(super) fn key(
        &self,
        variables: &[&'static str],
        base_url: Option<&String>,
    ) -> Result<Option<SecretString>, ModelNameError> {
        for variable in variables {
            if let Some(key) = self.get(variable)? {
                return Ok(Some(key.into()));
            }
        }
        match variables.first() {
            Some(variable) if base_url.is_none() => {
                Err(ModelNameError::MissingKey { provider: self.provider, variable })
            }
            _ => Ok(None),
        }
    }
}

/// The builder's error, with the variable instead of its setting.
pub(super) fn of_variable(error: ModelError, key: &str, base_url: &str) -> ModelNameError {
    match error {
        ModelError::Config { setting, problem } => match setting.as_str() {
            "api_key" => config(key, problem),
            "base_url" => config(base_url, problem),
            other => config(other, problem),
        },
        other => ModelNameError::Config(other),
    }
}

fn config(setting: &str, problem: String) -> ModelNameError {
    ModelNameError::Config(ModelError::Config { setting: setting.to_owned(), problem })
}
