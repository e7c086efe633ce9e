//! Models by name: `anthropic:claude-sonnet-4-5`.
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod build;
mod error;
mod vars;

use std::env::VarError;
use std::sync::Arc;

use graph_core::model::{ChatModel, OfflineModel};

pub use error::ModelNameError;
use vars::Vars;

/// The providers, each with its feature. Those of OpenAI's protocol are in `openai::SERVERS`, too.
const PROVIDERS: [(&str, &str); 12] = [
    ("anthropic", "anthropic"),
    ("deepseek", "openai"),
    ("fireworks", "openai"),
    ("gemini", "gemini"),
    ("groq", "openai"),
    ("mistral", "openai"),
    ("ollama", "ollama"),
    ("openai", "openai"),
    ("openai-responses", "openai"),
    ("openrouter", "openai"),
    ("together", "openai"),
    ("xai", "openai"),
];

/// The model of a name: the provider, a colon, and the provider's name of the model. Keys and base URLs come from
/// environment variables, of which an empty one counts as unset.
///
/// | provider | key | base URL |
/// | --- | --- | --- |
/// | `anthropic` | `ANTHROPIC_API_KEY` | `ANTHROPIC_BASE_URL` |
/// | `gemini` | `GEMINI_API_KEY`, or `GOOGLE_API_KEY` | `GOOGLE_GEMINI_BASE_URL` |
/// | `ollama` | `OLLAMA_API_KEY`, not required | `OLLAMA_HOST` |
/// | `openai`, `openai-responses` | `OPENAI_API_KEY` | `OPENAI_BASE_URL` |
/// | `deepseek`, `fireworks`, `groq`, `mistral`, `openrouter`, `together`, `xai` | `DEEPSEEK_API_KEY` and so on | `DEEPSEEK_BASE_URL` and so on |
/// | `offline`, the built-in [`OfflineModel`] | | |
///
/// With a base URL, which may be that of a local server, no key is required.
///
/// ```
/// use graph_models::{ModelNameError, model};
///
/// let offline = model("offline:rules")?;
/// assert_eq!(offline.provider(), "offline");
/// let error = model("nobody:x").err().unwrap();
/// assert!(matches!(error, ModelNameError::UnknownProvider { .. }));
/// # Ok::<(), ModelNameError>(())
/// ```
///
/// # Errors
/// [`ModelNameError`]: the provider is missing or unknown, its feature is off, its key is missing, or a setting is
/// invalid.
pub fn model(name: &str) -> Result<Arc<dyn ChatModel>, ModelNameError> {
    find(name, &|variable| std::env::var(variable))
}

pub(crate) fn find(
    name: &str,
    var: &dyn Fn(&str) -> Result<String, VarError>,
) -> Result<Arc<dyn ChatModel>, ModelNameError> {
    let no_provider = || ModelNameError::NoProvider { name: name.to_owned() };
    let (provider, model) = name.split_once(':').ok_or_else(no_provider)?;
    let (provider, model) = (provider.trim(), model.trim());
    if provider.is_empty() || model.is_empty() {
        return Err(no_provider());
    }
    if provider == "offline" {
        return Ok(Arc::new(OfflineModel::new()));
    }
    let Some((provider, feature)) = PROVIDERS.into_iter().find(|(known, _)| *known == provider) else {
        return Err(ModelNameError::UnknownProvider { provider: provider.to_owned() });
    };
    let vars = Vars { provider, var };
    match feature {
        #[cfg(feature = "anthropic")]
        "anthropic" => build::anthropic(model, &vars),
        #[cfg(feature = "gemini")]
        "gemini" => build::gemini(model, &vars),
        #[cfg(feature = "ollama")]
        "ollama" => build::ollama(model, &vars),
        #[cfg(feature = "openai")]
        "openai" => build::openai(model, &vars),
        feature => Err(ModelNameError::FeatureOff { provider: vars.provider, feature }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, vars: &[(&str, &str)]) -> Result<Arc<dyn ChatModel>, ModelNameError> {
        find(name, &|name| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn what_is_no_name_of_a_provider() {
        for name in ["gpt-4o", ":gpt-4o", "openai:", ""] {
            let error = with(name, &[]).err().unwrap();
            assert_eq!(error, ModelNameError::NoProvider { name: name.to_owned() });
        }
        let error = with("nobody:x", &[]).err().unwrap();
        assert!(error.to_string().contains("`nobody`") && error.to_string().contains("`anthropic`"), "{error}");
    }

    #[cfg(all(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
    #[test]
    fn each_provider_has_its_client_and_its_key() {
        for (name, variable, provider) in [
            ("anthropic:m", "ANTHROPIC_API_KEY", "anthropic"),
            ("gemini:m", "GEMINI_API_KEY", "gemini"),
            ("openai:m", "OPENAI_API_KEY", "openai"),
            ("openai-responses:m", "OPENAI_API_KEY", "openai"),
            ("deepseek:m", "DEEPSEEK_API_KEY", "openai"),
        ] {
            let error = with(name, &[(variable, " ")]).err().unwrap();
            assert!(
                matches!(&error, ModelNameError::MissingKey { variable: named, .. } if *named == variable),
                "{error}"
            );
            let model = with(name, &[(variable, "secret-key")]).unwrap();
            assert_eq!((model.provider(), model.model()), (provider, "m"), "{name}");
        }
        assert!(with("gemini:m", &[("GOOGLE_API_KEY", "k")]).is_ok());
        assert!(with("xai:m", &[("XAI_BASE_URL", "http://127.0.0.1:1")]).is_ok(), "a local server needs no key");
        let model = with("ollama:qwen3:0.6b", &[("OLLAMA_HOST", "0.0.0.0:7")]).unwrap();
        assert_eq!((model.provider(), model.model()), ("ollama", "qwen3:0.6b"));
        let mut names: Vec<&str> = crate::openai::SERVERS.iter().map(|server| server.name).collect();
        names.extend(["anthropic", "gemini", "ollama", "openai-responses"]);
        names.sort_unstable();
        assert_eq!(names, PROVIDERS.map(|(name, _)| name));
    }

    #[cfg(feature = "openai")]
    #[test]
    fn an_invalid_variable_is_named_without_its_value() {
        for (vars, variable) in [
            (&[("OPENAI_BASE_URL", "sk-secret")][..], "OPENAI_BASE_URL"),
            (&[("OPENAI_API_KEY", "sk-secret\u{7f}")], "OPENAI_API_KEY"),
        ] {
            let error = with("openai:m", vars).err().unwrap();
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(variable) && !shown.contains("secret"), "{shown}");
        }
    }

    #[cfg(not(feature = "gemini"))]
    #[test]
    fn a_feature_that_is_off_is_named() {
        let error = with("gemini:m", &[]).err().unwrap();
        assert_eq!(error, ModelNameError::FeatureOff { provider: "gemini", feature: "gemini" });
    }
}
