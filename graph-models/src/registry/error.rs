//! Why a name is no model.
use graph_core::model::ModelError;

use super::PROVIDERS;

/// Why [`model`](crate::model) found no model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelNameError {
    /// The name has no provider.
    #[error("`{name}` has no provider; write `provider:model`, such as `anthropic:claude-sonnet-4-5`")]
    NoProvider {
        /// The name.
        name: String,
    },
    /// No provider has this name.
    #[error("there is no provider `{provider}`; the providers are {}", known())]
    UnknownProvider {
        /// The name.
        provider: String,
    },
    /// The provider's feature is off.
    #[error("the provider `{provider}` needs the feature `{feature}` of `graph-models`")]
    FeatureOff {
        /// The provider.
        provider: &'static str,
        /// The feature.
        feature: &'static str,
    },
    /// The key is missing.
    #[error("the provider `{provider}` needs a key; set `{variable}`")]
    MissingKey {
        /// The provider.
        provider: &'static str,
        /// The environment variable.
        variable: &'static str,
    },
    /// An environment variable is invalid.
    #[error(transparent)]
    Config(ModelError),
}

fn known() -> String {
    let names: Vec<String> = PROVIDERS.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("{} and `offline`", names.join(", "))
}

impl From<ModelNameError> for ModelError {
    fn from(error: ModelNameError) -> Self {
        match error {
            ModelNameError::Config(error) => error,
            other => ModelError::Config { setting: "model".to_owned(), problem: other.to_string() },
        }
    }
}
