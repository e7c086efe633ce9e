//! The settings of a client.
use std::sync::Arc;

use graph_core::model::ModelError;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::client::{Gemini, Inner};
use crate::http::{Auth, Http, Settings, settings_methods};

/// The base URL of Google's own API.
pub const DEFAULT_BASE_URL: &str = "https://generativelanguage.googleapis.com/v1beta";

/// The default model.
pub const DEFAULT_MODEL: &str = "gemini-2.5-flash";

/// The default model of embeddings.
pub const DEFAULT_EMBEDDING_MODEL: &str = "gemini-embedding-001";

/// The settings of a [`Gemini`] client.
///
/// ```
/// use graph_models::Gemini;
///
/// let model = Gemini::builder().api_key("not-a-key").thinking_budget(1024).generation_config("topK", 20).build()?;
/// assert!(!format!("{model:?}").contains("not-a-key"));
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct GeminiBuilder {
    settings: Settings,
    embedding_model: String,
    /// The fields of `generationConfig`.
    generation_config: Map<String, Value>,
    /// The fields of `thinkingConfig`.
    thinking_config: Map<String, Value>,
}

impl Default for GeminiBuilder {
    fn default() -> Self {
        GeminiBuilder {
            settings: Settings::new(DEFAULT_BASE_URL, DEFAULT_MODEL),
            embedding_model: DEFAULT_EMBEDDING_MODEL.to_owned(),
            generation_config: Map::new(),
            thinking_config: Map::new(),
        }
    }
}

settings_methods!(GeminiBuilder);

impl GeminiBuilder {
    /// The API key, sent as `x-goog-api-key`.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// The model of [`Gemini::embed`]. Default: [`DEFAULT_EMBEDDING_MODEL`].
    pub fn embedding_model(mut self, model: impl Into<String>) -> Self {
        self.embedding_model = model.into();
        self
    }

    /// How much the model thinks, in tokens: 0 for not at all, -1 for as much as it wants.
    pub fn thinking_budget(mut self, tokens: i32) -> Self {
        self.thinking_config.insert("thinkingBudget".to_owned(), tokens.into());
        self
    }

    /// Whether to send summaries of its thoughts. Default: no.
    pub fn include_thoughts(mut self, include: bool) -> Self {
        self.thinking_config.insert("includeThoughts".to_owned(), include.into());
        self
    }

    /// Adds a field of the request's `generationConfig`. The options of a prompt override it.
    pub fn generation_config(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.generation_config.insert(key.into(), value.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<Gemini, ModelError> {
        let GeminiBuilder { settings, embedding_model, mut generation_config, thinking_config } = self;
        if !thinking_config.is_empty() {
            generation_config.insert("thinkingConfig".to_owned(), thinking_config.into());
        }
        let http = Http::new(settings, Auth::Header("x-goog-api-key"), &[])?;
        Ok(Gemini(Arc::new(Inner { http, embedding_model, generation_config })))
    }
}
