//! Chooses a model by environment variables.
use std::env::VarError;
use std::sync::Arc;

use graph_core::model::{ChatModel, ModelError, OfflineModel};

#[cfg(feature = "openai")]
use crate::openai::OpenAi;
use crate::registry::{self, ModelNameError};

const NAME: &str = "GRAPH_MODEL";
const KEY: &str = "OPENAI_API_KEY";
const BASE_URL: &str = "OPENAI_BASE_URL";
const MODEL: &str = "OPENAI_MODEL";

/// The model configured by the environment.
///
/// | variable | meaning |
/// | --- | --- |
/// | `GRAPH_MODEL` | a name for [`model`](crate::model), such as `anthropic:claude-sonnet-4-5`; it counts before the others |
/// | `OPENAI_API_KEY` | the key; most local servers need none |
/// | `OPENAI_BASE_URL` | the base URL of the API, by default `https://api.openai.com/v1` |
/// | `OPENAI_MODEL` | the model, by default that of the client |
///
/// With a key or a base URL it is an `OpenAi` client; otherwise the built-in [`OfflineModel`]. An empty variable
/// counts as unset.
///
/// # Errors
/// [`ModelError::Config`] with the name of the variable, if its value is invalid or a key is missing.
///
/// ```
/// let model = graph_models::from_env()?;
/// println!("{} {}", model.provider(), model.model());
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
pub fn from_env() -> Result<Arc<dyn ChatModel>, ModelError> {
    from_vars(|name| std::env::var(name))
}

fn from_vars(var: impl Fn(&str) -> Result<String, VarError>) -> Result<Arc<dyn ChatModel>, ModelError> {
    let get = |name: &str| match var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(config(name, "is not Unicode text")),
    };
    if let Some(name) = get(NAME)? {
        return registry::find(&name, &var).map_err(|error| match error {
            ModelNameError::Config(error) => error,
            other => config(NAME, &other.to_string()),
        });
    }
    let (key, base_url, model) = (get(KEY)?, get(BASE_URL)?, get(MODEL)?);
    if key.is_none() && base_url.is_none() {
        return Ok(Arc::new(OfflineModel::new()));
    }
    client(key.as_deref(), base_url.as_deref(), model.as_deref())
}

#[cfg(feature = "openai")]
fn client(key: Option<&str>, base_url: Option<&str>, model: Option<&str>) -> Result<Arc<dyn ChatModel>, ModelError> {
    let mut builder = OpenAi::builder();
    if let Some(key) = key {
        builder = builder.api_key(key);
    }
    if let Some(base_url) = base_url {
        builder = builder.base_url(base_url);
    }
    if let Some(model) = model {
        builder = builder.model(model);
    }
    match builder.build() {
        Ok(model) => Ok(Arc::new(model)),
        // The builder names its setting; replace that by the name of the variable.
        Err(ModelError::Config { setting, problem }) => Err(match setting.as_str() {
            "api_key" => config(KEY, &problem),
            "base_url" => config(BASE_URL, &problem),
            other => config(other, &problem),
        }),
        Err(other) => Err(other),
    }
}

#[cfg(not(feature = "openai"))]
fn client(key: Option<&str>, _: Option<&str>, _: Option<&str>) -> Result<Arc<dyn ChatModel>, ModelError> {
    Err(config(if key.is_some() { KEY } else { BASE_URL }, "needs the feature `openai` of `graph-models`"))
}

fn config(setting: &str, problem: &str) -> ModelError {
    ModelError::Config { setting: setting.to_owned(), problem: problem.to_owned() }
}

#[cfg(all(test, feature = "openai"))]
mod tests {
    use super::*;

    fn with(vars: &[(&str, &str)]) -> Result<Arc<dyn ChatModel>, ModelError> {
        from_vars(|name| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn a_key_or_an_address_gives_a_client_and_nothing_the_offline_model() {
        assert_eq!(with(&[]).unwrap().provider(), "offline");
        assert_eq!(with(&[(MODEL, "m"), (KEY, " ")]).unwrap().provider(), "offline");
        assert_eq!(with(&[(KEY, "sk-1")]).unwrap().provider(), "openai");
        let local = with(&[(BASE_URL, "http://127.0.0.1:1/v1"), (MODEL, "smollm2")]).unwrap();
        assert_eq!((local.provider(), local.model()), ("openai", "smollm2"));
    }

    #[test]
    fn a_name_counts_before_the_other_variables() {
        let model = with(&[(NAME, "deepseek:m"), ("DEEPSEEK_API_KEY", "k"), (BASE_URL, "http://127.0.0.1:1")]).unwrap();
        assert_eq!((model.name(), model.model()), ("OpenAi", "m"));
        assert_eq!(with(&[(NAME, "offline:rules"), (KEY, "sk-1")]).unwrap().provider(), "offline");
        let error = with(&[(NAME, "deepseek:m")]).err().unwrap();
        assert!(error.to_string().contains(NAME) && error.to_string().contains("`DEEPSEEK_API_KEY`"), "{error}");
    }

    #[test]
    fn invalid_variables_are_named_without_their_value() {
        for (vars, name) in [
            (&[(BASE_URL, "sk-secret")][..], BASE_URL),
            (&[(BASE_URL, "ftp://sk-secret")], BASE_URL),
            (&[(KEY, "sk-secret\u{7f}")], KEY),
        ] {
            let error = with(vars).err().unwrap();
            assert!(matches!(&error, ModelError::Config { setting, .. } if setting == name), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        }
        let garbled =
            |name: &str| Err(if name == KEY { VarError::NotUnicode("x".into()) } else { VarError::NotPresent });
        let error = from_vars(garbled).err().unwrap();
        assert!(error.to_string().contains(KEY), "{error}");
    }
}
